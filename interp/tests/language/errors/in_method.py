# Frames of methods, properties and special methods.
class Matrix:
    def __init__(self, rows):
        self.rows = rows

    def __getitem__(self, index):
        return self.rows[index]

    @property
    def corner(self):
        return self[0][-1]

    def __repr__(self):
        return f"Matrix with corner {self.corner}"


print(Matrix([[1, 2]]))
print(Matrix([]))
