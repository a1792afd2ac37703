# An exception inside nested generator expressions and a builtin.
data = [1, 2, 0]
print(sum(10 // x for x in (y for y in data)))
