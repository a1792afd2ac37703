def f():
    raise ValueError("kept")


try:
    f()
except ValueError as error:
    saved = error.__traceback__
raise TypeError("other").with_traceback(saved)
