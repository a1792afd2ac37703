# Many attributes, added and removed in different orders on many instances.
class O:
    pass


objects = []
for i in range(50):
    o = O()
    for j in range(20):
        setattr(o, f"a{(i * 7 + j) % 25}", i + j)
    if i % 3 == 0:
        del o.__dict__["a" + str((i * 7) % 25)]
    objects.append(o)
print(
    sum(sum(vars(o).values()) for o in objects), len(vars(objects[0])), list(vars(objects[1]))[:4],
    hasattr(objects[3], "a21"),
)
o = O()
for i in range(300):
    setattr(o, f"n{i}", i)
for i in range(0, 300, 2):
    delattr(o, f"n{i}")
print(len(vars(o)), o.n299, hasattr(o, "n298"), list(vars(o))[:3])
o.__dict__ = {"fresh": 1}
print(o.fresh, hasattr(o, "n299"))
o.__dict__["added"] = 2
print(o.added, vars(o))
o.later = 3
print(o.__dict__)
try:
    o.__dict__ = 5
except TypeError as error:
    print(error)


class Q:
    pass


o.__class__ = Q
print(type(o).__name__, o.fresh)
try:
    o.__class__ = int
except TypeError as error:
    print(error)
