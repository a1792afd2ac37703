def function():
    raise LookupError("from the module")


if __name__ != "__main__":
    function()
