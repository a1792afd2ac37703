# Growing or shrinking during iteration raises, changing a value does not.
d = {"a": 1, "b": 2, "c": 3}
for key in d:
    d[key] = d[key] * 10
print(d)
for change in (lambda: d.update(new=1), lambda: d.pop("a")):
    try:
        for key in d:
            change()
    except RuntimeError as error:
        print(error)
try:
    for key, value in d.items():
        del d[key]
        d[key + key] = value
        break
    print(d)
except RuntimeError as error:
    print(error)
it = iter({1: 2})
print(next(it), next(it, "end"))
for key in list(d):
    del d[key]
print(d)
