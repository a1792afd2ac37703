#!/usr/bin/env python
# vim: set fileencoding=iso-8859-1 :
# The declaration stands in the second line.
print(ascii("àÿ"))
