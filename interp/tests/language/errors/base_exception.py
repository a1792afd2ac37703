# KeyboardInterrupt is not an Exception.
class Stop(BaseException):
    pass


def f():
    try:
        raise Stop("now")
    except Exception:
        print("never")


f()
