try:
    raise ExceptionGroup("first", [ValueError(1), ValueError(2)])
except* ValueError:
    raise TypeError("in the handler")
