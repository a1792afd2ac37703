# str.format: fields, nesting, attributes, conversions.
print(
    "{} {}".format(1, "a"), "{1} {0} {1}".format("x", "y"), "{a} {b:>4}|".format(a=1, b=2),
    "{0[1]} {0[0]} {1[k]}".format([1, 2], {"k": "v"}), "{0.real} {x.imag}".format(5, x=6),
)
print(
    "{!r} {!s} {!a}".format("é", "é", "é"), "{:{}}|{:{w}.{p}f}".format("a", 5, 3.14159, w=8, p=2),
    "{{}} {{{}}}".format(1), "{:>{width}}".format("r", width=4),
)
print(
    "{:5}|{:<5}|{:>5}|{:^5}|{:*^7}|{:05}".format(1, 2, 3, 4, "mid", 42),
    "{0:x} {0:X} {0:#x} {0:b} {0:#b} {0:o} {0:c} {0:n}".format(65),
    "{:,} {:_} {:,.2f}".format(1234567, 1234567, 1234567.891),
)
print(
    "{:%} {:.1%}".format(0.25, 0.1234), "{:e} {:.3g} {:g} {:G}".format(1234.5, 1234.5, 1e-7, 1e20),
    "{:+} {: } {:-}".format(5, 5, 5), "{:s} {:.2} {:10.3}|".format("str", "abcdef", "abcdef"),
)
print(
    "{[0]}".format([7]), "{.__class__.__name__}".format(3), "{0[a b]}".format({"a b": 1}),
    "{:}".format(None), "{}".format([1, "x"]), "{x}".format_map({"x": 1}),
)
for attempt in (
    lambda: "{}".format(), lambda: "{1}".format(0), lambda: "{a}".format(1), lambda: "{".format(1),
    lambda: "}".format(1), lambda: "{0} {}".format(1, 2), lambda: "{:d}".format("x"),
    lambda: "{:d}".format(1.5), lambda: "{:s}".format(1), lambda: "{:.2d}".format(1),
    lambda: "{!z}".format(1), lambda: "{:q}".format(1), lambda: "{0.x}".format(1),
    lambda: "{0[0]}".format(1), lambda: "{:5}".format(None), lambda: "{:>5}".format([]),
):
    try:
        print(attempt())
    except (IndexError, KeyError, ValueError, AttributeError, TypeError) as error:
        print(type(error).__name__, error)
