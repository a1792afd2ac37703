# An uncaught exception three frames deep.
def inner(x):
    return x / 0


def outer(x):
    y = inner(x)
    return y


print("before")
outer(5)
print("never")
