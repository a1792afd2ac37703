# The exit code is the attribute `code`, wherever it comes from.
class Leave(SystemExit):
    code = 7


raise Leave("ignored")
