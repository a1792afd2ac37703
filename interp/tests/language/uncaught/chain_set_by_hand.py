error = ValueError("main")
error.__context__ = KeyError("context")
error.__cause__ = None
try:
    raise error
except ValueError as caught:
    caught.__suppress_context__ = False
    raise
