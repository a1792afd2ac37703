# try, except, else, finally in every order.
def f(action):
    try:
        print("try", end=" ")
        action()
    except ValueError as error:
        print("value", error, end=" ")
    except (KeyError, IndexError) as error:
        print("lookup", repr(error), end=" ")
    except Exception:
        print("other", end=" ")
    else:
        print("else", end=" ")
    finally:
        print("finally")


f(lambda: None)
f(lambda: int("x"))
f(lambda: {}["k"])
f(lambda: [][0])
f(lambda: 1 / 0)
try:
    try:
        raise KeyError("inner")
    finally:
        print("cleanup")
except LookupError as error:
    print(type(error).__name__, error.args, str(error), repr(error))
try:
    error
except NameError as e:
    print(e)
try:
    raise ValueError
except ValueError as e:
    print(repr(e), str(e) == "", e.args)
try:
    raise ValueError(1, "two")
except ValueError as e:
    print(e, e.args, repr(e))
for bad in (5, "text", None, object):
    try:
        raise bad
    except TypeError as e:
        print(e)
try:
    raise
except RuntimeError as e:
    print(e)
try:
    try:
        1 / 0
    except 5:
        pass
except TypeError as e:
    print(e)
