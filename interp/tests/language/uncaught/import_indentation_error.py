def load():
    import _bad_indent


load()
