# Exceptions of other modules show their module name.
import _errors_module

_errors_module.fail()
