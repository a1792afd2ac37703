# A message of several lines.
raise ValueError("first line\nsecond line\n\tthird")
