# Comparison operators, chains, identity and membership.
a, b, c = 1, 2, 3
print(a < b < c, a < b > c, a < c > b, 1 < 2 < 3 < 4 < 4, 1 == 1.0 == True)
print(a != b, a <= 1 >= b, not a == b, 3 > 2 == True, (3 > 2) == True)
print([1, 2] < [1, 3], [1, 2] < [1, 2, 0], [] < [0], (1, "a") < (1, "b"), [2] > [1, 9])
print("a" < "b", "Z" < "a", "abc" < "abd", "" < "a", "ab" <= "ab")
print(None is None, None is not None, a is not None, [] is [], () == (), [] == ())
print(
    2 in [1, 2], 2 not in [1, 2], "b" in "abc", "" in "abc", "ac" not in "abc", 1 in {1: 2},
    2 in {1: 2},
)


def noisy(value):
    print("eval", value)
    return value


print(noisy(1) < noisy(3) < noisy(2) < noisy(9))
print(1 == "1", 1 != "1", None == 0, (1, 2) == [1, 2])
nan = float("nan")
print(nan == nan, nan != nan, nan < 1, nan in [nan], [nan] == [nan])
