# Positions in expressions over several lines.
def compute(a, b, c):
    return (
        a
        + b
        * c["key"]
        - 1
    )


compute(1, 2, {})
