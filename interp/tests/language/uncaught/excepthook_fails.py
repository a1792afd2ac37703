import sys


def hook(kind, error, traceback):
    return undefined


sys.excepthook = hook
raise ValueError("original")
