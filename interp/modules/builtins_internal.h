// builtins_internal.h — what the files builtins*.c share: the functions that the table of the
// module names.
#pragma once
#include "modules/modules.h"

// builtins_aggregate.c
NativeFunction builtin_all, builtin_any, builtin_max, builtin_min, builtin_sorted, builtin_sum;
// builtins_attributes.c
NativeFunction builtin_callable, builtin_delattr, builtin_dir, builtin_getattr, builtin_globals,
    builtin_hasattr, builtin_isinstance, builtin_issubclass, builtin_locals, builtin_setattr,
    builtin_vars;
// builtins_class.c
NativeFunction builtin_build_class;
// builtins_compile.c
NativeFunction builtin_compile, builtin_eval, builtin_exec;
// builtins_output.c
NativeFunction builtin_breakpoint, builtin_help, builtin_input, builtin_print;
// quitter.c: exit or quit, by that name
extern Type quitter_type;
RAISES Value quitter_new(Thread *thread, const char *name);
