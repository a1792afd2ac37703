# A matrix class with operators, and linear algebra over fractions of ints.
class Fraction:
    def __init__(self, n, d=1):
        if d == 0:
            raise ZeroDivisionError(f"Fraction({n}, 0)")
        a, b = abs(n), abs(d)
        while b:
            a, b = b, a % b
        sign = -1 if (n < 0) != (d < 0) else 1
        self.n, self.d = sign * abs(n) // (a or 1), abs(d) // (a or 1)

    @classmethod
    def of(cls, x):
        return x if isinstance(x, cls) else cls(x)

    def __add__(self, o):
        o = Fraction.of(o)
        return Fraction(self.n * o.d + o.n * self.d, self.d * o.d)

    __radd__ = __add__

    def __neg__(self):
        return Fraction(-self.n, self.d)

    def __sub__(self, o):
        return self + -Fraction.of(o)

    def __mul__(self, o):
        o = Fraction.of(o)
        return Fraction(self.n * o.n, self.d * o.d)

    __rmul__ = __mul__

    def __truediv__(self, o):
        o = Fraction.of(o)
        return Fraction(self.n * o.d, self.d * o.n)

    def __eq__(self, o):
        o = Fraction.of(o)
        return (self.n, self.d) == (o.n, o.d)

    def __bool__(self):
        return self.n != 0

    def __repr__(self):
        return f"{self.n}/{self.d}" if self.d != 1 else str(self.n)


class Matrix:
    def __init__(self, rows):
        self.rows = [[Fraction.of(x) for x in row] for row in rows]

    def __matmul__(self, other):
        return Matrix(
            [
                [
                    sum((a * b for a, b in zip(row, col)), Fraction(0)) for col in zip(*other.rows)
                ] for row in self.rows
            ]
        )

    def __getitem__(self, key):
        r, c = key
        return self.rows[r][c]

    def __eq__(self, other):
        return self.rows == other.rows

    def __repr__(self):
        return "[" + "; ".join(" ".join(map(repr, row)) for row in self.rows) + "]"

    def inverse(self):
        n = len(self.rows)
        work = [row[:] + [Fraction(i == j) for j in range(n)] for i, row in enumerate(self.rows)]
        for i in range(n):
            pivot = next((r for r in range(i, n) if work[r][i]), None)
            if pivot is None:
                raise ValueError("singular")
            work[i], work[pivot] = work[pivot], work[i]
            work[i] = [x / work[i][i] for x in work[i]]
            for r in range(n):
                if r != i and work[r][i]:
                    factor = work[r][i]
                    work[r] = [a - factor * b for a, b in zip(work[r], work[i])]
        return Matrix([row[n:] for row in work])


m = Matrix([[2, 1, 0], [1, 3, -1], [0, 5, 4]])
inverse = m.inverse()
print(
    m, inverse, m @ inverse, m @ inverse == Matrix([[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    inverse[0, 1],
)
try:
    Matrix([[1, 2], [2, 4]]).inverse()
except ValueError as error:
    print(error)
hilbert = Matrix([[Fraction(1, i + j + 1) for j in range(5)] for i in range(5)])
print(hilbert.inverse(), sum([Fraction(1, 2), Fraction(1, 3), 1]))
