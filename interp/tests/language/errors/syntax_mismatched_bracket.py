# A bracket closed by another kind.
x = [1, 2, (3, 4]
