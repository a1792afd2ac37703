print("b begins")
import _circle_a

value = "b"
try:
    _circle_a.value
except AttributeError as error:
    print("b:", str(error).split(" (")[0])
try:
    from _circle_a import value as other
except ImportError as error:
    print("b:", str(error).split(" (")[0])


def ask():
    return _circle_a.value + value


print("b ends")
