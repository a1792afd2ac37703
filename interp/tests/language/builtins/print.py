# print: sep, end, file, flush, conversions.
import sys

print()
print("a", 1, None, [1.5], sep="-")
print("no newline", end="")
print(" |", "x", sep="", end="\n\n")
print(*range(3), sep=", ", end=".\n")
print("to stdout", file=sys.stdout, flush=True)
print(sep="x")
print("a", "b", sep=None, end=None)


class Writer:
    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)

    def flush(self):
        self.parts.append("<flush>")


w = Writer()
print("x", 2, file=w, sep="+", flush=True)
print(file=w)
print(w.parts)


class Broken:
    def __str__(self):
        raise ValueError("no text")


for bad in (
    lambda: print(Broken()), lambda: print("a", sep=5), lambda: print("a", end=1),
    lambda: print("a", file=5), lambda: print("a", foo=1),
):
    try:
        bad()
    except (TypeError, ValueError, AttributeError) as error:
        print(type(error).__name__, error)
sys.stdout.write("written\n")

print("é中😀", "\t|")
