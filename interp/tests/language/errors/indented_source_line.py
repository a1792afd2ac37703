# The source line is shown without its indentation.
if True:
    for i in range(2):
        if i:
            while True:
                raise StopIteration(i)
