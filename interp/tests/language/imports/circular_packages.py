# Modules of a package that import each other: what the messages say.
import _loops.a

print(_loops.b._loops is _loops, _loops.a.first)
print(_loops.__spec__._uninitialized_submodules, _loops.a.__spec__._initializing)
