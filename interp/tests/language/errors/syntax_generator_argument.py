# A bare generator expression beside another argument.
print(x for x in range(3), 1)
