# -*- coding: latin-1 -*-
# Latin-1 source.
text = "café ü"
print(ascii(text), len(text), ascii(b"\xe9"), ascii("ß".upper()))
été = 5
print(été, ascii("été"), sorted(ascii(n) for n in globals() if not n.startswith("_")))
