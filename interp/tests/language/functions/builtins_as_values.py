# Builtins and methods as first-class values.
table = {
    "len": len, "max": max, "up": str.upper, "add": (5).__add__, "app": [].append, "sort": sorted,
    "type": type, "new": object.__new__,
}
print(
    table["len"]("abc"), table["max"](3, 9), table["up"]("x"), table["add"](4), table["app"](1),
    table["sort"]("ba"), table["type"](3),
)
print(
    list(map(len, ["a", "bb"])), sorted(["b", "A"], key=str.lower),
    list(map(int.__mul__, [1, 2], [3, 4])), list(map(str, [1, None])), list(filter(None, [0, 1])),
)
a = [1]
push = a.append
push(2); push(3)
print(
    a, push.__self__ is a, push.__name__, len.__name__, callable(push), str.join("-", "ab"),
    dict.get({"k": 1}, "k"), list.pop(a),
)


def apply(f, *args, **kw):
    return f(*args, **kw)


print(
    apply(int, "ff", base=16), apply(sorted, [2, 1], reverse=True), apply(apply, apply, max, 1, 2),
    apply(print, "printed", end="!\n"), apply(dict, a=1),
)
