# __del__ is not needed for correctness; exceptions and cycles with it do no harm.
class Quiet:
    def __init__(self, n):
        self.n = n
        self.cycle = self

    def __del__(self):
        self.n = None


for i in range(500):
    q = Quiet(i)
print(q.n)
del q


class Resurrect:
    saved = []

    def __init__(self):
        self.data = [1, 2, 3]

    def __del__(self):
        Resurrect.saved.append(self)


for i in range(100):
    Resurrect()
print(all(r.data == [1, 2, 3] for r in Resurrect.saved))
Resurrect.saved.clear()
del Resurrect.__del__
print("end")
