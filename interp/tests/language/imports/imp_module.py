# The module _imp, which importlib stands on.
import _imp
import sys

print(_imp.is_builtin("sys"), _imp.is_builtin("builtins"), _imp.is_builtin("_no_such"), _imp.is_frozen("_no_such"))
print(_imp.find_frozen("_no_such"), _imp.check_hash_based_pycs)
for source in (b"", b"x = 1\n", b"a" * 1000):
    print(_imp.source_hash(168627659, source).hex(), _imp.source_hash(key=-1, source=source).hex())
code = compile("def f(): pass\nlambda: 0", "old.py", "exec")
other = code.replace(co_consts=code.co_consts + (code.co_consts[0].replace(co_filename="another.py"),))
_imp._fix_co_filename(other, "new.py")
print(other.co_filename, [c.co_filename for c in other.co_consts if hasattr(c, "co_filename")])
held = _imp.lock_held()
_imp.acquire_lock()
print(_imp.lock_held())
_imp.release_lock()
print(_imp.lock_held() == held)
for call in (
    lambda: _imp.get_frozen_object("_no_such"), lambda: _imp.is_frozen_package("_no_such"), lambda: _imp.is_builtin(3),
    lambda: _imp.is_frozen(3), lambda: _imp.source_hash("x", b""), lambda: _imp.source_hash(1, "x"),
    lambda: _imp._fix_co_filename(1, "x"), lambda: _imp._fix_co_filename(code, 1),
    lambda: _imp.create_builtin(type(sys.__spec__)("_no_such", None)), lambda: _imp.create_builtin(3),
):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
