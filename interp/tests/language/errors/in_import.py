# An exception in an imported module.
print("importing")
import _fails
