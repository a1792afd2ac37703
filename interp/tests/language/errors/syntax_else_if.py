# else if instead of elif.
if 1:
    pass
else if 2:
    pass
