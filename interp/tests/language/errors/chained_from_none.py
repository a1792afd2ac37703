# raise ... from None hides the first exception.
try:
    {}["a"]
except KeyError:
    raise RuntimeError("only this one") from None
