import _loops.b
first = 1
