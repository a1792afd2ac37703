import sys


class Stream:
    def write(self, text):
        sys.stdout.write(text.upper())

    def flush(self):
        pass


sys.stderr = Stream()
raise ValueError("upper case")
