import _no_such_module.sub
