# Sums and products around the borders of machine integers stay exact.
for exponent in (30, 31, 32, 60, 61, 62, 63, 64, 65):
    power = 2 ** exponent
    print(exponent, power - 1 + 1 == power, -power + 1 - 1 == -power, power - 1, -power - 1)
    print(
        (power - 1) * 2, (power - 1) * (power + 1), power // -3, -power % 1000, power >> exponent,
        power ^ -1,
    )
total = 1
for factor in range(1, 31):
    total *= factor
print(total, -total, total // 2 ** 26)
x = 2 ** 62 - 2
for _ in range(5):
    x += 1
    print(x, end=" ")
print()
x = -2 ** 62 + 2
for _ in range(5):
    x -= 1
    print(x, end=" ")
print()
print(sum([2 ** 62] * 4), sum([2 ** 62, -2 ** 62, 5]), sum(range(10 ** 6)))
