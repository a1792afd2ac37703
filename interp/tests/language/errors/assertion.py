# assert with a message that is not a string.
values = [3, 1, 2]
assert values == sorted(values), {"values": values}
