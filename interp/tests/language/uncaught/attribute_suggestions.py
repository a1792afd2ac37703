import sys


def show(function):
    try:
        function()
    except Exception:
        sys.excepthook(*sys.exc_info())


class A:
    colour = 1
    _private = 2

    def __init__(self):
        self.instance_value = 3

    def method(self):
        pass


class Slotted:
    __slots__ = ("first_slot", "second_slot")


class WithGetattr:
    existing = 1

    def __getattr__(self, name):
        raise AttributeError(name)


class BadDir:
    something = 1

    def __dir__(self):
        raise ValueError


class StrangeDir:
    def __dir__(self):
        return ["near", 5, None]


class ManyNames:
    pass


for i in range(800):
    setattr(ManyNames, f"name{i}", i)

show(lambda: A.color)
show(lambda: A().colou)
show(lambda: A().instance_valu)
show(lambda: A().methdo)
show(lambda: A()._privat)
show(lambda: A().private)
show(lambda: A().COLOUR)
show(lambda: A().xyz)
show(lambda: Slotted().first_slot)
show(lambda: Slotted().frist_slot)
show(lambda: WithGetattr().existin)
show(lambda: BadDir().somethin)
show(lambda: StrangeDir().nea)
show(lambda: ManyNames().nam1)
show(lambda: [].appendd)
show(lambda: "".joim)
show(lambda: {}.itmes())
show(lambda: (1).real_part)
show(lambda: None.foo)
show(lambda: sys.argvv)
show(lambda: sys.exitt())
show(lambda: int.from_byte)
show(lambda: getattr(A(), "colur"))
show(lambda: setattr(Slotted(), "third_slot", 1))
show(lambda: A().method.__nam__)
show(lambda: (lambda: 1).__cod__)
error = AttributeError("by hand", name="colou", obj=A())
show(lambda: (_ for _ in ()).throw(error))
error = AttributeError("no details")
show(lambda: (_ for _ in ()).throw(error))
error = NameError("by hand", name="errro")
show(lambda: (_ for _ in ()).throw(error))
A().methods
