# Type variables in aliases: __parameters__ and what subscription puts in their place.
from _typing import ParamSpec, TypeVar, TypeVarTuple

T, U, Ts, P = TypeVar('T'), TypeVar('U'), TypeVarTuple('Ts'), ParamSpec('P')


def attempt(make):
    try:
        print(make())
    except TypeError as error:
        print('TypeError', error)


print(dict[T, U].__parameters__, dict[T, T].__parameters__, list[int].__parameters__)
print(dict[T, U][int, str], dict[T, T][int], dict[int, T][str], list[dict[U, T]][int, str])
print(tuple[T, ...][int], (list[T] | None)[int], (list[T] | dict[U, T])[int, str])
print(tuple[*Ts][int, str], tuple[*Ts][()], tuple[int, *Ts, T].__parameters__)
print(tuple[int, *Ts, T][str, bytes, float], tuple[*Ts, T][int])
print(tuple[*tuple[int, ...]], tuple[*tuple[int, str]], list[T][tuple[T, U]])
print(list(tuple[int])[0], tuple[*Ts][*tuple[int, str]], tuple[T, *Ts][*tuple[int, ...]])
print(list[T][U], list[T][list[T]], dict[T, list[U]][U, T])
attempt(lambda: list[int][str])
attempt(lambda: list[T][int, str])
attempt(lambda: dict[T, U][int])
attempt(lambda: tuple[T, *Ts][()])
attempt(lambda: list[T][(int, str),])


class Callee[T, **P]:
    pass


class Only[**P]:
    pass


class Spread[*Ts]:
    pass


print(Callee[int, [str, bytes]], Callee[int, ...], Callee[int, P])
print(Only[int, str], Only[[int, str]], Only[...], Only[P])
print(Spread[int, str], Spread[()], Spread[*tuple[int, str]], Spread[*Ts])
print(Callee[T, P].__parameters__, Callee[T, P][int, [str]])
attempt(lambda: Callee[int, str])
attempt(lambda: Callee[int])
attempt(lambda: Only[()])
