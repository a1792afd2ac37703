# A bracket that was never opened.
x = 1 + 2)
