# Names that normalise to one (NFKC).
ﬁ = 1
print(fi, "ﬁ" in globals(), "fi" in globals())
class C:
    ª = 2
    def ſ(self): return "s"
print(C.a, C().s(), getattr(C, "ª", "not normalised"))
def f(µ): return μ
print(f(3), f(µ=4), f(**{"μ": 5}))
𝔘𝔫𝔦 = 6
print(Uni)
print(f"{ﬁ}", [ﬁ for ﬁ in "x"], sorted(n for n in dir() if n[0] != "_"))
