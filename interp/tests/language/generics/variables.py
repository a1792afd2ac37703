# TypeVar, ParamSpec and TypeVarTuple made by calls: module, variance, errors.
from _typing import ParamSpec, ParamSpecArgs, ParamSpecKwargs, TypeAliasType, TypeVar, TypeVarTuple


def attempt(make):
    try:
        print(make())
    except (TypeError, ValueError, AttributeError) as error:
        print(type(error).__name__, error)


print(TypeVar('T'), TypeVar('T', covariant=True), TypeVar('T', contravariant=True),
      TypeVar('T', infer_variance=True))
T = TypeVar('T', bound=int)
print(T.__name__, T.__bound__, T.__constraints__, T.__module__)
print(T.__covariant__, T.__contravariant__, T.__infer_variance__)
print(TypeVar('T', int, str).__constraints__, TypeVar('T', bound=None).__bound__, TypeVar(name='N'))
P = ParamSpec('P', bound=list, covariant=True)
print(P, P.__bound__, P.__covariant__, P.args, P.kwargs, P.__module__)
Ts = TypeVarTuple('Ts')
print(Ts, Ts.__name__, Ts.__module__, list(Ts))
print(P.args == P.args, P.args == P.kwargs, P.args is P.args, P.args != ParamSpec('P').args)
print(ParamSpecArgs(P), ParamSpecKwargs(P), ParamSpecArgs(3), ParamSpecArgs(P) == P.args)
A = TypeAliasType('A', list[T], type_params=(T,))
print(A, A.__value__, A.__type_params__, A.__module__, A[int])
T.note = 'kept'
print(T.note, T)
attempt(lambda: TypeVar())
attempt(lambda: TypeVar(3))
attempt(lambda: TypeVar('T', int))
attempt(lambda: TypeVar('T', int, str, bound=int))
attempt(lambda: TypeVar('T', covariant=True, contravariant=True))
attempt(lambda: TypeVar('T', covariant=True, infer_variance=True))
attempt(lambda: TypeVar('T', unknown=1))
attempt(lambda: ParamSpec(3))
attempt(lambda: ParamSpec())
attempt(lambda: ParamSpec('P', covariant=True, contravariant=True))
attempt(lambda: TypeVarTuple(3))
attempt(lambda: TypeVarTuple('Ts', 1))
attempt(lambda: TypeAliasType('A'))
attempt(lambda: TypeAliasType(3, int))
attempt(lambda: TypeAliasType('A', int, type_params=[T]))
attempt(lambda: TypeAliasType('A', int, (T,)))
attempt(lambda: setattr(T, '__name__', 'U'))
attempt(lambda: setattr(T, '__bound__', 'U'))
attempt(lambda: T.__dict__)
attempt(lambda: T())
attempt(lambda: hash(P.args))
attempt(lambda: Ts | int)
for base in (T, P, Ts, P.args, P.kwargs, TypeVar, ParamSpec, TypeVarTuple, TypeAliasType):
    attempt(lambda: type('Sub', (), {}) and eval('__build_class__(lambda: None, "Sub", base)',
                                                 {'base': base}))
for value in (T, P, Ts, A):
    print(value.__reduce__())
