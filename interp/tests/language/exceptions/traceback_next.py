# tb_next can be set, but only to a traceback or None.
def caught():
    try:
        1 / 0
    except ZeroDivisionError as error:
        return error.__traceback__


outer, inner = caught(), caught()
outer.tb_next = inner
print(outer.tb_next is inner)
for value in 5, "a", outer:
    try:
        outer.tb_next = value
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
try:
    inner.tb_next = outer
except ValueError as error:
    print(error)
try:
    del outer.tb_next
except TypeError as error:
    print(error)
outer.tb_next = None
print(outer.tb_next)
