# An exception inside a generator, resumed from a for loop.
def numbers():
    yield 1
    yield 2
    raise ArithmeticError("ran out")


def total():
    result = 0
    for number in numbers():
        result += number
    return result


total()
