# A truncated escape in a string.
x = "\x4"
