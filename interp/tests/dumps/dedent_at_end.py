def f():

  x

  # c
