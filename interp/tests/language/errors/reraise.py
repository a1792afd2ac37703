# A bare raise keeps the original lines.
def fail():
    raise LookupError("original")


def relay():
    try:
        fail()
    except LookupError:
        print("seen")
        raise


relay()
