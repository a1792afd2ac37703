alpha = 1
beta = 2


class Gamma:
    pass
