print("before")
raise SystemExit("a message")
