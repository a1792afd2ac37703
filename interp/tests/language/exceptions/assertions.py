# assert with and without messages.
assert True
assert (1, "message")[0], "not used"
for attempt in (lambda: check(0), lambda: check(0, "text"), lambda: check([], ("tuple", 1))):
    def check(value, *message):
        if message:
            assert value, message[0]
        else:
            assert value

    try:
        attempt()
    except AssertionError as error:
        print(repr(error), error.args)


def noisy():
    print("message evaluated")
    return "m"


assert 1, noisy()
try:
    assert 0, noisy()
except AssertionError as error:
    print(error)
print(__debug__)
