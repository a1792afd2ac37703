"""Run by Krait: reads lines `WAY SOURCE` (the source in hexadecimal) from standard input, hands each
source to the compiler in its way, and writes what was said as the repr of a tuple a line."""
import sys


class Stream:
    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)

    def flush(self):
        pass


def read_source(way, source):
    if way == "bytes":
        compile(source, "<bytes>", "exec")
    else:
        mode = "exec" if way == "string" else way
        compile(source.decode("utf-8", "surrogatepass"), "<string>", mode)


def say(way, source):
    printed = sys.stderr = Stream()
    answer = ("", "", "", "", "", "", "")
    try:
        read_source(way, source)
    except BaseException as error:
        kind = type(error).__name__
        if isinstance(error, SyntaxError):
            place = error.lineno, error.offset, error.end_lineno, error.end_offset, error.text
            answer = kind, error.msg, *place
        else:
            answer = kind, str(error), "", "", "", "", ""
        error.__traceback__ = error.__context__ = None
        sys.__excepthook__(type(error), error, None)
    sys.stderr = sys.__stderr__
    return *answer, "".join(printed.parts)


for line in sys.stdin:
    way, source = line.split(" ")
    print(ascii(say(way, bytes.fromhex(source.strip()))))
