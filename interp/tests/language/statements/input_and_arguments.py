# input(), sys.stdin and sys.argv.
import sys

print(sys.argv[1:])
name = input()
print("hello", name)
answer = input("question? ")
print(repr(answer))
print(repr(sys.stdin.readline()), sys.stdin.read().split())
try:
    input("more? ")
except EOFError as error:
    print(type(error).__name__, error)
print(list(sys.stdin))
