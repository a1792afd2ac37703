# Deeply nested blocks, calls, displays and parentheses.
def nested(n):
    result = []
    for a in range(2):
        for b in range(2):
            for c in range(2):
                for d in range(2):
                    if a:
                        while True:
                            try:
                                with_value = [a, b, c, d]
                                if b:
                                    if c:
                                        result.append(with_value)
                                        break
                                    else:
                                        raise ValueError
                                break
                            except ValueError:
                                result.append("raised")
                                break
                            finally:
                                n += 1
    return result, n


print(nested(0))
print(eval("(" * 100 + "1" + ")" * 100), eval("-" * 99 + "1"), eval("1" + "+1" * 900))
print(abs(abs(abs(abs(abs(-5))))), [[[[[[1]]]]]][0][0][0][0][0][0], {1: {2: {3: {4: 5}}}}[1][2][3][4], ((((1,),),),), f"{f'{f'{f'{1}'}'}'}")
x = [[[0] * 2 for _ in range(2)] for _ in range(2)]
x[1][0][1] = 5
print(x, (lambda a: (lambda b: (lambda c: a + b + c)(3))(2))(1))
