"""Files that are whole whenever the process ends, be it by SIGKILL.

What is written has no name until it is finished: an unnamed file (O_TMPFILE) is linked as PATH.part when it
holds everything, then renamed. On file systems without unnamed files PATH.part may be half of one; readers
take only PATH.
"""

import contextlib
import os


@contextlib.contextmanager
def writing(path):
    """A text file that appears at `path` with all that was written when the block ends; not at all if the
    block raises or the process ends before."""
    path, temporary = os.fspath(path), f"{os.fspath(path)}.part"
    try:
        descriptor, is_named = os.open(os.path.dirname(path) or ".", os.O_TMPFILE | os.O_WRONLY, 0o666), False
    except OSError:
        descriptor, is_named = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666), True
    with open(descriptor, "w", encoding="utf-8", newline="") as file:
        yield file
        file.flush()
        os.fsync(descriptor)
        if not is_named:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)  # of a process that was ended just here
            os.link(f"/proc/self/fd/{descriptor}", temporary, follow_symlinks=True)
    os.replace(temporary, path)
