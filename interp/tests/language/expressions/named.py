# The walrus operator in conditions, comprehensions and arguments.
if (n := len("hello")) > 3:
    print(n)
data = [3, 1, 4, 1, 5]
i = -1
while (item := data[(i := i + 1)]) != 4:
    print("skip", item)
print(i, item)
print([last := x for x in range(4)], last)
print(any((witness := x) > 3 for x in data), witness)


def f(*args, **kwargs):
    return args, kwargs


print(f((a := 1), b := 2, c=(d := 3)), a, b, d)
print((y := 1, 2), y)


def local():
    total = 0
    parts = [total := total + x for x in data]
    return parts, total


print(local())
