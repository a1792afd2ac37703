import _bad_utf8
