# center, ljust, rjust, zfill, expandtabs.
print(
    [s.center(7, "*") for s in ("", "a", "ab", "abc", "abcdefgh")], "ab".center(5),
    "abc".center(6, "."),
)
print("ab".ljust(4) + "|", "ab".rjust(4, "-"), "ab".ljust(1), "é".rjust(3, "中"))
print(
    "42".zfill(5), "-42".zfill(5), "+4".zfill(4), "abc".zfill(2), "".zfill(3), "-".zfill(3),
    "--1".zfill(5),
)
print(
    "a\tb\tccc\td".expandtabs(), "a\tb".expandtabs(4), "\t|".expandtabs(0),
    "ab\ncd\te".expandtabs(4),
)
for attempt in (lambda: "a".center(5, "xy"), lambda: "a".ljust(3, ""), lambda: "a".rjust("3")):
    try:
        attempt()
    except TypeError as error:
        print(error)
