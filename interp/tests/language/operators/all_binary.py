# One class that implements every binary and unary operator.
class Echo:
    def __init__(self, text):
        self.text = text

    def __neg__(self):
        return f"-{self.text}"

    def __pos__(self):
        return f"+{self.text}"

    def __invert__(self):
        return f"~{self.text}"

    def __abs__(self):
        return f"|{self.text}|"

    def __pow__(self, other, modulus=None):
        return f"pow({self.text}, {other}, {modulus})"

    def __divmod__(self, other):
        return f"divmod({self.text}, {other})"

    def __round__(self, digits=None):
        return f"round({self.text}, {digits})"


symbols = {
    "add": "+", "sub": "-", "mul": "*", "truediv": "/", "floordiv": "//", "mod": "%", "matmul": "@",
    "lshift": "<<", "rshift": ">>", "and": "&", "or": "|", "xor": "^",
}
for name, symbol in symbols.items():
    setattr(
        Echo, f"__{name}__", lambda self, other, symbol=symbol: f"({self.text} {symbol} {other})",
    )
    setattr(
        Echo, f"__r{name}__",
        lambda self, other, symbol=symbol: f"(r {other} {symbol} {self.text})",
    )
e = Echo("e")
print(e + 1, e - 1, e * 1, e / 1, e // 1, e % 1, e @ 1, e << 1, e >> 1, e & 1, e | 1, e ^ 1)
print(1 + e, 1 - e, 1 * e, 1 / e, 1 // e, 1 % e, 1 @ e, 1 << e, 1 >> e, 1 & e, 1 | e, 1 ^ e)
print(-e, +e, ~e, abs(e), e ** 2, pow(e, 2), pow(e, 2, 3), divmod(e, 4), round(e), round(e, 2))
