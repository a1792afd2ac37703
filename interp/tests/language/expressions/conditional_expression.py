# Nesting and laziness of the conditional expression.
def sign(number):
    return "minus" if number < 0 else "plus" if number > 0 else "zero"


print([sign(n) for n in (-3, 0, 4)])
print((lambda x: x if x else "none")(0), 1 if [] else 2 if {} else 3)
value = 5
print(value if value > 3 else 1 / 0, 1 / 0 if value < 3 else value)
print([x if x % 2 else -x for x in range(6) if x != 3 if x])
