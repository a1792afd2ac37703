class Point:
    __match_args__ = ("x",)


def f(value):
    match value:
        case Point(1, 2):
            pass


f(Point())
