# Every dict method.
d = {"a": 1, "b": 2}
print(d.get("a"), d.get("x"), d.get("x", 0), d.setdefault("c", 3), d.setdefault("a", 9), d)
print(d.pop("a"), d.pop("zz", "default"), d.popitem(), d, len(d))
d.update({"x": 1}, y=2)
d.update([("z", 3), ["w", 4]])
d.update()
print(d, list(d), list(d.keys()), list(d.values()), list(d.items()))
e = d.copy()
e["new"] = 1
print("new" in d, "new" in e, e == d, dict.fromkeys("ab"), dict.fromkeys([1, 2], 0))
d.clear()
print(d, bool(d), bool(e))
for attempt in (
    lambda: d["x"], lambda: d.pop("x"), lambda: d.popitem(), lambda: d.update(5),
    lambda: d.update([1]), lambda: d.update([(1, 2, 3)]), lambda: d.get(), lambda: {}[1, 2],
    lambda: {}["a"], lambda: d.__delitem__("q"),
):
    try:
        attempt()
    except (KeyError, TypeError, ValueError) as error:
        print(type(error).__name__, error)
