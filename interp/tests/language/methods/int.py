# Every method of int and bool.
from _matrix import matrix

arguments = [(), (0,), (3,), (-2,), (2.5,), ('a',), (None,), (2 ** 70,), (1, 'big'), (2, 'little'), (20, 'big'), (3, 7), (3, 0), (True,), (1j,), (5, None), (-1, 7), ('d',), ('>10,',)]
matrix(lambda: [0, 7, -300, 2 ** 66], arguments, ('from_bytes', '__pow__', '__rpow__', '__lshift__', '__rlshift__'))
matrix(lambda: [True, False], arguments, ('from_bytes',))
for number in (0, 7, -3):
    for args in ((0,), (3,), (-2,), (3, 7), (3, 0), (-1, 7), (-1, 6), (2.0,), (2, 2.0), ('a',), (3, -7)):
        for name in ('__pow__', '__rpow__', '__lshift__', '__rlshift__'):
            try: print(number, name, args, getattr(number, name)(*args))
            except Exception as error: print(number, name, args, type(error).__name__, error)
for args in ((b'\1\2',), (b'\1\2', 'big'), (b'\xff', 'little'), ([1, 2], 'big'), ('a', 'big'), (b'', 'big'), (b'\1', 'middle'), (5, 'big'), (b'\1', 1), ([256],), (bytearray(b'\1'),)):
    try: print(args, int.from_bytes(*args), int.from_bytes(*args, signed=True))
    except Exception as error: print(args, type(error).__name__, error)
for number, kw in ((255, {}), (256, {}), (-1, {}), (-1, {'signed': True}), (128, {'signed': True}), (300, {'length': 2, 'byteorder': 'little'}), (0, {'length': 0}), (1, {'length': 0}), (1, {'length': -1})):
    try: print(number, kw, number.to_bytes(**kw))
    except Exception as error: print(number, kw, type(error).__name__, error)
