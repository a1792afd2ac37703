# PUSH_EXC_INFO, CHECK_EXC_MATCH, CHECK_EG_MATCH, RERAISE, WITH_EXCEPT_START, BEFORE_WITH, RAISE_VARARGS.
def attempt(do):
    try:
        return do()
    except (KeyError, IndexError) as error:
        return 'lookup', error
    except ValueError:
        return 'value'
    else:
        return 'else'
    finally:
        print('finally', end=' ')


def fail(error, cause=None):
    if cause:
        raise error from cause
    raise error


print(attempt(lambda: 1))
print(attempt(lambda: {}['k']))
print(attempt(lambda: fail(ValueError)))
try:
    attempt(lambda: fail(TypeError('other')))
except TypeError as error:
    print('outer', error)


class Manager:
    def __init__(self, swallow):
        self.swallow = swallow

    def __enter__(self):
        return self

    def __exit__(self, *details):
        print('exit', details[0] and details[0].__name__)
        return self.swallow


for swallow in (True, False):
    try:
        with Manager(swallow) as m, Manager(False):
            fail(KeyError('inside'))
        print('swallowed')
    except KeyError as error:
        print('came through', error)
with Manager(False):
    pass
try:
    raise ExceptionGroup('group', [ValueError(1), TypeError(2), KeyError(3)])
except* ValueError as group:
    print('values', group.exceptions)
except* (TypeError, KeyError) as group:
    print('others', group.exceptions)
try:
    try:
        raise ExceptionGroup('rest', [ValueError(1), OSError(2)])
    except* ValueError:
        raise
except ExceptionGroup as group:
    print(group, group.exceptions)
try:
    try:
        fail(KeyError('a'), ValueError('cause'))
    except KeyError:
        raise
except KeyError as error:
    print(repr(error), repr(error.__cause__))


def in_loop():
    for i in range(3):
        try:
            if i == 1:
                continue
            if i == 2:
                return i
        finally:
            print('loop', i, end=' ')


print(in_loop())
