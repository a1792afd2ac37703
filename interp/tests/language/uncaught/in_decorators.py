def plain(function):
    return function


def failing(function):
    raise ValueError(function.__name__)


@plain
@failing
@plain
def decorated():
    pass
