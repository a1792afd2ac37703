"""Executables once more, in other pages of memory.

The pages that a file lies in are a layout too: two identical files were 4 % apart for as long as they lay where they
were written. So what is timed runs from copies, new ones for each round or process, and the difference is part of the
spread instead of a constant error of the whole run.
"""

import contextlib
import os
import shutil
import tempfile


def folder(beside):
    """A context: a folder for copies, in the folder `beside` where that can be written (programs may not be allowed
    to run from the system's one)."""
    return tempfile.TemporaryDirectory(prefix="round-", dir=beside if os.access(beside, os.W_OK) else None)


@contextlib.contextmanager
def made(paths):
    """While this lasts: {path: path of its copy}."""
    copied = {}
    with contextlib.ExitStack() as stack:
        for path in dict.fromkeys(paths):
            copied[path] = shutil.copy(path, stack.enter_context(folder(os.path.dirname(os.path.abspath(path)))))
        yield copied
