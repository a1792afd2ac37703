# Comprehension variables are local to it; what it sees of its surroundings.
x = "outer"
print([x for x in range(3)], x)
y = 10
print([y + i for i in range(3)], {y: i for i in range(2)})


def f(n):
    fs = [lambda: i * n for i in range(3)]
    total = [i + n for i in range(2)]
    return [g() for g in fs], total, "i" in locals()


print(f(5))


class C:
    a = 3
    items = [i for i in range(a)]
    try:
        bad = [a for _ in range(2)]
    except NameError as error:
        bad = str(error)
    nested = [[i * j for i in range(2)] for j in range(a)]


print(C.items, C.bad, C.nested, hasattr(C, "i"))


def nonlocal_in():
    count = 0

    def up():
        nonlocal count
        count += 1
        return count

    return [up() for _ in range(3)], count


print(nonlocal_in())
values = [lambda: z for z in range(3)]
print([v() for v in values])
print([[x for x in range(x)] for x in range(4)], x)


def shadow(x):
    before = x
    inner = [x * 2 for x in range(3)]
    return before, inner, x


print(shadow("arg"))
