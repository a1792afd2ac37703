class Problems(ExceptionGroup):
    def derive(self, members):
        return Problems(self.message, members)


try:
    raise Problems("several", [ValueError(1), TypeError(2), KeyError(3)])
except* TypeError:
    pass
