# == and hash of code objects: what counts and what does not.
def f(a):
    return a + 1


code = f.__code__
same = code.replace()
print(same is code, same == code, hash(same) == hash(code), {code: 1}[same])
for name, value in (
    ("co_name", "z"), ("co_filename", "z"), ("co_qualname", "z"), ("co_stacksize", 20),
    ("co_firstlineno", 7), ("co_consts", code.co_consts + (1,)), ("co_consts", (None, 1.0)),
    ("co_consts", (None, True)), ("co_consts", (None, 1)), ("co_varnames", ("b",)), ("co_names", ("n",)),
    ("co_linetable", b""), ("co_exceptiontable", b"\x80\x01\x01\x00"), ("co_flags", code.co_flags | 16),
):
    other = code.replace(**{name: value})
    print(name, value if name == "co_consts" else "", other == code, other != code)
print(code == 1, code != 1, code == f)
for text in ("code < same", "code >= 1"):
    try:
        eval(text)
    except TypeError as error:
        print(error)
a, b = (compile("x = (1, 'a', b'b', {1, 2} | {3}, 0.0)", "f", "exec") for _ in range(2))
print(a == b, hash(a) == hash(b))
print(a == compile("x = (1, 'a', b'b', {1, 2} | {3}, -0.0)", "f", "exec"))
print(a == compile("\nx = (1, 'a', b'b', {1, 2} | {3}, 0.0)", "f", "exec"))
print(a == compile("x = (1, 'a', b'b', {1, 2} | {3}, 0.0)", "other", "exec"))
