# Mixed comparison is exact even where conversion would round.
big = 2 ** 53
print(float(big) == big, float(big) == big + 1, float(big) < big + 1, big + 1 > float(big))
print(
    10 ** 30 == 1e30, 10 ** 22 == 1e22, 10 ** 23 == 1e23, 10 ** 23 < 1e23, 10 ** 400 > 1e308,
    -10 ** 400 < float("-inf"), 10 ** 400 < float("inf"),
)
print(
    1 == 1.0, hash(2.0) == hash(2), hash(0.5) == hash(0.5), 0.0 == -0.0,
    {1: "a", 1.0: "b", True: "c"}, 3 < 3.5 < 4,
)
print(1.0 in [1], [1, 2.0] == [1.0, 2], (1, 2) < (1.0, 2.5), max(1, 1.0), max(1.0, 1), min(2, 2.0))
print(
    float("nan") == float("nan"), float("inf") == float("inf"), float("inf") > 10 ** 500,
    sorted([3, 1.5, 2, -0.5]),
)
