print("before")
raise SystemExit(259)
