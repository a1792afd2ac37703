class Manager:
    def __enter__(self):
        raise ValueError("in enter")

    def __exit__(self, *details):
        print("never")


with Manager() as m, \
        Manager() as n:
    pass
