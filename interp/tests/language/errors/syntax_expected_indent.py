# A block without a body.
def f():
x = 1
