# String comparison, concatenation and look-ups with interned and computed strings.
names = ["alpha", "beta", "gamma"]
table = {name: i for i, name in enumerate(names)}
out = []
for _ in range(4):
    for name in names:
        computed = name[:2] + name[2:]
        out.append(
            (
                computed == name, table[computed], computed in table,
                getattr(type("T", (), {name: 1}), computed),
            )
        )
print(out[-3:], len(out))


class Record:
    pass


r = Record()
for i in range(10):
    setattr(r, "field" + str(i), i)
print(
    sum(getattr(r, f"field{i}") for i in range(10)), [r.__dict__["field%d" % i] for i in (0, 9)],
    vars(r)["field" + "5"], hasattr(r, "field" + "10"),
)


def dispatch(command):
    if command == "start":
        return 1
    elif command == "st" + "op":
        return 2
    elif command in ("pause", "resume"):
        return 3
    return 0


print(
    [
        dispatch(c) for c in (
            "start", "".join(["st", "op"]), "pau" + "se", "resume", "x", "", 5, None, b"start",
        )
    ]
)
kwargs = {"".join(["k", "ey"]): 1}


def f(*, key):
    return key


print(f(**kwargs), {**kwargs}["key"], "key" in kwargs, dict(kwargs) == {"key": 1})
text = "a"
for i in range(15):
    text = text + text
print(len(text), text == "a" * 32768, text.count("a"), text is not None)
