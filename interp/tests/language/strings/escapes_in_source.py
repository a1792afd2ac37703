# Escapes in str and bytes literals, raw strings, line joining.
print(
    ascii("\a\b\f\n\r\t\v\\\'\""), len("\x41\u00e9\U0001F600"), ascii("\0\12\377"),
    "\N{GREEK SMALL LETTER ALPHA}\N{BULLET}",
)
print(r"\n\x41", len(r"\\"), r'a\'b', b"\x41\101\n", br"\x41", rb"\d")
print("abc\
def", 'a' "b"
      'c', ("x"
            "y"))
print("""a
  "quoted" ''single''
b\
c""")
print(ascii("é"), ascii("\u0041"), "tab	in source" == "tab\tin source")
