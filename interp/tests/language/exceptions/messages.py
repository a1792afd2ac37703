# Messages of the commonest runtime errors.
class C:
    attribute = 1


c, n = C(), 5
attempts = [
    lambda: n.x, lambda: c.atribute, lambda: undefined_name, lambda: n(), lambda: n[0],
    lambda: c[0], lambda: len(n), lambda: n + "a", lambda: "a" + n, lambda: [1] + (2,),
    lambda: -"a", lambda: "a" < 1, lambda: None < None, lambda: {} > {}, lambda: c + c,
    lambda: [1][5], lambda: (1,)[5], lambda: "a"[5], lambda: {}["key"], lambda: {}[(1, 2)],
    lambda: int("1.5"), lambda: float("x"), lambda: [].pop(), lambda: {}.popitem(),
    lambda: set().pop(), lambda: [].remove(1), lambda: "a".index("b"), lambda: ().index(1),
    lambda: next(iter([])), lambda: iter(n),
    lambda: (lambda a: a)(), lambda: C(1), lambda: c(), lambda: C.missing,
    lambda: setattr(n, "a", 1), lambda: delattr(c, "attribute"), lambda: hash([]), lambda: {[]},
    lambda: chr(-1), lambda: ord("ab"),
    lambda: abs("a"), lambda: sum(["a"]), lambda: max([]), lambda: min(), lambda: round("a"),
    lambda: pow("a", 2), lambda: range("a"), lambda: isinstance(1, 1), lambda: sorted([1, "a"]),
    lambda: "%d" % "a",
    lambda: __import__("no_such_module"), lambda: [*n], lambda: {**n}, lambda: print(*n),
    lambda: "".join([1]), lambda: bytes([300]), lambda: "é".encode("ascii"), lambda: int(None),
    lambda: [1, 2][:"a"],
    lambda: c.attribute.more, lambda: type(c)(**{"a": 1}), lambda: object().x, lambda: divmod(1, 0),
    lambda: 1 % 0, lambda: 1 << -1, lambda: 5 in 5, lambda: (1, 2) + [3], lambda: "a" * "b",
    lambda: "a" * 1.5,
]
for attempt in attempts:
    try:
        attempt()
        print("no error")
    except Exception as error:
        print(type(error).__name__ + ":", error)
