# Literal, value, capture, wildcard, or, as and guard patterns.
class Color:
    RED, GREEN = 1, 2
    class Deep:
        BLUE = 3


def literals(v):
    match v:
        case 0: return 'zero'
        case -1: return 'minus one'
        case 1.5: return 'float'
        case -2 + 3j: return 'complex'
        case 2 - 1j: return 'complex minus'
        case 'text' 'joined': return 'joined'
        case b'bytes': return 'bytes'
        case True: return 'true'
        case None: return 'none'
        case """triple""": return 'triple'
        case Color.RED: return 'red'
        case Color.Deep.BLUE: return 'blue'
    return 'other'


for v in (0, False, 0.0, -1, 1.5, -2 + 3j, 2 - 1j, 'textjoined', b'bytes', True, 1, None, 'triple', 3, 'zero', ''):
    print(repr(v), literals(v))


def combined(v):
    match v:
        case (1 | 2 | 3) as small: return 'small', small
        case ('a' | 'b', x) | (x, 'c' | 'd'): return 'letter', x
        case [int() | float() as n, *_] if n > 10: return 'large', n
        case [int() as n, str() as s]: return n, s
        case {'x': x} | [_, x, _]: return 'x', x
        case str() | bytes(): return 'textual'
        case object(__class__=c) if c is Color: return 'a color'
        case anything: return 'anything', anything


for v in (2, ('a', 5), (6, 'd'), [11], [1, 'x'], {'x': 7}, (1, 2, 3), 'abc', b'', Color(), 99):
    print(combined(v))


def guards():
    log = []
    def check(value, result):
        log.append(value)
        return result
    match 5:
        case x if check(x, False): pass
        case y if check(y + 1, True): log.append('second')
        case _: log.append('never')
    return log, x, y


print(guards())
for i in range(4):
    match i:
        case 0: continue
        case 2: break
        case n: print('loop', n)


class Equal:
    def __eq__(self, other): return other == 'match me'


match Equal():
    case 'match me': print('by __eq__')
match 1:
    case Color.RED if False: pass
    case _: print('fell through')
match = case = type = _ = 5
print(match, case, type, _)
match match:
    case 5: print('soft keyword')
print(match[0] if isinstance(match, list) else match * 2)
