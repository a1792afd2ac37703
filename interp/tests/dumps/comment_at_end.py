if x:
  y
# c