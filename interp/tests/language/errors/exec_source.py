# An exception inside exec: its frames have no source lines.
exec("def f():\n    return 1 / 0\n\nf()")
