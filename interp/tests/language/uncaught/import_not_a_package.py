import _names.alpha
