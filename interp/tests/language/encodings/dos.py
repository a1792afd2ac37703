# coding: utf8
# Line ends of DOS.
x = """a
b"""
print(repr(x))
if x:
    print("in")
