# The TypeError of each wrong call.
def none(): pass
def one(a): pass
def two(a, b): pass
def some(a, b=1): pass
def kwonly(a, *, k, m): pass
def posonly(a, b, /, c): pass
def star(*args): pass
def three(a, b, c): pass


five = 5


class C:
    def method(self, x): pass

    def __init__(self, y): pass


for attempt in (
    lambda: none(1), lambda: one(), lambda: one(1, 2), lambda: two(1), lambda: two(),
    lambda: three(), lambda: some(), lambda: some(1, 2, 3),
    lambda: one(b=1), lambda: one(1, a=2), lambda: one(1, b=2), lambda: kwonly(1),
    lambda: kwonly(1, k=2), lambda: kwonly(1, 2, k=1, m=1),
    lambda: kwonly(1, 2), lambda: posonly(1, b=2, c=3), lambda: posonly(a=1, b=2, c=3),
    lambda: posonly(1), lambda: star(a=1), lambda: C(), lambda: C(1).method(), lambda: C(1, 2),
    lambda: one(**{"a": 1, "z": 2}), lambda: one(*5), lambda: one(**5), lambda: one(**{1: 2}),
    lambda: none(*[1, 2]), lambda: two(1, **{"a": 2}), lambda: (lambda x: x)(),
    lambda: one(1, **{"a": 1}), lambda: two(*[1], **{"b": 2}, **{"b": 3}), lambda: five(),
    lambda: C(1)(), lambda: [].append(), lambda: len(), lambda: len(1, 2), lambda: one(aa=1),
    lambda: print(foo=1),
):
    try:
        attempt()
        print("no error")
    except TypeError as error:
        print(error)
