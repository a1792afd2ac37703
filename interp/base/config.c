// config.c — what a failed invariant does in the checked build.
#include "base/config.h"
#ifdef KRAIT_CHECKED
#include <stdio.h>
#include <stdlib.h>

_Noreturn void assertion_failed(const char *condition, const char *file, int line) {
    fprintf(stderr, "krait: %s:%d: invariant does not hold: %s\n", file, line, condition);
    abort();
}
#else
typedef int config_has_no_code; // ISO C forbids an empty translation unit
#endif
