# An exception in __exit__ while another one is under way.
class Manager:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        raise RuntimeError("exit failed")


with Manager():
    raise ValueError("body failed")
