# A triple-quoted string that never ends.
text = """begins
and goes on
