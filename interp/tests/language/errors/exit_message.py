# sys.exit with a text: printed to stderr, exit code 1.
import sys

try:
    sys.exit("fatal: no input")
finally:
    print("finally runs")
