# from import of a name that does not exist.
from math import sqroot
