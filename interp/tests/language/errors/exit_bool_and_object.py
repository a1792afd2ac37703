# SystemExit with an object that is not an int.
raise SystemExit(["a", 1])
