# except* and ExceptionGroup.
def run(*errors):
    try:
        raise ExceptionGroup("group", list(errors))
    except* ValueError as group:
        print("values", [str(e) for e in group.exceptions])
    except* (KeyError, TypeError) as group:
        print("others", group.exceptions)
    else:
        print("else")
    finally:
        print("finally")


run(ValueError(1), KeyError(2), ValueError(3))
try:
    run(ValueError(1), IndexError(9))
except ExceptionGroup as rest:
    print("rest", rest.exceptions, rest.message)
try:
    raise ValueError("single")
except* ValueError as group:
    print(type(group).__name__, group.exceptions)
try:
    print("nothing")
except* ValueError:
    print("never")
else:
    print("else")
nested = ExceptionGroup(
    "outer", [ValueError(1), ExceptionGroup("inner", [TypeError(2), ValueError(3)])],
)
match, rest = nested.split(ValueError)
print(
    match, repr(rest), nested.subgroup(TypeError).exceptions[0].exceptions, str(nested),
    nested.subgroup(KeyError),
)
try:
    try:
        raise nested
    except* TypeError:
        raise KeyError("from handler")
except BaseExceptionGroup as group:
    print([type(e).__name__ for e in group.exceptions])
for bad in (
    lambda: ExceptionGroup("x", []), lambda: ExceptionGroup("x", [1]),
    lambda: ExceptionGroup("x", [KeyboardInterrupt()]), lambda: ExceptionGroup(1, [ValueError()]),
):
    try:
        bad()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
