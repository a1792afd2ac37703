# Exceptions inside comprehensions, and restored outer variables.
def inverse(values):
    x = "kept"
    try:
        return [1 / x for x in values], x
    except ZeroDivisionError as error:
        return str(error), x


print(inverse([1, 2]), inverse([1, 0]))
x = "module"
try:
    [x.nope for x in [1]]
except AttributeError as error:
    print(error, x)
try:
    {k: v for k, v in [(1, 2), (3,)]}
except ValueError as error:
    print(error)
try:
    {[]: 1 for _ in "a"}
except TypeError as error:
    print(error)
try:
    [a for a in None]
except TypeError as error:
    print(error)


def unbound():
    try:
        return [later for _ in range(1)]
    except NameError as error:
        return str(error)
    later = 1


print(unbound())
