# The iterator type of each container, and their behaviour at the end.
for thing in (
    [1], (1,), "a", b"a", {1: 2}, {1: 2}.keys(), {1: 2}.values(), {1: 2}.items(), {1}, range(1),
    range(2 ** 70), enumerate([1]), zip([1]), map(int, "1"), filter(None, [1]), reversed([1]),
    (x for x in [1]), iter(lambda: 1, 1),
):
    it = iter(thing)
    print(type(it).__name__, iter(it) is it, next(it, "nothing"), next(it, "end"), next(it, "end"))
