error = ValueError("core")
for i in range(14):
    error = ExceptionGroup(f"level {i}", [error])
raise error
