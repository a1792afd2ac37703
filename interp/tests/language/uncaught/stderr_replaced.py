import sys


class Stream:
    def write(self, text):
        sys.stdout.write(text.replace("e", "E"))

    def flush(self):
        pass


sys.stderr = Stream()
raise ValueError("every e")
