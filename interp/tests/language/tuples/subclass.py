# A tuple subclass with named fields by property.
class Point(tuple):
    def __new__(cls, x, y):
        return super().__new__(cls, (x, y))

    @property
    def x(self):
        return self[0]

    @property
    def y(self):
        return self[1]

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def __repr__(self):
        return f"Point(x={self.x}, y={self.y})"


p = Point(1, 2)
print(
    p, p.x, p + Point(3, 4), p == (1, 2), hash(p) == hash((1, 2)), len(p), list(p), p[0],
    {p: 1}[(1, 2)], p < Point(1, 3),
)
x, y = p
print(x, y, isinstance(p, tuple), type(p + p), type(p[:1]))
try:
    p.x = 5
except AttributeError as error:
    print(error)
