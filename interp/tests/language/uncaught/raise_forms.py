import sys


def show(function):
    try:
        function()
    except BaseException:
        sys.excepthook(*sys.exc_info())


def nothing():
    raise


def number():
    raise 5


def a_class():
    raise ValueError


def bad_cause():
    raise ValueError from 5


def not_exception_class():
    raise int


class Strange(Exception):
    def __new__(cls):
        return 5


def strange():
    raise Strange


for function in (nothing, number, a_class, bad_cause, not_exception_class, strange):
    show(function)
raise ValueError("a") from ValueError("b")
