# GET_LEN, MATCH_SEQUENCE, MATCH_MAPPING, MATCH_KEYS, MATCH_CLASS.
class Point:
    __match_args__ = ('x', 'y')

    def __init__(self, x, y):
        self.x, self.y = x, y


def describe(value):
    match value:
        case None:
            return 'none'
        case 0 | 1:
            return 'small'
        case []:
            return 'empty'
        case [1, *rest]:
            return 'one and', rest
        case (a, b) if a == b:
            return 'twins', a
        case {'kind': str(kind), **others}:
            return kind, others
        case {}:
            return 'mapping'
        case Point(0, y=y):
            return 'on axis', y
        case Point(x, y):
            return x, y
        case float() as number:
            return 'float', number
        case str('a' | 'b'):
            return 'a or b'
        case _:
            return 'other'


for value in (None, 0, 1, [], [1], [1, 2, 3], (4, 4), (4, 5), {'kind': 'k', 'x': 1}, {'kind': 3}, {}, Point(0, 1),
              Point(2, 3), 1.5, 'a', 'c', b'a', {1}):
    print(describe(value))
