# finally with return, break, continue, and overriding results.
def a():
    try:
        return "try"
    finally:
        print("finally a")


def b():
    try:
        return "try"
    finally:
        return "finally"


def c():
    for i in range(3):
        try:
            if i == 1:
                break
            continue
        finally:
            print("finally c", i)
    return i


def d():
    try:
        raise ValueError("lost")
    finally:
        return "swallowed"


def e():
    x = 1
    try:
        return x
    finally:
        x = 2


def f():
    try:
        try:
            1 / 0
        finally:
            print("inner")
    except ZeroDivisionError:
        return "outer"
    finally:
        print("outer finally")


def g():
    while True:
        try:
            try:
                return "nested"
            finally:
                print("1")
        finally:
            print("2")


def h():
    for i in range(2):
        try:
            raise KeyError(i)
        except KeyError as error:
            try:
                continue
            finally:
                print("h", error)
        else:
            print("no")
    else:
        return "for else"


for function in (a, b, c, d, e, f, g, h):
    print(function())
