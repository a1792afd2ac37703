# A hot function sees every change of globals and builtins.
def value():
    return setting


def size(x):
    return len(x)


results = []
setting = 1
for i in range(60):
    results.append((value(), size("abc")))
    if i == 20:
        setting = 2
    elif i == 30:
        globals()["setting"] = 3
    elif i == 35:
        len = lambda x: "shadowed"
    elif i == 40:
        del len
    elif i == 45:
        extra_1 = extra_2 = extra_3 = extra_4 = i
    elif i == 50:
        import builtins
        original, builtins.len = builtins.len, lambda x: "builtin replaced"
    elif i == 55:
        builtins.len = original
seen = []
for r in results:
    if not seen or seen[-1][0] != r:
        seen.append([r, 0])
    seen[-1][1] += 1
print(seen)
del setting
try:
    value()
except NameError as error:
    print(error)
setting = "back"
print(value())
