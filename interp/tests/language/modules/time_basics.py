# time: clocks advance and have the right types.
import time

a = time.perf_counter()
b = time.monotonic()
c = time.time()
time.sleep(0.002)
print(
    time.perf_counter() > a, time.monotonic() >= b, time.time() > 1.6e9, type(c).__name__,
    type(time.time_ns()).__name__, time.perf_counter() - a >= 0.001,
)
print(
    time.process_time() >= 0, time.perf_counter_ns() > 0, time.monotonic_ns() > 0,
    abs(time.time() - time.time_ns() / 1e9) < 5,
)
try:
    time.sleep(-1)
except ValueError as error:
    print(error)
try:
    time.sleep("a")
except TypeError as error:
    print(error)
