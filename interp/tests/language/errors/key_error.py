# KeyError shows the repr of its key.
table = {"a": {"b": 1}}
print(table["a"]["b"])
print(table["a"]["missing key"])
