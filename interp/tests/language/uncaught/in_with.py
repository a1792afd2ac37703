class Manager:
    def __init__(self, name, suppress=False):
        self.name, self.suppress = name, suppress

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if self.name == "bad":
            raise RuntimeError("in exit")
        return self.suppress


with Manager("good", True):
    raise ValueError("hidden")
with (
    Manager("good") as a,
    Manager("bad") as b,
):
    raise ValueError("body")
