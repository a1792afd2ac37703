# -, +, ~, not, abs, bool, len, iter, hash and conversions on operands of all types.
from _operands import operands, show

checks = {'-': lambda a: -a, '+': lambda a: +a, '~': lambda a: ~a if a is not True else 'deprecated', 'not': lambda a: not a, 'abs': abs,
          'len': len, 'int': int, 'float': float, 'complex': complex, 'round': round, 'bytes': lambda a: bytes(a)
          if not isinstance(a, int) else None, 'list': lambda a: sorted(list(a)), 'index': lambda a: [0, 1, 2, 3][a],
          'reversed': lambda a: list(reversed(a)), 'iter': lambda a: type(iter(a)).__name__, 'next': next,
          'call': lambda a: a(), 'chr': lambda a: chr(a), 'sum': sum, 'min': min, 'divmod': lambda a: divmod(a, 2)}
for name, check in checks.items():
    for i in range(len(operands())):
        value = operands()[i]
        try:
            print(name, show(value), show(check(value)))
        except Exception as error:
            print(name, show(value), f'{type(error).__name__}: {error}')
