"""One line of progress with the time left: rewritten in place on a terminal, plain lines elsewhere."""

import sys
import time


def duration(seconds):
    """45 s, 3:20 min, 1:05 h."""
    seconds = round(seconds)
    if seconds < 60:
        return f"{seconds} s"
    return f"{seconds // 60}:{seconds % 60:02} min" if seconds < 3600 else f"{seconds // 3600}:{seconds % 3600 // 60:02} h"


class Progress:
    """Counts steps of `total` (any unit); `weight` of a step is its share of the work."""

    def __init__(self, title, total, stream=None, quiet=False):
        self.title, self.total, self.stream = title, total, stream or sys.stderr
        self.done = 0
        self.start = time.monotonic()
        self.last = 0.0
        self.quiet, self.on_terminal = quiet, self.stream.isatty()
        self.is_open = False  # a line on the terminal that will be rewritten

    def step(self, what, weight=1):
        """Says that a step named `what` has ended."""
        self.done += weight
        now = time.monotonic()
        finished = self.done >= self.total
        if self.quiet or not finished and now - self.last < (0.2 if self.on_terminal else 10):
            return
        self.last = now
        left = (now - self.start) / self.done * max(self.total - self.done, 0)
        line = f"{self.title}: {min(100 * self.done / self.total, 100):3.0f} %, {duration(left)} left, {what}"
        if self.on_terminal:
            self.stream.write(f"\r\x1b[K{line[:100]}" + ("\n" if finished else ""))
            self.is_open = not finished
        else:
            self.stream.write(line + "\n")
        self.stream.flush()

    def close(self):
        """Ends the line on a terminal, when the work ends before the last step."""
        if self.is_open:
            self.stream.write("\n")
            self.is_open = False

    def clear(self):
        """Takes the line off the terminal, so that something else can be printed."""
        if self.is_open:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
            self.is_open = False
