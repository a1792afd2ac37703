# coding: latin-1
name = "éè"
print(len(name))
raise ValueError("é", name + 1)
