# All number and string literal forms of the language.
print(0, 00, 1_000, 0x1F, 0X1f, 0o17, 0b101, 0xdead_beef)
print(1.5, 1., .5, 1e3, 1E-3, 1_0.0_1, 0e0, 1.e2)
print('a' "b" '''c''' """d""", "tab\tq\"q\'\\", r"raw\n", R'\d')
print("\x41\u0042\U00000043\N{LATIN SMALL LETTER D}\101\7".encode())
print("line \
continued")
print("""two
lines""")
print(b"bytes \x00\xff", rb"\x00", B"a" b"b")
print(True, False, None, ..., Ellipsis is ..., NotImplemented)
print((), (1,), (1, 2), [], [1], {}, {1: 2}, {1})
print(u"u prefix", f"{1}" "x" f"{2}")
print(len("\
"), len("""
"""))
