# What marshal.dumps refuses.
import marshal


class Text(str):
    pass


class Pair(tuple):
    pass


class Number(int):
    pass


class Table(dict):
    pass


def f(): pass


nested = []
for _ in range(3000):
    nested = [nested]
pairs = ()
for _ in range(3000):
    pairs = (pairs,)
cycle = []
cycle.append(cycle)
for value in (
    object(), [object()], {1: f}, int, ValueError, NotImplemented, Text("a"), Pair((1,)), Number(3), Table(), f, range(3),
    slice(1), nested, pairs, iter([]), marshal, (1, (2, object())), {object()}, frozenset([object()]),
):
    try:
        print(marshal.dumps(value))
    except ValueError as error:
        print(type(value).__name__, error)
for version in (0, 1, 2):
    try:
        marshal.dumps(cycle, version)
    except ValueError as error:
        print(error)
for call in (
    lambda: marshal.dumps(), lambda: marshal.dumps(1, "x"), lambda: marshal.dumps(1, 1.5), lambda: marshal.dumps(value=1),
    lambda: marshal.dumps(1, 2, 3), lambda: marshal.loads(), lambda: marshal.loads("x"), lambda: marshal.loads(5),
    lambda: marshal.loads(None), lambda: marshal.load(5), lambda: marshal.dump(1, 5), lambda: marshal.dump(1),
    lambda: marshal.dumps(1, 2 ** 40),
):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
