# Carets under a call that is part of a longer line, with wide characters.
def f(x):
    return x.nope


result = "é中" + str(f("ü")) + "end"
