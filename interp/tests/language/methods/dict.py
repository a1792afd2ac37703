# Every method of dict and of its views.
from _matrix import matrix

arguments = [(), ('k',), (1,), ('k', 'v'), ({'k': 2, 'n': 3},), ([('p', 'q')],), ([('k',)],), ([],), (None,), ('missing', 1), (('k', 1),), ({'k'},), ({1: 'one'},), ([[1, 2]], 5), ('ab',)]
matrix(lambda: [{}, {'k': 1, 1: 'one'}, {1: 2, 3: 4}], arguments, ('fromkeys',))
matrix(lambda: [{}.keys(), {'k': 1, 1: 'one'}.keys()], arguments, ('mapping',))
matrix(lambda: [{}.items(), {'k': 1, 1: 'one'}.items()], arguments, ('mapping',))
matrix(lambda: [{}.values(), {'k': 1, 1: 'one'}.values()], arguments, ('mapping', '__eq__', '__ne__'))
for value in (dict.fromkeys('ab'), dict.fromkeys([1, 2], 'x'), {}.fromkeys(()), {'a': 1}.keys().mapping):
    print(value)
for bad in (1, None, [[]]):
    try:
        dict.fromkeys(bad)
    except TypeError as error:
        print(error)
