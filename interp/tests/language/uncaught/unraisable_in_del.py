import gc


class Named:
    def __init__(self, name):
        self.name = name

    def __call__(self, *arguments):
        raise ValueError("in " + self.name)

    def __repr__(self):
        return f"<finalizer {self.name}>"


class A:
    __del__ = Named("one")


a = A()
del a
gc.collect()
print("goes on")
