# Operands from left to right, and where assignments evaluate their targets.
def t(tag, value=None):
    print(tag, end=" ")
    return tag if value is None else value


t("a", 1) + t("b", 2) * t("c", 3)
print()
[t(1), t(2)][t(0, 0)]
print()
{t("k1"): t("v1"), t("k2"): t("v2")}
print()
box = [0, 0]
t("target", box)[t("index", 1)] = t("value")
print(box)
x = y = t("once")
print(x, y)
t("fn", print)(t("arg1"), *t("star", ["arg2"]), sep=t("sep", "/"))
print(t(1) < t(2) < t(3))
t("yes", True) and t("then") or t("else")
print()
t("then") if t("cond", 1) else t("else")
print()
box[t("i", 0)] += t("inc", 5)
print(box)
