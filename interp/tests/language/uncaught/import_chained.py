try:
    import _no_such_module
except ImportError:
    import _raises
