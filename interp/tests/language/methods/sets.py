# Every method of set and frozenset.
from _matrix import matrix

arguments = [(), (1,), ('a',), ({1, 2},), ([2, 3],), (frozenset({1}),), ([1], [2]), (None,), ([],), ([[]],), ({'k': 1},), ('ab', {1}), (5,), (set(),), ({1, 2, 3}, {1})]
matrix(lambda: [set(), {1, 2}, {'a', 1}], arguments, ('pop', '__iter__'))
matrix(lambda: [frozenset(), frozenset({1, 2}), frozenset({'a', 1})], arguments, ('__iter__',))
print({5}.pop())
try:
    set().pop()
except KeyError as error:
    print(error)
