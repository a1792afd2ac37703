"""Functions that make functions: counters, composition, parser combinators.

Stresses: closure cells (read and written), nested functions, default and
keyword arguments, *args and **kwargs forwarding, decorators, lambdas.
"""

import sys


def make_counter(step=1):
    count = 0

    def increment():
        nonlocal count
        count += step
        return count

    def reset(to=0):
        nonlocal count
        count = to

    return increment, reset


def compose(*functions):
    """compose(f, g)(x) is f(g(x))."""

    def composed(value):
        for function in reversed(functions):
            value = function(value)
        return value

    return composed


def counted(function):
    """A decorator: the wrapper counts its calls in an attribute."""

    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return function(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


@counted
def clamp(value, low=0, *, high=255):
    return low if value < low else high if value > high else value


def char(expected):
    """A parser maps (text, position) to (result, new position), or to None if it fails."""

    def parse(text, position):
        if position < len(text) and text[position] in expected:
            return text[position], position + 1
        return None

    return parse


def many(parser, combine):
    """One or more times `parser`; `combine` turns the list of results into one."""

    def parse(text, position):
        results = []
        while (found := parser(text, position)) is not None:
            result, position = found
            results.append(result)
        return (combine(results), position) if results else None

    return parse


def either(*parsers):
    def parse(text, position):
        for parser in parsers:
            found = parser(text, position)
            if found is not None:
                return found
        return None

    return parse


def sequence(*parsers, combine):
    def parse(text, position):
        results = []
        for parser in parsers:
            found = parser(text, position)
            if found is None:
                return None
            results.append(found[0])
            position = found[1]
        return combine(*results), position

    return parse


def chain(operand, operators):
    """operand (operator operand)*, evaluated from the left."""
    operator = char("".join(operators))

    def parse(text, position):
        found = operand(text, position)
        while found is not None:
            value, position = found
            sign = operator(text, position)
            if sign is None:
                return value, position
            right = operand(text, sign[1])
            if right is None:
                return None
            found = operators[sign[0]](value, right[0]), right[1]
        return None

    return parse


def make_calculator():
    """A parser of sums and products of decimal numbers with parentheses."""
    number = many(char("0123456789"), lambda digits: int("".join(digits)))

    def later(text, position):
        return total(text, position)

    group = sequence(char("("), later, char(")"), combine=lambda left, value, right: value)
    product = chain(either(number, group), {"*": lambda a, b: a * b % 9973})
    total = chain(product, {"+": lambda a, b: a + b, "-": lambda a, b: a - b})
    return total


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 26_000
    increment, reset = make_counter(3)
    scale = compose(lambda x: clamp(x, high=1000), lambda x: x - 7, lambda x: 2 * x)
    calculate = make_calculator()

    checksum = 0
    for number in range(size):
        text = f"{number}*(17+{number % 13})-((4)*{number % 7}+1)*2"
        value, end = calculate(text, 0)
        assert end == len(text), f"{text} was not read to the end"
        expected = number * (17 + number % 13) % 9973 - (4 * (number % 7) + 1) * 2
        assert value == expected, f"{text} is not {value}"
        for _ in range(10):
            checksum = (checksum * 31 + scale(increment()) + value) % 1_000_003
        if number % 40 == 39:
            reset(to=number % 11)
    assert clamp.calls == 10 * size
    print(checksum)


if __name__ == "__main__":
    main()
