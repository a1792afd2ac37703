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
    folder, name = os.path.split(os.fspath(path))
    directory = os.open(folder or ".", os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            descriptor, is_named = os.open(folder or ".", os.O_TMPFILE | os.O_WRONLY, 0o666), False
        except OSError:
            descriptor, is_named = os.open(f"{name}.part", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666, dir_fd=directory), True
        with open(descriptor, "w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(descriptor)
            if not is_named:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(f"{name}.part", dir_fd=directory)  # of a process that was ended just here
                # Only with a dir_fd does Python's link() follow the symbolic link in /proc.
                os.link(f"/proc/self/fd/{descriptor}", f"{name}.part", dst_dir_fd=directory, follow_symlinks=True)
        os.replace(f"{name}.part", name, src_dir_fd=directory, dst_dir_fd=directory)
    finally:
        os.close(directory)
