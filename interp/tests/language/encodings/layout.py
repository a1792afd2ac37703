# Form feeds, tabs, blank lines, a file without a final newline.

if True:
	x = 1


	y = 2
    # comment at another depth
	print(x, y)
z = 3
print(z)
   # indented comment at the end