def f(n): return f(n - 1) + g(n) if n else 1 / 0
def g(n): return f(n)


f(10)
