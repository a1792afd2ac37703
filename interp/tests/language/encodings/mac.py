# Line ends of old Macs and mixtures.print("one")print("two")
print("three")
x = "a\b"print(repr(x))