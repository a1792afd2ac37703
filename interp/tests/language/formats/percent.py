# % formatting: each conversion with flags and operands of other types.
def attempt(text, values):
    try:
        print(repr(text), repr(values), repr(text % values))
    except (TypeError, ValueError, OverflowError, KeyError) as error:
        print(repr(text), repr(values), type(error).__name__, error)


for flags in ('', '-8', '08', '+', ' ', '#', '.3', '8.3', '-8.3', '+08', '-+8', '*'):
    for code in 'diouxXeEfFgGcrsa%':
        for value in (42, -3.5, 'text', 2 ** 65):
            attempt(f'%{flags}{code}', (7, value) if flags == '*' else (value,))
attempt('%(name)s %(other)05d', {'name': 'n', 'other': 3})
attempt('%(name)s', {'nope': 1})
attempt('%(name)s', ('tuple',))
attempt('%s %(a)s', {'a': 1})
attempt('%s', ())
attempt('%s %s', (1,))
attempt('%s', (1, 2))
attempt('%s', {'a': 1})
attempt('%s', [1, 2])
attempt('plain', {})
attempt('plain', 1)
attempt('%', 1)
attempt('%y', 1)
attempt('%5', 1)
attempt('%(a', {'a': 1})
attempt('%*d', ('x', 1))
attempt('%.*f', (2, 3.14159))
attempt('%-*d|', (5, 1))
attempt('%-*d|', (-5, 1))
attempt('%c%c', (65, 'B'))
attempt('%c', 'AB')
attempt('%c', -1)
attempt('%c', 0x110000)
attempt('%ld %hd', (1, 2))
attempt('%(a)s%%%(a)r', {'a': 'x'})
attempt('%((a))s', {'(a)': 1})
attempt(b'%s %a %d %x %c %b', (b'x', 'é', 3, 255, 65, b'z'))
attempt(b'%s', ('text',))
attempt(b'%(k)s', {b'k': b'v'})
attempt(b'%d', ('x',))
attempt(b'%.2f|%5d|%-5s|', (1.5, 3, b'a'))
