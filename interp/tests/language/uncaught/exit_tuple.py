print("before")
raise SystemExit((1, 2))
