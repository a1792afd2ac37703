# Frames of a decorator and its wrapper.
def logged(function):
    def wrapper(*args):
        print("calling", function.__name__)
        return function(*args)

    return wrapper


@logged
def half(n):
    return n // "2"


half(4)
