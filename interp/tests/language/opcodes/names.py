# LOAD_NAME, LOAD_GLOBAL, cells, class bodies, imports, type parameters in class scopes.
import math
import math as m
from math import pi, floor as down

answer: int = 42
counter = 0


def globals_and_cells():
    global counter, fresh
    counter += 1
    fresh = counter
    cell = 1

    def inner():
        nonlocal cell
        cell += 1
        return cell, answer, len('abc')

    def deletes():
        nonlocal cell
        del cell

    got = inner(), inner()
    deletes()
    try:
        inner()
    except NameError as error:
        return got, str(error)


for _ in range(10):
    got = globals_and_cells()
print(got, counter, fresh)


def delete_global():
    global fresh
    del fresh


delete_global()
try:
    delete_global()
except NameError as error:
    print(error)
try:
    undefined
except NameError as error:
    print(error)


def outer():
    free = 'free'

    class Local:
        free = free + '!' if False else 'own'
        seen = free
        later = [free for _ in range(1)]

        def method(self):
            return __class__, free

    return Local


def outer_class(free):
    class Reads:
        copy = free
        free = 'class'
        after = free
    return Reads.copy, Reads.after


print(outer().seen, outer().later, outer()().method()[1])
try:
    print(outer_class('argument'))
except NameError as error:
    print(error)


class Generic[T]:
    name = 'in class'

    def method[U](self, x: name) -> T: ...

    type Alias = name


print(Generic.method.__annotations__, Generic.Alias.__value__)


def generic_in_function(free):
    class G:
        def method[U](self, x: free): ...
    return G.method.__annotations__


print(generic_in_function('cell'))
print(math.pi == pi == m.pi, down(2.5), __annotations__, __name__)
lambda_default = (lambda x=answer: x)()
print(lambda_default, [x + answer for x in (1, 2)], {n: n for n in (answer,)})
exec('from math import *\nprint(sqrt(16))')
a = b = c = answer
print(a, b, c, [(lambda: i)() for i in range(3)])
def f(unset=None):
    if unset: value = 1
    return locals()
print(f(), sorted(f(1)))
