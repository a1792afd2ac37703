from _tracer import trace


def for_one_line():
    for i in range(2): pass
    while i < 3: i += 1
    return i


def for_loop():
    for i in range(2):
        pass
    else:
        i = 5
    return i


def while_loop(n):
    while n:
        n -= 1
        if n == 1:
            continue
        n = n
    return n


def while_true():
    i = 0
    while True:
        i += 1
        if i > 2:
            break
    return i


def comprehension():
    a = [j for j in range(2)]
    b = [
        j
        for j in a
        if j
    ]
    c = {k: v for k, v in zip(a, b)}
    return c


def generator_expression():
    return sum(
        i
        for i in range(3)
    )


def nested():
    for a in (1, 2):
        for b in (a, a):
            x = (a, b)
    return x


def unpacking():
    for a, (b, c) in [(1, (2, 3))]:
        x = a
    return x


def with_finally():
    for i in range(2):
        try:
            if i:
                break
            continue
        finally:
            x = i
    return x


trace(for_one_line)
trace(for_loop)
trace(while_loop, 3)
trace(while_true)
trace(comprehension)
trace(generator_expression)
trace(nested)
trace(unpacking)
trace(with_finally)
