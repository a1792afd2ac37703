import sys


def f(x):
	return	x	+	None


def g(x):
	if x:
		return [1][	x ]


for function in (f, g):
	try:
		function(5)
	except Exception:
		sys.excepthook(*sys.exc_info())
raise ValueError("after\ta form feed")
