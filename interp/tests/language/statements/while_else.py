# Loops with all exits, conditions with side effects.
def search(items, wanted):
    i = 0
    while i < len(items):
        if items[i] == wanted:
            break
        i += 1
    else:
        return "absent"
    return f"at {i}"


print(search("abc", "b"), search("abc", "z"), search("", "a"))
stack = [1]
while stack and len(stack) < 5:
    stack.append(stack[-1] * 2)
print(stack)
while stack: stack.pop()
print(stack)
n = 27
steps = 0
while n != 1:
    n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps += 1
print(steps)
while 0:
    print("never")
else:
    print("zero loop else")
while True:
    if steps < 100:
        break
    steps -= 1
print(steps)
i = 10
while (i := i - 3) > 0: print(i, end=",")
print(i)
while not False and (None or 1):
    break
else:
    print("not reached")
for i in range(3):
    while True:
        if i == 1: break
        i = 1
    print("inner", i)
