# repr and ascii of every kind of character.
for s in (
    "plain", "it's", 'say "hi"', "it's \"both\"", "tab\tnl\ncr\r", "\x00\x07\x1f\x7f", "é",
    "\x80\x9f\xa0\xad", "中文", "😀", "\u200b\u2028\ue000", "\ud800", "back\\slash", "",
):
    print(repr(s) if s != "\ud800" else "surrogate", ascii(s), len(repr(s)))
print(
    str("x"), str(5), str(None), str([1, "a"]), str(b"x"), str(b"caf\xc3\xa9", "utf-8"),
    str(object=7), str(b"\xff", "latin-1"),
)
print("%r %a %s" % ("é", "é", "é"), f"{'é'!r} {'é'!a} {'é'!s}")
