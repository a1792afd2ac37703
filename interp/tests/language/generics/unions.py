# int | str: members, equality, checks, subscription, errors.
from _typing import TypeVar

T, U = TypeVar('T'), TypeVar('U')


def attempt(text):
    try:
        print(text, '->', eval(text))
    except Exception as error:
        print(text, '->', type(error).__name__, error)


class Meta(type):
    def __or__(cls, other):
        return 'meta or'


class M(metaclass=Meta):
    pass


class Generic[V]:
    pass


for text in ('int | str', 'int | None', 'None | int', 'None | None', 'int | int', 'int | str | int', 'int | (str | int)', '(int | str) | (str | float)', 'list[int] | dict[str, int]',
             'list[int] | list[int]', 'int | list', '(int | str).__args__', '(int | None).__args__', '(list[T] | int).__parameters__', 'int | str == str | int', 'int | str != int | float',
             'hash(int | str) == hash(str | int)', 'int | "s"', '"s" | int', 'int | 5', '5 | int', 'int | []', 'type | None', 'object | int', 'M | int', 'int | M', 'bool | int',
             'isinstance(1, int | str)', 'isinstance(1.5, int | str)', 'isinstance(None, int | None)', 'isinstance(1, int | list[int])', 'isinstance("a", int | list[int])',
             'isinstance(1, (str, int | float))', 'issubclass(bool, int | str)', 'issubclass(float, int | str)', 'issubclass(type(None), int | None)', 'issubclass(5, int | str)',
             'issubclass(int, int | list[int])', '(int | str)()', '(int | str)[int]', '(list[T] | int)[str]', '(T | int).__args__[1]', '(list[T] | U).__parameters__', '(list[T] | dict[T, U])[int, str]',
             '(list[T] | dict[T, U])[int]', 'type(int | str)', 'type(int | str)()', 'type("X", (int | str,), {})', 'repr(int | None)', 'str(list | Generic)', 'Generic[int] | None if False else 1',
             '(int | str).__or__(float)', '(int | str) | 5', '5 | (int | str)', '(int | str).x', 'setattr(int | str, "x", 1)', 'int | (lambda: 0)', 'int.__or__(int, str)', 'type.__or__(int, 5)',
             'type.__ror__(int, str)', '[int | str, None | str][1]', '{int | str: 1}[str | int]', '(int | str) < (int | float)', 'bool(int | str)', 'len(int | str)', 'list(int | str)'):
    attempt(text)
