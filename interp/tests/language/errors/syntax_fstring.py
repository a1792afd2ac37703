# An f-string with an empty expression.
x = 5
print(f"value: {}")
