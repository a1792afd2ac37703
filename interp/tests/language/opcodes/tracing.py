# The instructions that stand for others while a thread traces: calls, loops, delegation.
import sys

events = []


def record(frame, event, argument):
    events.append(f"{frame.f_code.co_name}:{event}:{frame.f_lineno - frame.f_code.co_firstlineno}")
    return record


def callee(a, b=2, *, c=3):
    return a + b + c


def numbers(limit):
    for number in range(limit):
        yield number


def delegating():
    result = yield from numbers(2)
    return result


def traced():
    total = callee(1) + callee(1, c=4) + callee(*(1, 2), **{"c": 5})
    for number in numbers(3):
        total += number
    for letter in "ab":
        total += len(letter)
    return total + sum(delegating())


def run(install):
    events.clear()
    install(record)
    result = traced()
    install(None)
    print(install.__name__, result, len(events))
    for event in events:
        if not event.startswith("run:"):
            print("", event)


run(sys.settrace)
run(sys.setprofile)
