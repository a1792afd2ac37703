# Two modules that import each other.
import _circle_a

print(_circle_a.value, _circle_a._circle_b.value, _circle_a.call())
