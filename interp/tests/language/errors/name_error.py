# An unknown name with a close relative.
counter = 1


def show():
    print(counte)


show()
