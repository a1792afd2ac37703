def compile_it(text):
    try:
        compile(text, "<text>", "exec")
    except SyntaxError as error:
        return error


raise ExceptionGroup("sources", [compile_it("x y"), compile_it("if 1:\nx"), compile_it("f(a b)")])
