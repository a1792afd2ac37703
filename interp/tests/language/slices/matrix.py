# Slices of every sequence type with every kind of bound and step; assignment and deletion.
bounds = [None, 0, 1, -1, 2, -3, 10, -10]
steps = [None, 1, 2, -1, -2, 10, -10]
sequences = ['abcde', b'abcde', bytearray(b'abcde'), [0, 1, 2, 3, 4], (0, 1, 2, 3, 4), range(5)]
for seq in sequences:
    seen = []
    for a in bounds:
        for b in bounds:
            for s in steps:
                part = seq[a:b:s]
                seen.append(''.join(str(list(seq).index(x)) for x in part) if not isinstance(part, str) else part)
    print(type(seq).__name__, type(seq[1:3]).__name__, ' '.join(seen))
print('abc'[1:], 'abc'[:-1], [1, 2][5:], (1, 2)[:], b'ab'[::-1], range(10)[2:8:3], range(10)[::-1][1:3])
for a in bounds[:4]:
    for b in bounds[2:6]:
        for s in steps:
            for new in ([], ["x", "y"]):
                l = list(range(5))
                try:
                    l[a:b:s] = new
                    print(a, b, s, new, l)
                except ValueError as e:
                    print(a, b, s, new, e)
            l = list(range(5))
            del l[a:b:s]
            print('del', a, b, s, l)
