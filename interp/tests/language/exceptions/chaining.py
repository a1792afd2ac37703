# __context__, __cause__, __suppress_context__.
def describe(error):
    parts = []
    while error is not None:
        parts.append(f"{type(error).__name__}({error}) cause={error.__cause__!r} suppress={error.__suppress_context__}")
        error = error.__context__
    return parts


try:
    try:
        1 / 0
    except ZeroDivisionError as z:
        raise ValueError("second") from z
except ValueError as error:
    print(*describe(error), sep="\n")
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("implicit")
except ValueError as error:
    print(*describe(error), sep="\n")
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("hidden") from None
except ValueError as error:
    print(*describe(error), sep="\n")
try:
    try:
        {}["a"]
    finally:
        [][1]
except IndexError as error:
    print(*describe(error), sep="\n")
try:
    raise ValueError("v") from KeyError
except ValueError as error:
    print(*describe(error), sep="\n")
try:
    raise ValueError("v") from 5
except TypeError as error:
    print(error)
try:
    try:
        raise KeyError("a")
    except KeyError as first:
        try:
            raise IndexError("b")
        except IndexError:
            raise first
except KeyError as error:
    print(*describe(error), sep="\n")
