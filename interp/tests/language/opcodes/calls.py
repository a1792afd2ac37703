# CALL, CALL_FUNCTION_EX, KW_NAMES, MAKE_FUNCTION, decorators, defaults, annotations.
answer = 3


def plain(a, b):
    return a, b


def full(a, /, b=2, *args, c, d=4, **kwargs):
    return a, b, args, c, d, kwargs


class Callable:
    def __call__(self, *args):
        return args


class Made:
    def __init__(self, x=0):
        self.x = x


def annotated(x: int, *, y: 'str' = 's') -> None:
    return x, y


def decorate(text):
    def apply(f):
        def wrapper(*args, **kwargs):
            return text, f(*args, **kwargs)
        return wrapper
    return apply


@decorate('outer')
@decorate('inner')
def decorated(x=1):
    return x


for i in range(6):
    args, kwargs = (i, i + 1), {'c': 3, 'z': 5}
    results = [
        plain(i, 2), plain(b=i, a=1), plain(i, b=2), plain(*args), plain(**{'a': 1, 'b': i}),
        full(i, c=1), full(1, 2, 3, 4, c=i), full(*args, *args, **kwargs), full(*args, c=1, **{'y': i}),
        Callable()(i, 2), Made(i).x, Made(x=i).x, Made().x, len(args), max(i, 2, key=lambda v: -v),
        str(i), (lambda x, y=i: x + y)(1), [].append(i), 'a-b'.split('-'), decorated(i),
        annotated(i, y='t'), print(end=''), dict(a=i), int('7', base=8), Made,
    ][:-1]
print(*results, sep='\n')
print(annotated.__annotations__, annotated.__kwdefaults__)
for bad in (lambda: plain(1), lambda: plain(1, 2, 3), lambda: plain(1, a=1), lambda: full(), lambda: answer(),
            lambda: plain(*3), lambda: plain(**3), lambda: full(1, c=1, **{'c': 2}), lambda: full(a=1, c=1)):
    try:
        print(bad())
    except TypeError as error:
        print(error)
