# A string that ends with the line.
name = "Ada
print(name)
