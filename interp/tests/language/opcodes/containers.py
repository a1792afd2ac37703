# BUILD_*, LIST_EXTEND, SET_UPDATE, DICT_*, UNPACK_*, subscripts, slices, FORMAT_VALUE.
def subscripts(items, key):
    return items[key]


def store(items, key, value):
    items[key] = value


for i in range(10):
    row, pair, table = [1, 2, 3], (4, 5), {'a': i, 1: 'one'}
    store(row, 1, i)
    store(table, 'b', i)
    got = (subscripts(row, 1), subscripts(pair, 0), subscripts(table, 'a'), subscripts('text', -1),
           row[0], pair[1], table[1], row[-1], 'text'[1])
print(got, row, table)
del row[0], table['a']
print(row, table, row[0:1], row[:], row[::2])
row[1:] = [7, 8, 9]
row[::2] = 'xy'
del row[1:2]
print(row)
a, b = 1, 2
a, b = b, a
a, b, c = c, b, a = 1, 2, 3
first, *rest = 'abc'
*front, last = [1, 2, 3]
x, (y, *z) = 1, (2, 3, 4)
print(a, b, c, first, rest, front, last, x, y, z)
names = ['p', 'q']
print([*names, 'r'], (*names,), {*names} == {'p', 'q'}, {**table, 'k': 1}, [1, 2, 3, 4][1:3])
print({a: 1, 'two': b, c: {}}, {'x': a, 'y': b}, {1, 2, 3} == {3, 2, 1}, [], (), {}, [1, 2, 3], {a, b} == {a, b})
print(f'{a}{b!r:>4}{c!s}{"t"!a}{a:{b}}{a + b=}', f'plain', f'{a}', f'{3.14159:.2f}')
print([i * j for i in range(3) for j in range(2) if i], {i for i in range(3)} == {0, 1, 2},
      {i: -i for i in range(3)}, tuple(i for i in range(3)))
for bad in (lambda: [1][3], lambda: {}['k'], lambda: [*3], lambda: {**3}, lambda: {[]},
            lambda: {[]: 1}):
    try:
        bad()
    except (LookupError, TypeError) as error:
        print(type(error).__name__, error)
try:
    a, b = 1, 2, 3
except ValueError as error:
    print(error)
try:
    a, *b, c = 1,
except ValueError as error:
    print(error)
