# Format specifications of str.
for spec in (
    "", "s", "5", "<5", ">5", "^5", "^6", "*^7", ".2", "5.2", ">5.1s", "é<4", "010",
    "{}<5".replace("{}", "{"),
):
    print(repr(spec), "|" + format("abc", spec) + "|", "|" + format("日本", spec) + "|")
print(
    format("x"), format(None), format([1]), format(True), format(True, "d"), format(True, "5"),
    format((1, 2), ""),
)
for bad in (([], "5"), (None, "s"), ({}, ">3"), (object, "d"), ("a", 5)):
    try:
        format(*bad)
    except TypeError as error:
        print(error)
