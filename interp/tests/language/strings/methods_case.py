# Case methods, ASCII and beyond.
for text in ("hello World", "ÀÉÎ straße ǆ", "ﬁx İi", "ΑΣ Σ", "", "123 abc"):
    print(
        text.upper(), "|", text.lower(), "|", text.title(), "|", text.capitalize(), "|",
        text.swapcase(), "|", text.casefold(),
    )
print("they're bill's".title(), "x1y2".title(), "ß".upper(), "ŉ".upper(), "ǆ".title())
for text in ("abc", "ABC", "Abc", "aBC", "Ab Cd", "1a", "1", "", "ß", "Ǆ", "ǅ"):
    print(repr(text), text.islower(), text.isupper(), text.istitle())
