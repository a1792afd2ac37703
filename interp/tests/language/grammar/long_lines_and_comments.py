# Comments, blank lines, joined lines and odd indentation.
if True:
  x = 1   # two blanks

  # comment at another level
      # deeper comment
  y = 2
	# a comment after a tab
if x:
            z = [1,
  2,
            # comment inside
                3,

    4]
            print(z)
def f(a, # first
      b  # second
      ): # end
    # only a comment
    return a \
        + b

    # trailing comment
print(f(1,
2))
print("a"  # comment
      "b"
      'c')
w = {
    "k": 1,  # one

    "m": [
    ],
}; print(w)
for i in range(2): print(i); print("-", end=" ")
print(1 if x
      else 2)
class C: a = 1; b = 2
class D(C,
        object,): pass
print(C.b, D.a);
if 1: pass
elif 2: pass
else: pass
try: print("t")
except Exception: pass
finally: print("f")
while 1: break
with open(__file__) as _file: pass
print((
    5
)) # the end
