# Generator expressions evaluate the first iterable at once and the rest on demand.
def source(name, n):
    print("source", name)
    for i in range(n):
        print("yield", name, i)
        yield i


g = ((a, b) for a in source("a", 2) for b in source("b", 2) if print("test", a, b) or b)
print("made")
print(next(g))
print(list(g))
try:
    bad = (x for x in 5)
except TypeError as error:
    print(error)
late = (1 / x for x in (1, 0))
print(next(late))
try:
    next(late)
except ZeroDivisionError as error:
    print(error)
print(list(late))
print(any(x > 1 for x in source("any", 5)), all(x < 1 for x in source("all", 5)))
