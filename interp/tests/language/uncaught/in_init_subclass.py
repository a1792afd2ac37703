class A:
    def __init_subclass__(cls, **options):
        raise ValueError(options)


class B(A, option=1):
    pass
