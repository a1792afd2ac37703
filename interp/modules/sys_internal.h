// sys_internal.h — what the files sys*.c share.
#pragma once
#include "modules/modules.h"
#include "objects/exception.h"

// version_info, implementation, float_info and the like (sys_information.c).
RAISES bool sys_add_information(Thread *thread, Value module);
// The modules of the standard library, sorted; ends with NULL.
extern const char *const stdlib_names[];
// Rows of sys's table, and the types they need (sys_hooks.c).
NativeFunction sys_py_set_asyncgen_hooks, sys_py_get_asyncgen_hooks, sys_py_set_origin_depth,
    sys_py_get_origin_depth, sys_py_settrace, sys_py_gettrace, sys_py_setprofile, sys_py_getprofile;
RAISES bool sys_hooks_initialize(Thread *thread);
