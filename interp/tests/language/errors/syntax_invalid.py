# A token that does not fit.
x = 1
y = x + * 2
