# Lists that contain themselves.
a = [1, 2]
a.append(a)
print(a, a[2][2][0], len(a), a in [a])
b = [a, {"k": a}]
print(b)
a.pop()
print(b)
d = {}
d["self"] = d
print(d)
t = ([],)
t[0].append(t)
print(t)
x, y = [1], [1]
x.append(x)
y.append(x)
print(x, y, x == x, x[1] is x)
