# A great many short-lived objects of every size and kind among long-lived ones.
long_lived = {}
check = 0
for i in range(6000):
    temporary = [
        str(i), (i, i * 1.5), {"k": i, "l": [i] * (i % 40)}, bytes(i % 300), "x" * (i % 700),
        2 ** (i % 200), set(range(i % 10)), range(i), slice(i), lambda: i,
    ]
    check += len(temporary[0]) + len(temporary[2]["l"]) + len(temporary[3]) + len(temporary[4]) + temporary[5] % 97 + len(temporary[6])
    if i % 100 == 0:
        long_lived[i] = temporary
print(
    check, len(long_lived), sum(len(t[4]) for t in long_lived.values()),
    [long_lived[k][1] for k in (0, 100, 5900)], all(long_lived[k][0] == str(k) for k in long_lived),
)
big = [None] * 50000
for i in range(0, 50000, 7):
    big[i] = (i, [i])
print(sum(x[1][0] for x in big if x), len(big))
text = ""
for i in range(3000):
    text += chr(48 + i % 75)
print(len(text), text[2000:2010])
nested = None
for i in range(20000):
    nested = (i, nested)
depth = 0
while nested:
    nested, depth = nested[1], depth + 1
print(depth)
