# The program that does nothing: what it takes is start-up.
