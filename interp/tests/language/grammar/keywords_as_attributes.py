# Soft keywords are ordinary names; attributes and keyword arguments may look odd.
match = 1
case = 2
type = 3
_ = 4
print(match, case, type, _, match + case * type)


def f(match, case=0, **kw):
    return match, case, kw


print(f(match=1, case=2, type=3, _=4))


class C:
    match = "m"
    type = "t"

    def case(self, type):
        return self.match + type


print(C().case(type=C.type), C.match[0], [match for match in (1, 2)])
match = [10, 20]
print(match[1], match [0], -match[0], (match), match.index(20))
match.append(30)
type = lambda x: x
print(type (5), match)
print(print.__name__, (lambda self: self)(1), __name__)
async_name, await_ = 1, 2
print(async_name + await_)
