# An __index__ that changes the sequence it is an index of, and other bounds that do not fit.
class Clear:
    def __init__(self, target):
        self.target = target

    def __index__(self):
        self.target.clear()
        return 1


def run(what, make):
    for action in ("get", "set", "set step", "delete", "delete step"):
        target = make()
        try:
            if action == "get":
                result = target[Clear(target) :]
            elif action == "set":
                target[Clear(target) : 3] = make()
                result = target
            elif action == "set step":
                target[Clear(target) :: 2] = make()[:0]
                result = target
            elif action == "delete":
                del target[Clear(target) :]
                result = target
            else:
                del target[Clear(target) :: 2]
                result = target
        except (ValueError, IndexError) as error:
            result = repr(error)
        print(what, action, result, target)


run("list", lambda: [1, 2, 3, 4, 5])
run("bytearray", lambda: bytearray(b"abcde"))


class Once:
    count = 0

    def __index__(self):
        Once.count += 1
        return 1


values = [1, 2, 3, 4]
values[Once() : 3] = "ab"
values[Once() :: 2] = (8, 9)
print(values, Once.count)


class M:
    def f(self):
        pass


for get, target in ((type(M().f).__getattribute__, M().f), (super.__getattribute__, super(M, M()))):
    try:
        get(target, 5)
    except TypeError as error:
        print(error)
    print(get(target, "".join(["__cl", "ass__"])).__name__)
