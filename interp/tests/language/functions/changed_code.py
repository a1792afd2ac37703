# A function gets another code object: its suspended generators keep theirs; a module's code works on globals.
def counter():
    n = 0
    while True:
        n += 1
        yield n


def other(a, b, c):
    return [a, b, c]


running = counter()
print(next(running), next(running))
counter.__code__ = other.__code__
print(next(running), running.gi_code.co_name)
print(counter(1, 2, 3))
del counter
print(next(running))


def empty():
    pass


empty.__code__ = compile("made = 1\nclass C: x = made\nprint(made, C.x)", "<text>", "exec")
print(empty(), made, C.x)
