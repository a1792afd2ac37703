"""A module to be imported."""
print("importing", __name__)

__all__ = ["visible", "area"]
visible = "visible"
hidden = "hidden"
_private = "private"
counter = 0


def area(x):
    return x * x


def bump():
    global counter
    counter += 10
    return counter


class Square:
    def __init__(self, size):
        self.size = size
