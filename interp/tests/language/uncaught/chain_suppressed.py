try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise ValueError("hidden cause") from None
except ValueError:
    raise TypeError("seen")
