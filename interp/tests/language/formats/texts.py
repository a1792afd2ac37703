# format() of strings, bytes, None, containers, objects; __format__ of classes; nested fields.
specs = ['', 's', '5', '<5', '>5', '^5', '^6', '=5', '05', '.2', '.0', '10.3', '*^10.3s', 'd', ',', '_', '+', '-', ' ', '#',
         'z', 'x', '.', '5.', '<', 'é>6', '}>6', 'r']
for text in ('', 'a', 'abcdef', 'éü\U0001f600'):
    for spec in specs:
        try:
            print(repr(text), repr(spec), repr(format(text, spec)))
        except ValueError as error:
            print(repr(text), repr(spec), error)


class Custom:
    def __format__(self, spec):
        return f'<{spec}>'


class Wrong:
    def __format__(self, spec):
        return 3


class Sub(str):
    pass


class Plain:
    def __str__(self):
        return 'plain'


for value in (None, [], (), {}, b'', object, 1 == 1, Custom(), Plain(), Sub('sub'), range(2), Wrong()):
    for spec in ('', '5', 's', 'd'):
        try:
            print(type(value).__name__, repr(spec), repr(format(value, spec)))
        except (TypeError, ValueError) as error:
            print(type(value).__name__, repr(spec), type(error).__name__, error)
width, precision, fill = 10, 3, '*'
print(f'{"text":{fill}^{width}}|{3.14159:{width}.{precision}}|{"abc"!r:>{width}}|{5:{"0"}{width}b}')
print(f'{Custom():{width}%Y-{precision}}', f'{Custom()!s:.3}'[:3], f'{Plain()!s:>8}', f'{Plain()!r:.1}')
print('{0:{1}} {0!r:>{1}} {a[k]} {a[0]} {b.real} {}'.format.__name__)
print('{0:{1}}|{0!r:>{1}}|{a[k]}|{b.real}|{2[1]}'.format('x', 4, [5, 6], a={'k': 1}, b=2))
for bad in ('{', '}', '{0', '{}{0}', '{0}{}', '{a.}', '{a[}', '{!x}', '{0!}', '{0!rr}', '{:{:{}}}', '{a[]}', '{0.}', '{0[}',
            '{ 0}', '{5}', '{missing}', '{0.nope}', '{0[9]}'):
    try:
        print(bad, bad.format('v', a=[1]))
    except (ValueError, IndexError, KeyError, AttributeError, TypeError) as error:
        print(bad, type(error).__name__, error)
