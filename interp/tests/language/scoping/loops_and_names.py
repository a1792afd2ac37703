# Loop targets, else clauses, break and continue in nested loops.
for i in []:
    pass
else:
    print("empty else")
try:
    i
except NameError:
    print("i is not bound")
for i in range(5):
    if i == 3:
        break
else:
    print("not printed")
print(i)
n = 3
while n:
    n -= 1
    if n == 1:
        continue
    print("n", n)
else:
    print("while else")
for i in range(3):
    for j in range(3):
        if j == 1:
            continue
        if i == 1:
            break
        print(i, j)
    else:
        print("inner else", i)
        continue
    print("broken", i)
box = [0]
for box[0] in "ab":
    pass
print(box)


class T:
    pass


for T.attribute in range(3):
    pass
print(T.attribute)
for x, (y, *z) in [(1, "abc"), (2, (3,))]:
    print(x, y, z)
while True:
    try:
        break
    finally:
        print("finally in loop")
for _ in range(2):
    try:
        continue
    finally:
        print("continue finally")
