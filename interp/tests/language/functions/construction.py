# types.FunctionType called, and the attributes of functions that may be set.
def f(a, b=1):
    "doc"
    return a, b


def outer():
    x = 1
    def inner(): return x
    return inner


function, inner = type(f), outer()
space = {'__name__': 'elsewhere'}


def attempt(text):
    try:
        result = eval(text)
        print(text, '->', type(result).__name__ if callable(result) and not isinstance(result, type) else result)
    except Exception as error:
        print(text, '->', type(error).__name__, error)


made = function(f.__code__, space, 'made', (7, 8))
print(made(), made.__name__, made.__qualname__, made.__module__, made.__globals__ is space, made.__doc__)
print(function(inner.__code__, {}, closure=inner.__closure__)(), function(f.__code__, {}, argdefs=(5,))(1))
for text in ('function()', 'function(1, 2)', 'function(f.__code__, 1)', 'function(f.__code__, {}, 1)', 'function(f.__code__, {}, None, 1)',
             'function(f.__code__, {}, None, None, ())', 'function(f.__code__, {}, None, None, 5)', 'function(inner.__code__, {})',
             'function(inner.__code__, {}, None, None, ())', 'function(inner.__code__, {}, None, None, (1,))', 'function(inner.__code__, {}, x=1)',
             'type("X", (function,), {})', 'setattr(f, "__globals__", {})', 'setattr(f, "__builtins__", {})', 'setattr(f, "__dict__", {"z": 1}) or f.z',
             'setattr(f, "__dict__", 5)', 'delattr(f, "__dict__")', 'setattr(f, "__closure__", ())', 'setattr(f, "__code__", 5)', 'delattr(f, "__code__")',
             'setattr(f, "__code__", inner.__code__)', 'setattr(inner, "__code__", f.__code__)', 'delattr(f, "__name__")', 'setattr(f, "__name__", 5)',
             'setattr(f, "__defaults__", 5)', 'delattr(f, "__defaults__") or f.__defaults__', 'setattr(f, "__kwdefaults__", 5)', 'setattr(f, "__doc__", 5) or f.__doc__',
             'delattr(f, "__doc__") or f.__doc__', 'delattr(f, "__module__") or f.__module__', 'f.__get__(None, int) is f',
             'setattr(f, "__code__", (lambda a, b=2: (b, a)).__code__) or f(1, 2)', 'f.__type_params__', 'f.__closure__', 'inner.__closure__[0].cell_contents'):
    attempt(text)
