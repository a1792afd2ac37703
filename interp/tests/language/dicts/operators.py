# Merge operators, equality, membership, deletion.
a, b = {"x": 1, "y": 2}, {"y": 3, "z": 4}
print(a | b, b | a, a, a == {"y": 2, "x": 1}, a != b, "x" in a, 1 in a, "q" not in a, len(a | b))
c = a
c |= b
c |= [("w", 0)]
print(a, c is a)
del a["x"], a["w"]
print(a, {} == {}, {1: [2]} == {1.0: [2]}, {"a": float("nan")} == {"a": 1})
for attempt in (
    lambda: a | [("k", 1)], lambda: a + b, lambda: a < b, lambda: a.__delitem__("nope"),
    lambda: {**5}, lambda: dict(5), lambda: dict(a, 1),
):
    try:
        attempt()
    except (TypeError, KeyError) as error:
        print(type(error).__name__, error)
