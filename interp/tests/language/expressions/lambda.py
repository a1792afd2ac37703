# Lambdas: parameters of all kinds, closures, defaults bound at definition.
print((lambda: 1)(), (lambda x, y=2: x + y)(1), (lambda *a, k=3, **kw: (a, k, kw))(1, z=2))
adders = [lambda x, n=n: x + n for n in range(3)]
print([add(10) for add in adders])
late = [lambda: n for n in range(3)]
print([f() for f in late])
compose = lambda f, g: lambda x: f(g(x))
print(compose(str, abs)(-4))
print((lambda x: (lambda y: x * y))(6)(7), (lambda a, /, b, *, c: (a, b, c))(1, b=2, c=3))
print((lambda: (yield))().__class__.__name__, (lambda: 0).__name__)
print(sorted("bca", key=lambda c: -ord(c)))
