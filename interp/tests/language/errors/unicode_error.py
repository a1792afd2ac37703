# A UnicodeEncodeError with its details.
"café".encode("ascii")
