# return in all places, implicit None, early exits.
def nothing():
    pass


def early(x):
    if x:
        return "early"
    for i in range(3):
        if i == 1:
            return i
    return "late"


def several():
    return 1, 2, *[3, 4]


def from_loop(n):
    while True:
        n -= 1
        if n < 0:
            return n


def bare(x):
    if x:
        return
    return 0


print(nothing(), early(1), early(0), several(), from_loop(3), bare(1), bare(0), (lambda: None)())


def after_return():
    return 1
    print("never")


print(after_return(), [f for f in (nothing, bare) if f.__name__ == "bare"][0](False))
