error = None
for i in range(12):
    new = ValueError(i)
    new.__context__ = error
    error = new
raise error
