def key(x):
    return x.missing


print(list(map(key, sorted([3, 1], key=key))))
