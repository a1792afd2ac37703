try:
    raise ValueError from KeyError("cause")
except ValueError as error:
    assert error.__suppress_context__
    raise LookupError("outer") from IndexError
