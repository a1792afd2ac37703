# Constant folding makes a NaN of an infinity; no two NaN constants are merged.
def twice(x):
    return x in (1e999 // 3, 0.0), 1e999 // 3, 1e999 // 3, (1e999 // 3) * 1j, -(1e999 // 3)


def floats(constants):
    return sum(isinstance(constant, (float, complex)) for constant in constants)


print(twice(0.0), floats(twice.__code__.co_consts))
print(twice.__code__ == twice.__code__)
print(compile("1e999 // 3", "f", "eval") == compile("1e999 // 3", "f", "eval"))
