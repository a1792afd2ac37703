try:
    1 / 0
except ZeroDivisionError as error:
    raise ValueError("x") from error.with_traceback(None)
