# An exception while a class body runs.
class Config:
    size = 10
    limit = size / unknown
