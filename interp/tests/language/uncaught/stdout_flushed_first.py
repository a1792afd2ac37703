print("written before the error")
print("no line end", end="")
1 / 0
