# An annotated tuple target.
a, b: int = 1, 2
