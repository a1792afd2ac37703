# Each kind of division by zero has a message of its own.
for attempt in (
    lambda: 1 / 0, lambda: 1 // 0, lambda: 1 % 0, lambda: divmod(1, 0), lambda: 1.0 / 0,
    lambda: 1.0 // 0, lambda: 1.0 % 0, lambda: divmod(1.0, 0), lambda: 2 ** 80 // 0,
    lambda: 2 ** 80 / 0, lambda: 2 ** 80 % 0,
):
    try:
        attempt()
    except ZeroDivisionError as error:
        print(error)
print(
    10 ** 30 / 10 ** 28, 10 ** 400 / 10 ** 399, 1 / 3, (2 ** 53 + 1) / 1, (10 ** 17 + 1) / 10 ** 17,
)
try:
    10 ** 400 / 3
except OverflowError as error:
    print(error)
try:
    float(10 ** 400)
except OverflowError as error:
    print(error)
