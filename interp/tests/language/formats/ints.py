# format() of ints with many specifications.
specs = ['', 'd', 'n', 'b', 'o', 'x', 'X', 'c', '#b', '#o', '#x', '#X', '5', '<5', '>5', '^5', '=5', '*^9', '+', '-', ' ',
         '+d', ' d', '05', '+05', '#010x', '#010b', ',', '_', ',d', '_d', '_b', '_x', '#_x', '010,', '+,', '1_000', 'e',
         '.2e', 'f', '.0f', 'g', '%', '.1%', 'G', 'E', 's', 'z', 'zd', '.3', '.3d', ',b', ',x', '=', '<', '0<5', '0>5',
         '0=5', 'é^7', '5c', '>5c', '+c', '#c', ',c', '_c', '0', '00', '100', '_,', ',_', 'k', '5.2', '1' + '0' * 3]
for number in (0, 1, -1, 42, -255, 65, 1234567, -1234567, 2 ** 70, True):
    for spec in specs:
        try:
            text = format(number, spec)
            print(number, repr(spec), repr(text) if len(text) < 60 else len(text))
        except (ValueError, OverflowError) as error:
            print(number, repr(spec), type(error).__name__, error)
