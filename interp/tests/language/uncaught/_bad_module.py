x = 1

def f():
    return (1,
            2

y = 3
