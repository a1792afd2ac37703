# Carets under binary operators with blanks and parentheses.
x = None
y = 3
print(y  *  y)
z = (y   +   x)  *  (y - 1)
