"""Not a declaration in line three."""
# so what
# coding: nonsense
print("fine é".encode())
