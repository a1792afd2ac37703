# Sequence patterns: lengths, stars, nesting, which types are sequences.
def kind(value):
    match value:
        case []:
            return 'empty'
        case [x]:
            return 'one', x
        case [x, y]:
            return 'two', x, y
        case [x, *rest, y] if len(rest) > 3:
            return 'many', x, rest, y
        case [1, [2, [3, *inner]], *_]:
            return 'nested', inner
        case (first, *_):
            return 'first', first
    return 'no sequence'


class MyList(list): pass
class Indexable:
    def __len__(self): return 2
    def __getitem__(self, i): return i


for value in ([], (), [1], (1, 2), [1, 2, 3], range(2), range(8), [1, [2, [3, 4, 5]], 6], 'ab', b'ab',
              bytearray(b'ab'), memoryview(b'ab'), {1, 2}, {1: 2}, MyList([1]), Indexable(), iter([1]), None, 12,
              [[]], ('x',), dict(a=1).keys()):
    try:
        print(kind(value))
    except TypeError as error:
        print(error)


def stars(value):
    match value:
        case *front, 0:
            return 'ends in 0', front
        case 0, *back:
            return 'starts with 0', back
        case *_, 1, 2:
            return 'ends in 1, 2'
        case [*all_]:
            return all_


for value in ([5, 0], [0], (0, 1), [7, 1, 2], [1, 2], [3], []):
    print(stars(value))
match 1, 2:
    case a, b:
        print(a, b)
match 1,:
    case (a,):
        print(a)
match [1, 2, 3]:
    case [_, _, _] as whole:
        print(whole)
