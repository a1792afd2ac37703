print("module", __name__)
value = 1
