# Identifiers and strings beyond ASCII; identifiers are normalised.
größe = 3
变量 = "中文"
ﬁ = "ligature"
print(größe, 变量, fi, "ﬁ" in globals(), "fi" in globals())


class Ñandú:
    été = "summer"

    def naïve(self, paramètre=1):
        return paramètre, self.été


print(Ñandú().naïve(paramètre=2), Ñandú.__name__, [n for n in dir(Ñandú) if n[0] != "_"])
print("é" == "\u00e9", len("😀"), "日本語"[1], {"ключ": "значение"}["ключ"], f"{变量!r} {größe=}")
def 𝐟(): return "mathematical bold f"
print(f(), ª if (ª := 1) else 0)
