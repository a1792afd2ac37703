import sys

from _drive import attempt


async def work():
    pass


def make():
    return work()


def show(c):
    print(c.cr_origin and [(line, name) for _, line, name in c.cr_origin])
    c.close()


print(sys.get_coroutine_origin_tracking_depth())
show(make())
sys.set_coroutine_origin_tracking_depth(1)
show(make())
sys.set_coroutine_origin_tracking_depth(2)
show(make())
print(sys.get_coroutine_origin_tracking_depth())
attempt(sys.set_coroutine_origin_tracking_depth, -1)
attempt(sys.set_coroutine_origin_tracking_depth, "x")
sys.set_coroutine_origin_tracking_depth(depth=0)
show(make())
