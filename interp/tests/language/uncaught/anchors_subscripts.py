import sys


def show(function):
    try:
        function()
    except Exception:
        sys.excepthook(*sys.exc_info())


numbers = [1, 2]
table = {"a": {"b": [1]}}
show(lambda: numbers[5])
show(lambda: numbers [ 5 ])
show(lambda: table["a"]["b"][7])
show(lambda: table["a"]["c"]["d"])
show(lambda: table["x"])
show(lambda: (numbers)[5])
show(lambda: numbers[numbers[1] + 5])
show(lambda: numbers["a":"b"])
show(lambda: None[0])
show(lambda: table[[]])
show(lambda: numbers[0][1][2])
show(lambda: (lambda: numbers)()[9])
show(lambda: numbers[(1, 2)[0] + [3][0]])
show(lambda: [x[3] for x in [[1]]])


def store():
    numbers[7] = 1


def delete():
    del table["a"]["zz"]


def augment():
    numbers[9] += 1


def augment_operator():
    numbers[0] += "a"


show(store)
show(delete)
show(augment)
show(augment_operator)
table["a"]["b"][0]["deep"]
