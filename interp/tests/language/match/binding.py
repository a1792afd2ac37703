# What a failed pattern leaves bound, scopes of captures, match in functions, classes and nested.
def partial(v):
    match v:
        case [a, 1]: return 'first', a
        case [b, c]: return 'second', sorted(locals())


print(partial([5, 1]), partial([5, 2]))


class InClass:
    match [1, 2]:
        case [x, y]:
            z = x + y


print(InClass.x, InClass.y, InClass.z)


def with_globals(v):
    global captured
    match v:
        case {'k': captured}: pass


with_globals({'k': 'global'})
print(captured)


def with_nonlocal(v):
    seen = None
    def inner():
        nonlocal seen
        match v:
            case (seen, _): pass
    inner()
    return seen


print(with_nonlocal((8, 9)))


def with_cells(v):
    match v:
        case [a, b]:
            return [lambda: a, lambda: b]


print([f() for f in with_cells([1, 2])])


def nested(v):
    match v:
        case [x, y]:
            match x:
                case {'in': z}: return 'mapping inside', z, y
                case [z]: return 'list inside', z, y
            return 'nothing inside'
        case x: return x


print(nested([{'in': 1}, 2]), nested([[3], 4]), nested([5, 6]), nested(7))


def in_try(v):
    try:
        match v:
            case int(): return 'int'
            case str(): raise ValueError(v)
    except ValueError as error:
        return repr(error)
    finally:
        print('finally', end=' ')


print(in_try(1), in_try('s'), in_try(None))


def subject_once():
    calls = []
    def subject():
        calls.append(1)
        return 3
    match subject():
        case 1: pass
        case 2: pass
        case 3: return len(calls)


print(subject_once())
match (x := 5) + 1:
    case 6: print('walrus', x)
match [*range(3)], *[1]:
    case ([0, 1, 2], 1): print('stars in subject')
match lambda: 1:
    case f: print(f())
