# format() of floats and complex numbers with many specifications.
specs = ['', 'e', 'E', 'f', 'F', 'g', 'G', 'n', '%', '.0', '.1', '.3', '.0f', '.1f', '.3f', '.10f', '.0e', '.3e', '.3g',
         '#.3g', '#.0f', '#.0e', '10', '<10', '^10.2', '=+10', '010', '+', ' ', '-', ',', '_', ',.2f', '_.3f', '020,.2f',
         '+.1%', 'z', 'z.1f', 'z.0f', '-z.1f', '*>12.3e', 'd', 'x', 's', 'c', '.', '.-1', '=', '#', '#g', 'r']
for number in (0.0, -0.0, 1.0, -1.5, 0.1, 123456.789, 1e16, 1e-5, -0.04, 2.5, 3.5, 1e100, float('inf'), -float('inf'),
               float('nan'), 5e-324, 999999.5):
    for spec in specs:
        try:
            print(number, repr(spec), repr(format(number, spec)))
        except ValueError as error:
            print(number, repr(spec), error)
for number in (0j, 1 + 2j, -1.5 - 0.25j, complex('inf'), complex(0, float('nan')), complex(-0.0, -0.0), 1e20 + 1e-7j):
    for spec in ('', 'f', '.2f', 'e', 'g', '.3', '20', '<20', '^30.1f', '+', ' ', ',', '_.1f', '=10', '010', '%', 'd', 'z',
                 '#.3g', '*>25'):
        try:
            print(number, repr(spec), repr(format(number, spec)))
        except ValueError as error:
            print(number, repr(spec), error)
