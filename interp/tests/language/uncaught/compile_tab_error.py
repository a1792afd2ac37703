compile("if 1:\n\tx\n        y\n", "tabs", "exec")
