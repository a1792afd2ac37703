# A subclass of str keeps its attributes, operations give plain str.
class Name(str):
    def __new__(cls, text, tag=None):
        self = super().__new__(cls, text.title())
        self.tag = tag
        return self

    def shout(self):
        return self.upper() + "!"

    def __repr__(self):
        return f"Name({super().__repr__()})"


n = Name("ada lovelace", tag=1)
print(
    n, repr(n), n.tag, n.shout(), type(n + "x"), type(n[:3]), isinstance(n, str),
    n == "Ada Lovelace", len(n), {n: 1}["Ada Lovelace"],
)
print(
    type(str(n)), type(n.lower()), f"{n}", "%s" % n, n.split(), "Ada" in n,
    hash(n) == hash("Ada Lovelace"), [n], type(n.strip()),
)


class S(str):
    def __str__(self):
        return "custom"


print(S("x"), str(S("x")), S("x") + "y", f"{S('x')}", "{}".format(S("x")), "".join([S("a"), "b"]))
