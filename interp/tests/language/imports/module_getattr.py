# __getattr__ and __dir__ of a module, and __main__.
import _dynamic
from _dynamic import made_up

print(_dynamic.anything, made_up, _dynamic.real, dir(_dynamic))
try:
    _dynamic.bad_name
except AttributeError as error:
    print(error)
import __main__
print(__main__._dynamic is _dynamic, __main__.__name__)
