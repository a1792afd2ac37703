print("before")
raise SystemExit(2 ** 70)
