# Numbers next to dots, operators and names.
print(
    1 .real, 1..real, 1.0.real, 1.5.is_integer(), 0x1F.bit_length(), (5).bit_length(), 1_0.0,
    1e1.hex()[:3],
)
print(-1 ** 2, 2 ** -1, 2 ** - 1, - 2 ** 2, +-+5, not-1, ~~3, 1 - -1, 1--1)
print(
    5 // 2 * 3, 5 * 2 // 3, 2 * 3 % 4, 2 ** 2 ** 3, -3 // 2, -(3 // 2), 10 - 3 - 2, 1 << 2 << 1,
    7 & 3 == 3, (7 & 3) == 3, 1 | 2 ^ 3 & 4, not 1 == 2, 1 in [1] == True,
)
print(
    1 < 2 == True, 1 < 2 in [True], (1 < 2) in [True], "a" "b" in "abc", not "a" in "b",
    5 if 1 else 6 if 0 else 7, (lambda: 1, 2)[1], lambda_ if (lambda_ := 3) else 0,
)
print(0b1010, 0o777, 0xABC, 0B1, 0O7, 0XF, 1e10, 1E5, 1e-2, .5e1, 5.e-1, 0_0, 1_2_3)
