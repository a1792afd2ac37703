# Exceptions through many frames, loops and handlers keep the program state right.
def dig(n, log):
    try:
        if n == 0:
            raise ValueError("bottom")
        dig(n - 1, log)
    except KeyError:
        log.append("wrong")
    except ValueError:
        if n % 7 == 3:
            log.append(n)
            raise KeyError(n)
        raise
    finally:
        log.append(-n)


log = []
try:
    dig(10, log)
except Exception as error:
    print(type(error).__name__, error)
print(log)
count = 0
for i in range(1000):
    try:
        try:
            if i % 3 == 0:
                raise ValueError(i)
            if i % 5 == 0:
                raise KeyError(i)
            count += 1
        except ValueError:
            count += 10
            if i % 2:
                raise IndexError
        finally:
            count += 100
    except LookupError:
        count += 1000
print(count)


def values(n):
    a, b, c = 1, [2], {"k": 3}
    for i in range(n):
        try:
            x = a + (b[i] if i < 1 else c["missing"])
        except KeyError as error:
            x = (error.args, a, b, c)
    return x


print(values(1), values(2))
