compile("if 1:\nx", "name of it", "exec")
