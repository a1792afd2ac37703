# f-strings: expressions, nesting, specifications, debug form, quotes as 3.12 allows them.
name, width, value = "Ada", 10, 3.14159
print(
    f"{name}!", f"{name:>{width}}|", f"{value:.{2}f}", f"{value:{width}.{3}}", f"{name!r:>8}",
    f"{{{name}}}", f"{'a' if value else 'b'}",
)
print(
    f"{value=} {name=!s} {value = :.2f} {1 + 1=}",
    f"{name.upper()} {[i for i in range(3)]} {(lambda x: x * 2)(4)} { {'k': 1}['k'] }",
)
print(f"{f"{f"deep {name}"}"}", f"{"same quotes"}", f'{'\n'.join(["a", "b"])}', f"""{
    name  # a comment
}""")
print(
    f"{1:05d} {-1:+d} {255:#x} {1e6:,.1f} {'x':^3} {True!s:>6} {None}", rf"\{name}\n",
    f"{name}" "{not}" f"{value:.1f}",
)
print(f"{(y := 5)} {y}", f"{value:%}", f"{3:{'0'}{4}}", f"{'{'}{'}'}", f"{10:b}", f"{'':-^5}", f"")
class F:
    def __format__(self, spec):
        return f"<{spec}>"

    def __str__(self):
        return "str"

    def __repr__(self):
        return "repr"


print(
    f"{F()}", f"{F():abc}", f"{F()!s:>5}", f"{F()!r}", f"{F()=}",
    f"{F()=:x{1}y}", format(F(), "z"), "{:{}}".format(F(), "q"),
)
print(
    f"{name:{'>' if width > 5 else '<'}{width}}", f"{'nested ' + f'{1 + 1}'}", f"{2 ** 70:,}",
    f"{1.0} {1e100} {-0.0}",
)
