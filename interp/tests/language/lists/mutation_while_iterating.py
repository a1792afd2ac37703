# A list iterator looks at the list as it is when it comes along.
a = [1, 2, 3, 4, 5, 6]
for x in a:
    if x % 2:
        a.remove(x)
print(a)
b = [1]
for x in b:
    if x < 5:
        b.append(x + 1)
print(b)
it = iter(b)
next(it)
b.clear()
print(list(it), next(it, "end"))
b.append(1)
print(next(it, "still at its end"))
c = [1, 2, 3]
r = reversed(c)
print(next(r))
c.append(4)
print(list(r))
it = iter([1, 2, 3])
print(next(it), it.__length_hint__(), list(zip(it, it)))
