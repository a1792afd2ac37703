// sys_internal.h — what the files sys*.c share.
#pragma once
#include "modules/modules.h"
#include "objects/exception.h"

// version_info, implementation, float_info and the like (sys_information.c).
RAISES bool sys_add_information(Thread *thread, Value module);
// The modules of the standard library, sorted; ends with NULL.
extern const char *const stdlib_names[];
