# sys.exit without arguments inside a function.
import sys


def stop():
    print("stopping")
    sys.exit()


stop()
print("never")
