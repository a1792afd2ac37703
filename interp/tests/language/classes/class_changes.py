# Changing classes after instances and caches exist.
class A:
    def f(self):
        return "A.f"

    value = 1


class B(A):
    pass


b = B()


def call():
    return b.f(), b.value


for _ in range(20):
    result = call()
print(result)
A.f = lambda self: "new A.f"
A.value = 2
print(call())
B.f = lambda self: "B.f"
B.value = 3
print(call())
b.value = 4
b.f = lambda: "instance"
print(call())
del b.f, b.value, B.f, B.value
print(call())
del A.value
try:
    call()
except AttributeError as error:
    print(error)


class C:
    def f(self):
        return "C.f"

    value = "C"


B.__bases__ = (C,)
print(call(), [k.__name__ for k in B.__mro__])


class P:
    pass


def get(o):
    return o.x


p = P()
p.x = 1
for _ in range(20):
    get(p)
P.x = property(lambda self: "property")
print(get(p), p.__dict__)
del P.x
print(get(p))
