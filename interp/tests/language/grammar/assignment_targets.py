# Every kind of assignment target, in for, with, as, comprehensions and augmented form.
class Box:
    def __enter__(self):
        return 1, (2, 3)

    def __exit__(self, *args):
        return False


o, items, table = Box(), [0] * 5, {}
o.a = items[1] = table["k"] = 5
print(o.a, items, table)
with Box() as (o.x, (items[0], table["w"])):
    print(o.x, items, table)
for o.i, items[2:4] in [(1, "ab"), (2, "cde")]:
    print(o.i, items)
(o.p, [items[-1], *table["rest"]]), q = ("p", [9, 8, 7]), "q"
print(o.p, items, table, q)


def box():
    print("box()")
    return o


def key():
    print("key()")
    return "k"


box().n = 1
box().n += 1
table[key()] += 1
table[key()] = box().n
print(o.n, table)
items[0], items = "changed", [1]
print(items)
i = 0
i, items[i] = 0, "index uses the new i"
print(items)
a = b, c = d = [1, 2]
print(a, b, c, d)
x = [1, 2, 3]
i = 0
i, x[i] = 2, "new"
print(x)
for x[0] in range(3): pass
print(x, [y for y in x], [z for z, in [(1,), (2,)]])
