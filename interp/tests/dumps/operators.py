a = 0x1F + 1_000j + 1e-5 - .5 * 5. / 0b1 // 0o7 % 2 ** 3 @ 4
a = ~a << 1 >> 2 & 3 | 4 ^ 5
a = a < 1 <= 2 == 3 != 4 > 5 >= 6
a += 1; a -= 1; a *= 1; a /= 1; a //= 1; a %= 1; a **= 1; a @= 1
a &= 1; a |= 1; a ^= 1; a <<= 1; a >>= 1
if (b := a) is not None and a not in [1, ...] or not b: pass
a[1:2, ::3]; a.b.c; {1: 2, **a}; {*a}; [*a]; (a,); lambda x, /, *y, z=1, **k: (yield)
