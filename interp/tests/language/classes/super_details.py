# super() in unusual places: class methods, static lookup, closures, explicit forms.
class A:
    @classmethod
    def make(cls, n):
        return (cls.__name__, n)

    @property
    def p(self):
        return "A.p"

    @staticmethod
    def s():
        return "A.s"

    def __repr__(self):
        return f"<{type(self).__name__}>"


class B(A):
    @classmethod
    def make(cls, n):
        return super().make(n + 1)

    @property
    def p(self):
        return "B." + super().p

    @staticmethod
    def s():
        return "B." + super(B, B).s()

    def nested(self):
        def inner():
            return super(B, self).p

        return inner(), [super(B, self).p for _ in range(1)], (lambda: super(B, self).s())()

    def with_class(self):
        return __class__.__name__, repr(super())

    def rebind(self):
        self = B()
        return super().p


b = B()
print(B.make(1), b.make(2), b.p, B.s(), b.nested(), b.with_class(), b.rebind())
print(super(B, b).p, super(B, b).__thisclass__, super(B, b).__self__, repr(super(B)))


def outside():
    return super().p


for attempt in (
    outside, lambda: super(B, 5).p, lambda: super(B, A()), lambda: super(B, b).nothing,
    lambda: super(5, 5),
):
    try:
        attempt()
    except (RuntimeError, TypeError, AttributeError) as error:
        print(type(error).__name__, error)


class SetThroughSuper(A):
    def __setattr__(self, name, value):
        super().__setattr__(name, value * 2)


s = SetThroughSuper()
s.v = 21
print(s.v)
