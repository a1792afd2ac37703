import builtins

if hasattr(builtins, "exit"):
    exit(6)
raise SystemExit(6)
