// constant_key.h — when two constants of code objects are the same one.
//
// Equality of constants is by type and value, recursively: 1, True and 1.0 differ, 0.0 and -0.0
// differ, so do tuples that hold them; strings, bytes, ints, code objects compare by content; two
// NaNs are the same only if they are one object; objects of other types by identity. The rules are
// those of CPython's _PyCode_ConstantKey. Nothing here runs Python or raises.
#pragma once
#include "runtime/thread.h"

bool constant_equal(Thread *thread, Value a, Value b);
// Equal constants have equal hashes; the hash is no Python hash.
uint64_t constant_hash(Thread *thread, Value constant);
// Whether there is a NaN in it: then a copy of the constant does not equal it.
bool constant_holds_nan(Thread *thread, Value constant);
