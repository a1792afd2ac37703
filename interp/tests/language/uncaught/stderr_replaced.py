import sys


class Stream:
    def write(self, text):
        sys.stdout.write(text.replace("Traceback", "TRACEBACK"))

    def flush(self):
        pass


sys.stderr = Stream()
raise ValueError("in capitals")
