# The type statement: lazy, recursive, generic.
type Simple = int
type Pair[A, B] = tuple[A, B]
type Tree[T] = T | list[Tree[T]]
type Late = undefined
type Many[*Ts] = tuple[*Ts]
type Call[**P] = P

print(Simple, type(Simple), Simple.__name__, Simple.__value__, Simple.__type_params__)
print(Simple.__module__, Simple.__parameters__)
print(Pair, Pair.__type_params__, Pair.__value__, Pair.__parameters__)
print(Pair[int, str], Pair[int, str].__origin__ is Pair, Pair[int, str].__args__)
print(Tree.__value__.__args__[1])
try:
    Late.__value__
except NameError as error:
    print(error)
undefined = 'now'
print(Late.__value__)
print(Many.__type_params__, Many.__parameters__, Many[int, str])
print(Call.__value__)
for bad in (lambda: Simple[int], lambda: Simple(), lambda: isinstance(1, Simple),
            lambda: Simple | 3, lambda: setattr(Simple, '__name__', 'x'),
            lambda: setattr(Simple, '__value__', 1), lambda: setattr(Simple, 'other', 1)):
    try:
        bad()
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
print(Simple | None, str | Simple, Simple | Pair[int, str])


class Holder:
    type Inner = Holder
    type Other[T] = dict[T, Inner]


print(Holder.Inner, Holder.Inner.__value__, Holder.Other.__value__)


def local():
    x = 3
    type A = x
    x = 4
    return A


print(local().__value__, local().__name__)
type type = int
print(type, type.__value__)
type = 5
type *= 2
print(type)
