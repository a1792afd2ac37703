# What except* leaves over is raised again.
def fail():
    raise ExceptionGroup("jobs", [ValueError("a"), KeyError("b")])


try:
    fail()
except* ValueError:
    print("values handled")
