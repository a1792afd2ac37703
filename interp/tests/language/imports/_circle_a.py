print("a begins")
import _circle_b

value = "a"


def call():
    return _circle_b.ask()


print("a ends")
