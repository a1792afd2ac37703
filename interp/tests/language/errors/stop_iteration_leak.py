# StopIteration that leaves a generator becomes RuntimeError.
def first(values):
    yield next(iter(values))


print(list(first("ab")))
print(list(first("")))
