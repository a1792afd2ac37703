def f(
    a: int,
    b: Undefined = 1,
):
    pass
