import gc
import sys


class A:
    def __del__(self):
        raise ValueError("in del")


def hook(details):
    print(details.exc_type.__name__, details.exc_value, details.err_msg, details.object is A.__del__)


if hasattr(sys, "unraisablehook"):
    sys.unraisablehook = hook
a = A()
del a
gc.collect()
