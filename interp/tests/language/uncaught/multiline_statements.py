import sys


def show(function):
    try:
        function()
    except Exception:
        sys.excepthook(*sys.exc_info())


def total(*parts):
    return (
        parts[0]
        + parts[1]
        + parts[2]
    )


def call():
    return total(
        1,
        2,
        "three",
    )


def chain():
    return (call()
            .attribute
            .other)


def comparison():
    return (1
            <
            "a")


def conditional():
    return (
        missing
        if 1
        else 2
    )


def text():
    return f"""
    {1}
    {undefined}
    """


def dictionary():
    return {
        "a": 1,
        "b": 1 / 0,
        "c": 2,
    }


def continued():
    return 1 + \
        2 + \
        None


for function in (call, chain, comparison, conditional, text, dictionary, continued):
    show(function)
x = [
    1,
    2,
    3 / 0,
]
