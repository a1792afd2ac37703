# Idioms that capture a value instead of a variable.
fs = [lambda i=i: i for i in range(3)]
print([f() for f in fs])


def make(i):
    def f():
        return i

    return f


print([make(i)() for i in range(3)], [(lambda j: lambda: j)(i)() for i in range(3)])


def partial(f, *args, **kw):
    def call(*more, **kmore):
        return f(*args, *more, **{**kw, **kmore})

    return call


print(partial(max, 5)(3, 9), partial(sorted, reverse=True)([1, 2]), partial(partial, max, 1)(2)(3))


def curry(f, n):
    return (lambda *a: f(*a)) if n == 0 else lambda x: curry(partial(f, x), n - 1)


print(curry(lambda a, b, c: (a, b, c), 3)(1)(2)(3)())


def memoize(f):
    cache = {}

    def g(*args):
        if args not in cache:
            cache[args] = f(*args)
        return cache[args]

    g.cache = cache
    return g


@memoize
def binomial(n, k):
    return 1 if k in (0, n) else binomial(n - 1, k - 1) + binomial(n - 1, k)


print(binomial(30, 15), len(binomial.cache))
