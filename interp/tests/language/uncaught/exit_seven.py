print("before")
raise SystemExit(7)
