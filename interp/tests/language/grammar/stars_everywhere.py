# Starred expressions in return, yield, subscripts, for, assignment and calls.
def returns(a):
    return *a, "end"


def yields(a):
    yield *a, 1
    x = yield
    yield x, *a


class Show:
    def __getitem__(self, key):
        return key


print(returns("ab"), list(yields([5])), Show()[*[1, 2]], Show()[*"ab", 3:4], Show()[*()])
for x in *[1, 2], *"c":
    print(x, end=" ")
print()
t = *range(3), *[9]
[*u] = "xyz"
v, = [7]
(w), *_ = 1, 2, 3
print(t, u, v, w, _)
print(*[1], *"ab", *{3: 4}, sep="|")
print([*[], *[[]]], {*"a", *"a"}, {**{}, "k": 1, **{"k": 2}}, (*[],), [*(1, 2), *(x for x in (3,))])
b = []
a, *b[:], c = 1, 2, 3, 4
print(a, b, c)


def f(a, *b, c=1, **d):
    return a, b, c, d


print(
    f(*[1], 2, *[3], c=4, **{"x": 5}, **{"y": 6}), f(*(i for i in range(2))), f(a=1, **{"b": 2}),
    f(**{"a": 0}, z=1),
)
