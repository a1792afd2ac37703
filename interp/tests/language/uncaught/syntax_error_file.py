# A file name that is no str is shown as one.
raise SyntaxError("message", (5, 1, 2, "abc"))
