# Malformed data end in an exception, with CPython's words.
import marshal

rows = [
    b"", b"i", b"i\0", b"z", b"z\5abc", b"l", b"l\1\0\0\0", b"l\1\0\0\0\0\0", b"l\1\0\0\0\xff\xff", b"l\0\0\0\x80",
    b"l\2\0\0\0\1\0\0\0", b"l\1\0\0\0\0\x80", b"l\0\0\0\0", b"l\xfe\xff\xff\xff\1\0\2\0", b"g", b"gabc", b"f\3abc",
    b"f\0", b"f\x031.5", b"f\x031_5", b"x\x031.5\x0222", b"x\x031.5", b"y", b"y\0\0\0\0\0\0\0\0", b"s\xff\xff\xff\xff",
    b"s\0\0\0\x7f", b"s\3\0\0\0abcd", b"a\xff\xff\xff\xff", b"a\2\0\0\0\xff\xfe", b"z\2\xff\xfe", b"u\2\0\0\0\xff\xfe",
    b"u\xff\xff\xff\xff", b"t\3\0\0\0abc", b"A\3\0\0\0abc", b"Z\3abc", b"(\xff\xff\xff\xff", b"(\2\0\0\0N", b"(\2\0\0\0N0",
    b")\2N0", b")", b")\3NN", b"[\1\0\0\x000", b"[\xff\xff\xff\xff", b"[\2\0\0\0N", b"<\1\0\0\x000", b"<\1\0\0\0[\0\0\0\0",
    b"<\xff\xff\xff\xff", b">\2\0\0\0NN", b"{NN", b"{N", b"{0", b"{N0", b"{0N", b"{[\0\0\0\x000N0", b"{NNTT0", b"0",
    b"r\0\0\0\0", b"r\xff\xff\xff\xff", b"r", b"\xfb\xe9\1\0\0\0r\0\0\0\x000", b"\xdb\1\0\0\0r\0\0\0\0", b"\xa9\1r\0\0\0\0", b"?", b"Q",
    b"\0", b"I\1\0\0\0\0\0\0\x80", b"I\1", b"S", b".", b"c", b"c" + b"\0" * 20, b"c" + b"\0" * 20 + b"N",
    b"<\3\0\0\0NN", b">\0\0\0\0", b"NNN", b"\xce", b"\xe9\1\0\0\0", b"\xa9\2\xe9\1\0\0\0r\1\0\0\0",
    b"\xa9\2\xcer\1\0\0\0", b"\xbe\1\0\0\0r\0\0\0\0", b"[\1\0\0\0" * 1999 + b"N", b"[\1\0\0\0" * 2000 + b"N", b")\1" * 3000,
    b"c" + b"\0" * 20 + b"s\0\0\0\0" + b")\0" * 3 + b"s\0\0\0\0" + b"z\0" * 3 + b"\0" * 4 + b"s\0\0\0\0" * 2,
    b"c" + b"\0" * 20 + b"s\1\0\0\0a" + b")\0" * 3 + b"s\0\0\0\0" + b"z\0" * 3 + b"\0" * 4 + b"s\0\0\0\0" * 2,
    b"c\1" + b"\0" * 19 + b"s\0\0\0\0" + b")\0" * 3 + b"s\0\0\0\0" + b"z\0" * 3 + b"\0" * 4 + b"s\0\0\0\0" * 2,
    b"c" + b"\0" * 20 + b"s\0\0\0\0" + b"0",
]
for data in rows:
    shown = data if len(data) < 30 else (data[:10], len(data))
    try:
        value = marshal.loads(data)
        if len(data) > 5000:
            value = type(value)
        print(shown, ascii(value).split(" at 0x")[0])
    except Exception as error:
        print(shown, type(error).__name__, str(error).split(".c:")[0])
good = marshal.dumps((1, 2.5, "a", b"b", [3], {4: 5}, {6}, 7j, 2 ** 70, None))
kinds = set()
for size in range(len(good)):
    try:
        marshal.loads(good[:size])
        print("no error", size)
    except EOFError as error:
        kinds.add(str(error))
print(sorted(kinds))
