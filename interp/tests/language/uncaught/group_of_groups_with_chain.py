def make(text):
    try:
        try:
            raise KeyError(text)
        except KeyError as error:
            raise ValueError(text.upper()) from error
    except ValueError as error:
        return error


try:
    raise ExceptionGroup("a", [make("x"), ExceptionGroup("b", [make("y"), make("z")])])
except ExceptionGroup as group:
    raise ExceptionGroup("c", [group, make("w")]) from group
