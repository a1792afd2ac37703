# exec's closure goes with a code object only.
def make():
    value = 5

    def show():
        print(value)

    return show


show = make()
exec(show.__code__, closure=show.__closure__)
for source, closure in ("x", ()), (show.__code__, (1,)), (show.__code__, None), ("x", show.__closure__):
    try:
        exec(source, closure=closure)
    except (TypeError, NameError) as error:
        print(type(error).__name__, error)
