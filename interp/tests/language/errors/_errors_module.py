class SpecialError(Exception):
    pass


def fail():
    raise SpecialError("from the module")
