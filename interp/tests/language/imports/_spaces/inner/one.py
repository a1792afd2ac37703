place = __name__
