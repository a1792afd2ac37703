# first
"""doc
string"""
import os  # trailing


def f(a, *, b=1):  # c

    # indented comment
  # less
    if a:
        x = [1,  # one

             2]
    # after
    return a \
        + b
class C: pass
if 1:
	if 2:
		pass
   
  # last
(

)
x = \
  1
