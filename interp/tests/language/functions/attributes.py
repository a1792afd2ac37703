# What a function knows about itself.
def f(a, b=2, *args, c, **kw):
    """The docstring."""
    local = 1
    return local


print(
    f.__name__, f.__qualname__, f.__doc__, f.__defaults__, f.__kwdefaults__, f.__module__,
    f.__dict__, f.__closure__,
)
code = f.__code__
print(
    code.co_name, code.co_argcount, code.co_kwonlyargcount, code.co_posonlyargcount,
    code.co_varnames, code.co_nlocals, code.co_flags & 12, code.co_firstlineno,
)
f.tag = "x"
f.__name__ = "renamed"
f.__doc__ = None
print(
    f.tag, f.__name__, f.__dict__, f.__doc__, callable(f), f.__globals__ is globals(),
    type(f).__name__,
)


class C:
    def m(self):
        def inner():
            pass

        return inner


print(
    C.m.__qualname__, C().m().__qualname__, (lambda: 0).__qualname__, C().m.__name__,
    C().m.__self__.__class__.__name__, C.m is C().m.__func__,
)
for attempt in (
    lambda: setattr(f, "__name__", 5), lambda: setattr(f, "__code__", 1), lambda: f.missing,
    lambda: setattr(f, "__defaults__", 1),
):
    try:
        attempt()
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
