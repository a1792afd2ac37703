# Mapping patterns: keys, rest, values, which types are mappings, __missing__ is not asked.
class Missing(dict):
    def __missing__(self, key):
        return 'made up'


class Strange:
    def keys(self): return ['a']
    def __getitem__(self, key): return 1


def kind(value):
    match value:
        case {'type': 'circle', 'radius': (int() | float()) as r}:
            return 'circle', r
        case {'type': 'box', **rest}:
            return 'box', sorted(rest.items())
        case {1: x, 2: y}:
            return 'numbers', x, y
        case {-1: x, None: y, True: z}:
            return 'constants', x, y, z
        case {'nested': {'deep': [a, *_]}}:
            return 'nested', a
        case {'missing': m}:
            return 'missing', m
        case {}:
            return 'mapping', len(value)
    return 'none'


for value in ({'type': 'circle', 'radius': 2}, {'type': 'circle', 'radius': 'r'}, {'type': 'box', 'w': 1, 'h': 2},
              {'type': 'box'}, {1: 'a', 2: 'b', 3: 'c'}, {1.0: 'a', 2: 'b'}, {-1: 0, None: 1, True: 2},
              {'nested': {'deep': [7, 8]}}, {'nested': {'deep': []}}, Missing(), Missing(missing=1), {}, [], Strange(),
              [('type', 'box')], type.__dict__):
    got = kind(value)
    print(got if got[0] != 'mapping' else got[0])


class Keys:
    a, b = 'k1', 'k2'


match {'k1': 1, 'k2': 2, 'k3': 3}:
    case {Keys.a: one, Keys.b: two, **others}:
        print(one, two, others)
match {'x': 1}:
    case {'x': 1, 'y': 2}:
        print('wrong')
    case {**everything}:
        print(everything)
try:
    match {'k1': 1}:
        case {Keys.a: _, 'k1': _}:
            pass
except ValueError as error:
    print(error)
