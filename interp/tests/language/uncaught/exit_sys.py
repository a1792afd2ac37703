import sys


def f():
    try:
        sys.exit("leaving")
    finally:
        print("finally")


f()
