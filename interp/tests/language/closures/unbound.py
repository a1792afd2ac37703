# Reading a free variable before it is assigned, and after it is deleted.
def f():
    def g():
        return x

    try:
        g()
    except NameError as error:
        print(type(error).__name__, error)
    x = 1
    print(g())
    del x
    try:
        g()
    except NameError as error:
        print(type(error).__name__, error)


f()


def local():
    try:
        print(y)
    except UnboundLocalError as error:
        print(error)
    y = 1
    del y
    try:
        y
    except UnboundLocalError as error:
        print(error)
    try:
        del y
    except UnboundLocalError as error:
        print(error)


local()


def cell():
    def get():
        return v

    return get
    v = 1


try:
    cell()()
except NameError as error:
    print(error)
try:
    undefined
except NameError as error:
    print(error, error.name)
try:
    del undefined
except NameError as error:
    print(error)
