def g():
    yield 1
    raise SystemExit(5)


for x in g():
    print(x)
