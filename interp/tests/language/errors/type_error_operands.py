# An operator in the middle of a long expression.
a, b = 1, "two"
print(a + 1, b)
value = (a + 2) * 3 - a + b + a
