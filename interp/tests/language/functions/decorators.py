# Decorators: order of evaluation and application, arguments, classes.
def tag(name):
    print("make", name)

    def decorate(function):
        print("apply", name, function.__name__)

        def wrapper(*args, **kwargs):
            return f"<{name}>{function(*args, **kwargs)}</{name}>"

        wrapper.__name__ = function.__name__
        return wrapper

    return decorate


@tag("b")
@tag("i")
def hello(who, *, mark="!"):
    return f"hello {who}{mark}"


print(hello("you"), hello("me", mark="?"), hello.__name__)


class Memo:
    def __init__(self, function):
        self.function = function
        self.known = {}

    def __call__(self, n):
        if n not in self.known:
            self.known[n] = self.function(n)
        return self.known[n]


@Memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80), len(fib.known))


def register(cls):
    registry.append(cls.__name__)
    cls.registered = True
    return cls


registry = []


@register
class A:
    pass


@(lambda cls: (cls, "pair"))
class B:
    pass


print(registry, A.registered, B[1])
