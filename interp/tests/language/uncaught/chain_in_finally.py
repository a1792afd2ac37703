def f():
    try:
        raise ValueError("in try")
    finally:
        {}["in finally"]


f()
