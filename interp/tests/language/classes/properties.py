# property with getter, setter, deleter; inheritance; class access; errors.
class Celsius:
    def __init__(self, degrees=0):
        self._degrees = degrees

    @property
    def degrees(self):
        """Degrees."""
        return self._degrees

    @degrees.setter
    def degrees(self, value):
        if value < -273:
            raise ValueError("too cold")
        self._degrees = value

    @degrees.deleter
    def degrees(self):
        print("deleted")
        self._degrees = None

    fahrenheit = property(lambda self: self._degrees * 9 / 5 + 32, doc="F")

    def write(self, value):
        self._degrees = value

    only_write = property(None, write)


c = Celsius(10)
c.degrees += 5
print(
    c.degrees, c.fahrenheit, Celsius.degrees.__doc__, Celsius.fahrenheit.__doc__,
    type(Celsius.degrees).__name__,
)
c.only_write = 7
print(c.degrees, Celsius.degrees.fget(c))
del c.degrees
print(c.degrees)
for attempt in (
    lambda: setattr(c, "degrees", -300), lambda: setattr(c, "fahrenheit", 1),
    lambda: delattr(c, "fahrenheit"), lambda: c.only_write,
):
    try:
        attempt()
    except (ValueError, AttributeError) as error:
        print(type(error).__name__, error)


class Kelvin(Celsius):
    @property
    def degrees(self):
        return super().degrees + 273

    @Celsius.fahrenheit.getter
    def fahrenheit(self):
        return "hidden"


k = Kelvin(1)
print(k.degrees, k.fahrenheit)
k.__dict__["degrees"] = "shadow?"
print(k.degrees)
try:
    k.degrees = 1
except AttributeError as error:
    print(error)


class Raises:
    @property
    def p(self):
        return self.missing


try:
    Raises().p
except AttributeError as error:
    print(error)
print(hasattr(Raises(), "p"), getattr(Raises(), "p", "default"))
