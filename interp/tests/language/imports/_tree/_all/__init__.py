from . import counted

__all__ = ["listed", "here", "_hidden"]
here = "here"
other = "other"
_hidden = "hidden"
