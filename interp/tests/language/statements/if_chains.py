# Conditions in every shape: and/or/not mixtures, chained comparisons, identity, walrus.
def classify(a, b, c):
    if a and b and not c:
        return 1
    elif (a or b) and c:
        return 2
    elif not a and not b or c and not (a or b):
        return 3
    elif a < b <= c:
        return 4
    elif a is None or b is not None:
        return 5
    else:
        return 6


print([classify(a, b, c) for a in (0, 1, 2) for b in (0, 1) for c in (0, 2)])
for x in (None, 0, 1, "", "a", [], [0]):
    print(
        "T" if x else "F", "N" if x is None else "-", "n" if x is not None and not x else "-",
        end=" ",
    )
print()


def f(x):
    if not (x and x > 3):
        return "small"
    if not x < 10:
        return "big"
    if x == 5 or x == 6:
        return "five or six"
    return "medium"


print([f(x) for x in (0, 2, 4, 5, 6, 12)])
if x := [1]:
    print(x)
if True:
    print("constant")
if False:
    print("never")
elif None:
    print("never")
elif "text":
    print("text")
assert not (1 and 0 or False), "never"
print(
    [y for y in range(20) if 3 < y < 9 and y % 2 or y == 18], (1 and 2) == 2, not 1 == 2,
    not (not 5),
)
