# isalpha, isdigit and relatives on characters of many kinds.
names = (
    "isalnum", "isalpha", "isascii", "isdecimal", "isdigit", "isidentifier", "isnumeric",
    "isprintable", "isspace",
)
for text in (
    "abc", "a1", "12", "", " ", "\t\n", "é", "²", "½", "٣", "_x", "1x", "class", "a b", "\x00",
    "\u2028", "中", "\u00a0", "Ⅷ", "😀",
):
    print(ascii(text), [name for name in names if getattr(text, name)()])
