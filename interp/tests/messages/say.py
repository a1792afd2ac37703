"""Run by Krait: reads lines `WAY NAME SOURCE` (the source in hexadecimal) from standard input, hands each
source to the compiler in its way, and writes what was said as the repr of a tuple a line."""
import sys


class Stream:
    def __init__(self):
        self.parts = []

    def write(self, text):
        self.parts.append(text)

    def flush(self):
        pass


def read_source(way, name, source):
    if way == "file":
        compile(source, name, "exec")
    elif way == "bytes":
        compile(source, "<bytes>", "exec")
    else:
        mode = "exec" if way == "string" else way
        compile(source.decode("utf-8", "surrogatepass"), "<string>", mode)


def say(way, name, source):
    printed = sys.stderr = Stream()
    answer = ("", "", "", "", "", "", "")
    try:
        read_source(way, name, source)
    except BaseException as error:
        kind = type(error).__name__
        if isinstance(error, SyntaxError):
            place = error.lineno, error.offset, error.end_lineno, error.end_offset, error.text
            answer = kind, error.msg, *place
        else:
            answer = kind, str(error), "", "", "", "", ""
        error.__traceback__ = error.__context__ = None
        sys.excepthook(type(error), error, None)
    sys.stderr = sys.__stderr__
    return *answer, "".join(printed.parts)


for line in sys.stdin:
    way, name, source = line.split(" ")
    print(ascii(say(way, name, bytes.fromhex(source.strip()))))
