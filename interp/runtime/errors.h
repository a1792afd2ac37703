// errors.h — raising and inspecting Python exceptions from C.
//
// Formats are printf's %s %c %d %i %u %ld %lu %lld %llu %zd %zu %x %p %% with width and precision
// (* too), plus
//   %R repr of a Value   %S str of a Value   %A ascii of a Value   %T the name of a Value's type
//   %K the same, but None for None, as messages about arguments of C functions have it
//   %N the name of a Type *   %U a str Value as it is
// All raise_* functions return VALUE_ERROR so that `return raise_type_error(...)` reads well.
#pragma once
#include "runtime/thread.h"
#include <stdarg.h>

// One row an exception class of builtins: EXCEPTION(name, base) declares `name##_type`-like
// objects: the Type of ValueError is exception_ValueError.
#define EXCEPTION(name, base, ...) extern Type exception_##name;
#include "runtime/exceptions.def"
#undef EXCEPTION

// Raises `type(message)`. The exception gets the handled one as context.
COLD Value raise_error(Thread *thread, Type *type, const char *format, ...);
COLD Value raise_error_va(Thread *thread, Type *type, const char *format, va_list arguments);
COLD Value raise_type_error(Thread *thread, const char *format, ...);
COLD Value raise_value_error(Thread *thread, const char *format, ...);
// TypeError "f() argument 1 must be str, not int", where `argument` is "argument 1"; None is called
// by its name (CPython: _PyArg_BadArgument).
COLD Value raise_argument_error(Thread *thread, const char *function, const char *argument,
                                const char *expected, Value given);
COLD Value raise_memory_error(Thread *thread); // a preallocated exception: needs no memory
COLD Value raise_stop_iteration(Thread *thread, Value value); // VALUE_ABSENT: no value
COLD Value raise_key_error(Thread *thread, Value key);
COLD Value raise_attribute_error(Thread *thread, Value object,
                                 Value name); // "'X' object has no attribute 'y'"
// Fills `obj` and `name` of a pending AttributeError that has neither.
COLD Value error_set_attribute_details(Thread *thread, Value object, Value name);
// ImportError, or the subclass `type`, with `name` and `path` (VALUE_ABSENT: None).
COLD Value raise_import_error(Thread *thread, Type *type, Value name, Value path,
                              const char *format, ...);
COLD Value raise_os_error(Thread *thread, int error_number, Value filename); // picks the subclass
// SyntaxError and its subclasses with the details that the traceback printer shows. Columns are
// 1-based characters as in SyntaxError.offset; text is the source line or VALUE_NONE.
COLD Value raise_syntax_error(Thread *thread, Type *type, const char *message, Value filename,
                              int line, int offset, int end_line, int end_offset, Value text);
// Raises an exception instance (or calls a class without arguments), as `raise value` does.
COLD Value raise_value(Thread *thread, Value exception) RUNS_PYTHON;

ALWAYS_INLINE bool error_is_pending(Thread *thread) { return !value_is_absent(thread->exception); }
// Takes the pending exception away and returns it; error_restore puts one back.
Value error_take(Thread *thread);
void error_restore(Thread *thread, Value exception);
void error_clear(Thread *thread);
// Reports the pending exception, which has nowhere to go, on stderr ("Exception ignored in: ...").
void error_write_unraisable(Thread *thread, Value object) RUNS_PYTHON;
// Is the pending exception an instance of this class?
bool error_matches(Thread *thread, const Type *type);
// If it matches, clears it and returns true.
bool error_clear_if(Thread *thread, const Type *type);
// Gives the pending exception a __cause__ / __context__ link when C replaces one by another:
// raises a new error of `type` whose cause is the pending one.
COLD Value raise_from_pending(Thread *thread, Type *type, const char *format, ...);

// The text of a format as a str; VALUE_ERROR on failure of a %R and such.
RAISES Value str_format(Thread *thread, const char *format, ...) RUNS_PYTHON;
RAISES Value str_format_va(Thread *thread, const char *format, va_list arguments) RUNS_PYTHON;
// Issues a warning of that category at the running line; false if it was turned into an exception.
// vm/ and modules/ install the handlers; until then a warning is dropped, and an unraisable
// exception is written to stderr without its traceback.
extern bool (*warning_handler)(Thread *thread, Type *category, Value message);
extern void (*unraisable_handler)(Thread *thread, Value exception, Value object);
RAISES bool warn(Thread *thread, Type *category, const char *format, ...) RUNS_PYTHON;
// The same about a source text: at a line of a file instead of the running line.
extern bool (*source_warning_handler)(Thread *thread, Type *category, Value message, Value filename,
                                      int lineno);
RAISES bool warn_source(Thread *thread, Type *category, Value filename, int lineno,
                        const char *format, ...) RUNS_PYTHON;
