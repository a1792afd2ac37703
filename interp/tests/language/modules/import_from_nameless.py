# What stands in sys.modules may have no name: then the error names no module.
import sys

sys.modules["nameless"] = 5
try:
    from nameless import thing
except ImportError as error:
    print(error, error.name, error.name_from, error.path)
