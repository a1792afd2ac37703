# open() of a text file beside the program: read, lines, iteration, with, seek.
with open("_text.txt", encoding="utf-8") as file:
    print(file.name, file.mode, file.closed, file.readable(), file.writable(), file.encoding)
    print(repr(file.readline()), repr(file.read(4)), repr(file.readline()), repr(file.readline(3)))
    print(file.readlines())
    print(repr(file.read()), repr(file.readline()))
    print(file.seek(0), repr(file.read(3)))
print(file.closed)
for number, line in enumerate(open("_text.txt", encoding="utf-8"), 1):
    print(number, repr(line))
with open("_text.txt", "rb") as file:
    data = file.read()
print(len(data), data[:12], data.decode("utf-8").splitlines()[-1], type(data).__name__)
with open("_text.txt", encoding="utf-8", newline="") as file:
    print(repr(file.read())[-40:])
with open("_text.txt", encoding="utf-8") as file:
    it = iter(file)
    print(next(it), end="")
    print(sum(len(line) for line in it), next(it, "end"))
for bad in (
    lambda: file.read(), lambda: open("_no_such_file.txt"), lambda: open("_text.txt", "q"),
    lambda: open("_text.txt", "rb", encoding="utf-8"),
    lambda: open("_text.txt", encoding="utf-8").write("x"), lambda: open(),
    lambda: open("_text.txt", encoding="no-such-codec"), lambda: open("_text.txt", "rw"),
):
    try:
        bad()
    except Exception as error:
        print(
            type(error).__name__,
            error if not isinstance(error, FileNotFoundError) else error.filename,
        )
