# A decorator that decorates nothing.
@property
x = 1
