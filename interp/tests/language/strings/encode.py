# encode and decode with codecs and error handlers.
s = "aé中😀"
print(
    s.encode(), s.encode("utf-8"), s.encode("utf-16-le"), s.encode("utf-32-be"),
    "aé".encode("latin-1"), "a".encode("ascii"),
)
print(
    s.encode("ascii", "ignore"), s.encode("ascii", "replace"),
    s.encode("ascii", "backslashreplace"), s.encode("latin-1", "xmlcharrefreplace"),
)
print(
    b"a\xc3\xa9".decode(), b"a\xff".decode("latin-1"), b"a\xffb".decode("utf-8", "ignore"),
    b"a\xffb".decode("ascii", "replace"), b"\xff".decode("utf-8", "backslashreplace"),
    b"\xff".decode("utf-8", "surrogateescape").encode("utf-8", "surrogateescape"),
)
for attempt in (
    lambda: "é".encode("ascii"), lambda: "a中".encode("latin-1"), lambda: b"\xff".decode(),
    lambda: b"\xc3".decode(), lambda: b"a\xe4\xb8".decode("utf-8"), lambda: b"\x80".decode("ascii"),
    lambda: "a".encode("nope"), lambda: "\ud800".encode(), lambda: b"\xed\xa0\x80".decode(),
):
    try:
        attempt()
    except (UnicodeError, LookupError) as error:
        print(type(error).__name__, ascii(str(error)))
try:
    "xé".encode("ascii")
except UnicodeEncodeError as error:
    print(error.encoding, error.object, error.start, error.end, error.reason)
