# class C[T]: bases, parameters, subscription.
from _typing import Generic


class One[T]:
    pass


class Two[K, V](dict):
    pass


class Derived[T](One[T]):
    pass


class Closed(One[int]):
    pass


print(One.__bases__, One.__mro__)
print(One.__type_params__, One.__parameters__)
print(Two.__bases__, Two.__type_params__)
print(Derived.__orig_bases__, Derived.__bases__, Derived.__parameters__)
print(Closed.__orig_bases__, Closed.__parameters__, Closed.__type_params__)
print(One[int], One[str][()] if False else One[list[int]])
print(One[int].__origin__ is One, One[int].__args__)
print(Two[int, str], Two[int, str].__args__)
print(One[int] == One[int], One[int] == One[str], hash(One[int]) == hash(One[int]))
print(One[int]().__orig_class__)
print(Two[int, str](a=1))
T = One.__type_params__[0]
print(One[T], One[T].__parameters__, One[T][int], One[dict[str, T]][bytes])
print(isinstance(One(), Generic), issubclass(Derived, Generic))
for bad in (lambda: One[int, str], lambda: One[()], lambda: Closed[int], lambda: Two[int],
            lambda: isinstance(1, One[int]), lambda: issubclass(int, One[int])):
    try:
        bad()
    except TypeError as error:
        print(error)
