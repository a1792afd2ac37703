# coding=ascii
# ASCII is declared and kept.
print("\u00e9" == chr(233))
