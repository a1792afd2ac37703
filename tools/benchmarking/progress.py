"""One line of progress with the time left: rewritten in place on a terminal, plain lines elsewhere."""

import sys
import time


class Progress:
    """Counts steps of `total` (any unit); `weight` of a step is its share of the work."""

    def __init__(self, title, total, stream=sys.stderr):
        self.title, self.total, self.stream = title, total, stream
        self.done = 0
        self.start = time.monotonic()
        self.last = 0.0
        self.on_terminal = stream.isatty()

    def step(self, what, weight=1):
        """Says that a step named `what` has ended."""
        self.done += weight
        now = time.monotonic()
        finished = self.done >= self.total
        if not finished and now - self.last < (0.2 if self.on_terminal else 10):
            return
        self.last = now
        left = (now - self.start) / self.done * (self.total - self.done)
        line = f"{self.title}: {100 * self.done / self.total:3.0f} %, {left:4.0f} s left, {what}"
        if self.on_terminal:
            self.stream.write(f"\r\x1b[K{line[:100]}" + ("\n" if finished else ""))
        else:
            self.stream.write(line + "\n")
        self.stream.flush()
