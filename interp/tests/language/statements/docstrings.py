"""The module's docstring."""


def f():
    "f's docstring"
    return f.__doc__


def g():
    x = "not a docstring"
    "nor this"


class C:
    """C's docstring
    has two lines."""

    def m(self):
        r"""raw \n docstring"""


def h():
    f"no docstring {1}"


def b():
    b"no docstring"


print(__doc__, f(), g.__doc__, repr(C.__doc__), C.m.__doc__, h.__doc__, b.__doc__, C().__doc__[:1])
C.__doc__ = "changed"
print(
    C.__doc__, (lambda: 0).__doc__, type("D", (), {}).__doc__,
    type("E", (), {"__doc__": "given"}).__doc__,
)
