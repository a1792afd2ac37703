# coding: utf-8
# A byte order mark and a declaration that agrees.
print(ascii("é"), __doc__)
