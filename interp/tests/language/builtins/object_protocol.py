# object(), NotImplemented, Ellipsis, None: identity, truth, attributes.
print(
    None is None, type(None)() is None, ... is Ellipsis, type(...)() is Ellipsis, bool(None),
    bool(...), None == False, str(None), [None, ..., NotImplemented],
)
o = object()
print(
    o == o, o == object(), isinstance(o, object), hash(o) == hash(o), o.__class__.__name__, bool(o),
)
print(
    (5).__class__, (5).__doc__[:12], "a".__len__(), [1].__contains__(1), (1).__eq__("a"),
    "a".__eq__(1), (1).__lt__(2.0), object().__eq__(1), (1).__bool__(), "".__class__.__name__,
)
none = None
for bad in (
    lambda: setattr(None, "x", 1), lambda: setattr(o, "x", 1), lambda: None + 1, lambda: none(),
    lambda: len(None), lambda: none[0], lambda: iter(None), lambda: object(1),
):
    try:
        bad()
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
import builtins
print(
    builtins.len is len, "print" in dir(builtins), builtins.__name__,
    hasattr(builtins, "ZeroDivisionError"),
)
builtins.shared = "visible everywhere"
print(shared)
del builtins.shared


def len(x):
    return "shadowed"


print(len([1]), builtins.len([1]))
del len
print(len([1]))
