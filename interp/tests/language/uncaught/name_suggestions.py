import sys


def show(function):
    try:
        function()
    except Exception:
        sys.excepthook(*sys.exc_info())


counter = 1
Value = 2


class A:
    attribute = 1

    def method(self):
        return attribute

    def method2(self):
        return methud()

    def class_level(cls):
        return attribute


def local():
    local_name = 1
    return local_nme


def free():
    outer_name = 1

    def inner():
        outer_name
        return outer_nam

    return inner()


def unbound():
    print(later)
    later = 1


def deleted():
    gone = 1
    del gone
    return gone


show(lambda: conter)
show(lambda: COUNTER)
show(lambda: value)
show(lambda: prnt)
show(lambda: Tru)
show(lambda: lenn)
show(lambda: x)
show(lambda: abcdefghij)
show(lambda: a)
show(lambda: ValueErorr)
show(lambda: A().method())
show(lambda: A().method2())
show(local)
show(free)
show(unbound)
show(deleted)
show(lambda: math)
show(lambda: itertols)
show(lambda: os.path)
show(lambda: "counter" + countr)
show(lambda: [countre for x in (1,)])
show(lambda: __nam__)
show(lambda: c_o_u_n_t_e_r)
counterr
