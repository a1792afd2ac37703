# Items, slices, length and concatenation in strings of each width.
for s in ("hello", "héllo", "日本語です", "a😀b😁c"):
    print(
        len(s), s[0], s[-1], s[1:3], s[::-1], s[::2], s[-2:], s[:-2], s[5:], s[3:1], s + s[:1],
        s * 2, 2 * s[:2], s * 0, s * -1,
    )
    print([c for c in s], s[1] in s, max(s), min(s), sorted(s), list(reversed(s)))
for attempt in (
    lambda: "abc"[3], lambda: "abc"[-4], lambda: ""[0], lambda: "abc"["a".upper()], lambda: "a" + 1,
    lambda: "a" * "b", lambda: 1 + "a",
):
    try:
        attempt()
    except (IndexError, TypeError) as error:
        print(type(error).__name__, error)
s = "abc"
try:
    s[0] = "x"
except TypeError as error:
    print(error)
try:
    del s[0]
except TypeError as error:
    print(error)
