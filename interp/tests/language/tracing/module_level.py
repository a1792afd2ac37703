import sys

from _tracer import tracer

SOURCE = """'''Run while tracing.'''
value = 1


def function():
    return value


class Class:
    attribute = function()


for value in range(2):
    pass
"""
code = compile(SOURCE, "traced", "exec")
sys.settrace(tracer)
exec(code, {})
exec("x = 1\ny = 2")
sys.settrace(None)
x = 5
