# SystemExit raised directly, through except Exception.
try:
    raise SystemExit(5)
except Exception:
    print("not caught")
