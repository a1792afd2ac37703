import sys

from _tracer import show, tracer


def work(n):
    total = 0
    for i in range(n):
        total += abs(i)
    try:
        fail()
    except ValueError:
        pass
    return total


def fail():
    raise ValueError


def profiler(frame, event, arg):
    print("P", end=" ")
    show(frame, event, arg)


sys.setprofile(profiler)
sys.settrace(tracer)
work(2)
sys.settrace(None)
work(1)
sys.setprofile(None)
sys.settrace(tracer)
work(0)
sys.settrace(None)
work(5)
