"""Operands of every type that takes a path of its own, and what the matrix tests print of them."""


class Left:
    """Defines the operators, and reflects them."""

    def __repr__(self): return 'Left()'


class Reflected:
    def __repr__(self): return 'Reflected()'


class Refuses:
    def __repr__(self): return 'Refuses()'


class SubInt(int):
    def __repr__(self): return f'SubInt({int(self)})'


def _define(symbol, name):
    def plain(self, other): return f'{self!r} {symbol} {other!r}'
    def reflected(self, other): return f'{other!r} {symbol} {self!r} reflected'
    def refuse(self, other): return NotImplemented
    def in_place(self, other): return f'{self!r} {symbol}= {other!r}'
    setattr(Left, f'__{name}__', plain)
    setattr(Left, f'__i{name}__', in_place)
    setattr(Reflected, f'__r{name}__', reflected)
    setattr(SubInt, f'__r{name}__', reflected)
    setattr(Refuses, f'__{name}__', refuse)
    setattr(Refuses, f'__r{name}__', refuse)
    setattr(Refuses, f'__i{name}__', refuse)


for _symbol, _name in {'+': 'add', '-': 'sub', '*': 'mul', '@': 'matmul', '/': 'truediv', '//': 'floordiv',
                       '%': 'mod', '**': 'pow', '<<': 'lshift', '>>': 'rshift', '&': 'and', '|': 'or',
                       '^': 'xor', 'divmod': 'divmod'}.items():
    _define(_symbol, _name)


def operands():
    """Fresh ones each time: in-place operators change them."""
    return [0, 3, -7, 2 ** 70, True, 2.5, -0.0, 1 + 2j, 'ab', b'ab', bytearray(b'cd'), [1], (2,), {3},
            frozenset({3, 4}), {'k': 1}, None, Left(), Reflected(), Refuses(), SubInt(5)]


def show(value):
    if isinstance(value, (set, frozenset)) and not isinstance(value, type):
        return f'{type(value).__name__}({sorted(value)})'
    return repr(value)


def too_large(left, right):
    """Would this pair make a number or a sequence of astronomic size?"""
    return isinstance(right, int) and abs(right) > 2 ** 60 or isinstance(left, int) and abs(left) > 2 ** 60


def shown_error(error):
    """Errors of the C library have other numbers elsewhere."""
    if error.args and isinstance(error.args[0], int):
        return type(error).__name__
    return f'{type(error).__name__}: {error}'


def is_usual(error, left, right):
    """The message that most pairs have: those are listed by type only."""
    types = f"'{type(left).__name__}' and '{type(right).__name__}'"
    return isinstance(error, TypeError) and str(error).endswith(types) and (
        str(error).startswith('unsupported operand type(s) for ') or ' not supported between ' in str(error))


def matrix(operate, skip=lambda left, right: False):
    for i in range(len(operands())):
        refused, message = [], None
        for k in range(len(operands())):
            left, right = operands()[i], operands()[k]
            if skip(left, right):
                continue
            shown = f'{show(left)}, {show(right)}'
            try:
                print(f'{shown}: {show(operate(left, right))}')
            except Exception as error:
                if is_usual(error, left, right):
                    refused.append(type(right).__name__)
                    message = str(error)
                else:
                    print(f'{shown}: {shown_error(error)}')
        if refused:
            print(f'{show(operands()[i])} refuses', *refused)
            print('   ', message)
