def decorator(*arguments):
    return lambda function: function


@decorator(
    1,
    undefined,
)
class A:
    pass
