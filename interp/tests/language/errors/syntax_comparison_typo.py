# An operator that does not exist.
x = 1 <> 2
