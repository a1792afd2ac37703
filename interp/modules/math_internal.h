// math_internal.h — the functions of the module math that live outside math.c.
#pragma once
#include "modules/modules.h"

// math_integer.c
NativeFunction math_py_comb, math_py_factorial, math_py_gcd, math_py_isqrt, math_py_lcm,
    math_py_perm;
// math_sums.c
NativeFunction math_py_dist, math_py_fsum, math_py_hypot, math_py_prod, math_py_sumprod;

COLD Value raise_domain_error(Thread *thread); // ValueError: math domain error
COLD Value raise_range_error(Thread *thread);  // OverflowError: math range error
