// format_spec.h — the format specification mini-language (PEP 3101, PEP 682): what follows the
// colon in f"{value:>10.3f}".
//
// Results are strs; ValueErrors are CPython's (Python/formatter_unicode.c). An empty specification
// gives str(value).
#pragma once
#include "runtime/thread.h"

// An int or bool; the float presentation types convert it first.
RAISES Value format_spec_int(Thread *thread, Value number, Value specification);
// A float.
RAISES Value format_spec_float(Thread *thread, Value number, Value specification);
// A complex number.
RAISES Value format_spec_complex(Thread *thread, Value number, Value specification);
// A str; precision cuts it.
RAISES Value format_spec_str(Thread *thread, Value str, Value specification);
