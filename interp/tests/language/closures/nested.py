# Several levels of nesting, free variables passed through.
def a():
    x = "ax"

    def b():
        y = "by"

        def c():
            z = "cz"

            def d():
                nonlocal x, y
                x += "!"
                y = y + x
                return x, y, z

            return d

        return c

    return b, lambda: x


b, see = a()
d = b()()
print(d(), d(), see())


def outer():
    def recursive(n):
        return 1 if n == 0 else n * recursive(n - 1)

    return recursive


print(outer()(5))


def pair():
    state = []

    class Box:
        def put(self, v):
            state.append(v)
            return self

        def all(self):
            return state

    return Box, state


Box, state = pair()
print(Box().put(1).put(2).all(), state)


def make(n):
    return lambda: (lambda: (lambda: n)())()


print(make(7)(), [make(i)() for i in range(3)])
