# Insertion order through deletions, updates, pops and growth.
d = {}
for i in range(20):
    d[i * 7 % 20] = i
for i in range(0, 20, 3):
    del d[i]
d[3] = "again"
d[1] = "kept place"
print(d)
print(
    list(reversed(d)), list(reversed(d.values()))[:3], list(reversed(d.items()))[:2], d.popitem(),
    next(iter(d)),
)
big = {str(i): i for i in range(1000)}
for i in range(0, 1000, 2):
    del big[str(i)]
print(len(big), list(big)[:5], list(big.values())[-3:], "500" in big, big["501"])
print(
    {"b": 1, "a": 2} == {"a": 2, "b": 1}, {**{"x": 1, "y": 2}, "x": 3}, {"k": 1, "k": 2},
    dict(b=1, a=2), dict([("q", 1)], q=2, r=3), dict({1: 2}),
)
