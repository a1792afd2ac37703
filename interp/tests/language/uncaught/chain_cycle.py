a = ValueError("a")
b = TypeError("b")
c = KeyError("c")
a.__cause__ = b
b.__context__ = c
c.__cause__ = a
raise a
