# The name after `as` is deleted at the end of its block; nested use; loops.
def f():
    error = "before"
    try:
        raise ValueError("x")
    except ValueError as error:
        inside = error
    try:
        return error
    except UnboundLocalError as e:
        return str(e), repr(inside)


print(f())
errors = []
for i in range(3):
    try:
        raise ValueError(i)
    except ValueError as error:
        errors.append(error)
        del error
print(errors)


def nested():
    try:
        raise ValueError(1)
    except ValueError as e:
        try:
            raise KeyError(2)
        except KeyError as e:
            pass
        return "e" in locals()


print(nested())


class Holder:
    pass


def capture():
    try:
        raise ValueError("captured")
    except ValueError as error:
        return lambda: error


try:
    capture()()
except NameError as error:
    print(error)
