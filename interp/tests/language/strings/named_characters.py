# \N{...}: names in any case, aliases, names that follow a rule, and what is no name.
print(ascii("\N{BULLET}\N{bullet}\N{Latin Small Letter E with Acute}"))
print(ascii("\N{LINE FEED}\N{ALERT}\N{NBSP}\N{LATIN SMALL LETTER GHA}\N{VS1}"))
print(ascii("\N{HANGUL SYLLABLE GAG}\N{CJK UNIFIED IDEOGRAPH-4E00}\N{CJK UNIFIED IDEOGRAPH-31350}"))
print(ascii("\N{SHAKING FACE}\N{NUSHU CHARACTER-1B170}\N{HANGUL JUNGSEONG O-E}"))
print(r"\N{BULLET}", br"\N{BULLET}", len(f"\N{SNOWMAN}{1}\N{SNOWMAN}"))

for text in (
    r"\N", r"\N{", r"\N{}", r"ab\N{NO SUCH NAME}", r"\N{BULLET ", "\\N{BULLET\u00e9}", r"\N{ BULLET}",
    r"\N{hangul syllable gag}", r"\N{CJK UNIFIED IDEOGRAPH-4e00}", r"\N{KEYCAP DIGIT ONE}", r"\N{GREEK_SMALL_LETTER_ALPHA}",
):
    try:
        print(text, ascii(eval(f'"{text}"')))
    except SyntaxError as error:
        print(ascii(text), error.msg)
