real = "real"


def __getattr__(name):
    if name.startswith("bad"):
        raise AttributeError(f"no {name}")
    return f"dynamic {name}"


def __dir__():
    return ["x", "y"]
