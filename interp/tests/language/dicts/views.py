# keys, values and items follow the dict; set operations of views.
d = {"a": 1, "b": 2}
k, v, i = d.keys(), d.values(), d.items()
d["c"] = 3
print(k, v, i, len(k), "c" in k, 3 in v, ("a", 1) in i, ("a", 2) in i)
print(
    sorted(k & {"a", "z"}), sorted(k | ["z"]), sorted(k - {"a"}), sorted(k ^ {"a", "q"}),
    k == {"a", "b", "c"}, k >= {"a"}, k.isdisjoint("xyz"), sorted(i & [("a", 1)]),
)
print(
    repr({}.keys()), repr({}.values()), repr({}.items()), list(map(list, i)), max(v),
    type(k).__name__, type(v).__name__, type(i).__name__,
)
print(k.mapping, [key for key in d], [*d], list(zip(d, d.values())), dict(i), dict(zip(k, v)) == d)
for key, value in d.items():
    print(key, value, end="; ")
print()
