# Loops over ranges with every sign of step; the loop variable stays.
for i in range(3):
    pass
print(i)
for i in range(0):
    print("never")
else:
    print("else", i)
total = 0
for i in range(10, -11, -5):
    total += i
    print(i, end=" ")
    i = 100
print(total, i)
print([(i, j) for i in range(3) for j in range(i)])
it = iter(range(3))
print(next(it), it.__length_hint__(), list(it), next(it, None))
n = 5
for i in range(n):
    n = 2
print(i, n)
for i in range(2 ** 63 - 2, 2 ** 63 + 2):
    print(i, end=" ")
print()
print(list(zip(range(3), range(5, 0, -1), "abc")))
