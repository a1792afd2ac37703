# Output of finally blocks comes before the traceback; stdout and stderr are separate.
import sys


def work():
    try:
        print("working")
        raise OSError("disk on fire")
    finally:
        print("cleaning up")


try:
    work()
finally:
    print("outer cleanup")
    print("to stderr", file=sys.stderr)
