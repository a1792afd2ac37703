# The % operator with all conversions and flags.
print(
    "%d %i %u" % (1, 2, 3), "%5d|%-5d|%05d|%+d|% d" % (42, 42, 42, 42, 42),
    "%x %X %#x %o %#o" % (255, 255, 255, 8, 8),
)
print(
    "%f %.2f %8.3f %-8.1f| %08.2f %+.1f" % (1.5, 2.345, 3.14159, 2.5, -3.14159, 1.25),
    "%e %.2E %g %G %g" % (12345.678, 0.00012, 1e10, 1e-10, 100000.0),
)
print(
    "%s %r %a %c %c %%" % ("é", "é", "é", "x", 65),
    "%10s|%-10s|%.2s|%5.1s|" % ("abc", "abc", "abc", "abc"),
)
print(
    "%(name)s is %(age)03d" % {"name": "Ada", "age": 36, "x": 0}, "%(a)s" % {"a": (1, 2)},
    "%s" % (("t", 1),), "%s %s" % ("a", [1]),
)
print(
    "%*d|%-*d|%.*f" % (5, 42, 5, 42, 2, 3.14159), "%s" % None, "%d" % 3.99, "%d" % -3.99,
    "%s" % 2 ** 70, "%x" % 2 ** 70, "%5.3d" % 7, "%#.0f" % 3.0,
)
print(
    "no args" % (), "%d%%" % 50, "%i" % True, "%.0f %.0f" % (0.5, 1.5),
    "%f %e %g" % (float("inf"), float("nan"), float("-inf")),
)
for attempt in (
    lambda: "%d" % "x", lambda: "%d %d" % 1, lambda: "%d" % (1, 2), lambda: "%q" % 1,
    lambda: "%(a)s" % 1, lambda: "%(b)s" % {"a": 1}, lambda: "%c" % "ab", lambda: "%x" % 1.5,
    lambda: "%" % 1, lambda: "%c" % -1, lambda: "a" % 1, lambda: "%f" % "x", lambda: "%(a" % {},
    lambda: "%*d" % ("a", 1),
):
    try:
        print(attempt())
    except (TypeError, ValueError, KeyError, OverflowError) as error:
        print(type(error).__name__, error)
