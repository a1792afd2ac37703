# co_lines and co_positions: where the bytecode comes from.
def f(a, b=2, *c, **d):
    """doc"""
    x = [i for i in a
         if i]
    try:
        return (x +
                b)
    except* ValueError:
        pass

    class K:
        y = lambda q: q + \
            a
    return K


async def g():
    async with f() as z:
        yield z


def raises():
    return 1 / \
        0


for code in (f.__code__, g.__code__, raises.__code__):
    print(list(code.co_lines()))
    print(list(code.co_positions()))
far = compile("\n" * 300 + "x = 1\n" + "\n" * 1000 + "y = 2" + " " * 200 + "+ x\n", "far", "exec")
print(list(far.co_lines()))
print(list(far.co_positions()))
lines = f.__code__.co_lines()
print(iter(lines) is lines, next(lines), next(lines))
positions = f.__code__.co_positions()
print(iter(positions) is positions, next(positions))
for table in (b"", b"\xf8", b"\xe8\x04", b"\x80\x00" * 40):
    code = raises.__code__.replace(co_linetable=table)
    print(table[:4], list(code.co_lines())[:3], list(code.co_positions())[:3])
code = raises.__code__.replace(co_firstlineno=100)
print([line for _, _, line in code.co_lines()])
