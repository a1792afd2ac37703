// modules.h — the native modules, the import system, and what the command and the embedder run on.
#pragma once
#include "objects/native.h"
#include "runtime/protocols.h"
#include "vm/eval.h"

// A module whose functions are the rows of `functions` (ends with a NULL name).
RAISES Value native_module_new(Thread *thread, const char *name, const char *documentation,
                               const MethodRow *functions);
RAISES bool module_set(Thread *thread, Value module, const char *name, Value value);
// Makers of the native modules, by name; builtins and sys are made at start-up.
typedef struct {
    const char *name;
    Value (*make)(Thread *thread);
} NativeModule;
extern const NativeModule native_modules[]; // ends with a NULL name

RAISES Value builtins_module_new(Thread *thread); // sets runtime->builtins
RAISES Value sys_module_new(Thread *thread);      // sets runtime->sys_dict and runtime->modules
RAISES Value imp_module_new(Thread *thread);
RAISES Value marshal_module_new(Thread *thread);
RAISES Value math_module_new(Thread *thread);
RAISES Value time_module_new(Thread *thread);
RAISES Value gc_module_new(Thread *thread);
RAISES Value typing_module_new(Thread *thread); // _typing

// sys.stdout and friends (text_file.c).
RAISES bool text_files_initialize(Thread *thread);
RAISES Value text_file_open(Thread *thread, Value *args, int count); // builtins.open
RAISES Value text_file_from_descriptor(Thread *thread, int descriptor, const char *name,
                                       const char *mode, bool line_buffered);
// Writes a str to sys.stdout or sys.stderr as print() does.
RAISES bool stream_write(Thread *thread, Value file, Value text) RUNS_PYTHON;
RAISES bool stream_flush(Thread *thread, Value file) RUNS_PYTHON;
RAISES Value sys_get(Thread *thread, const char *name); // VALUE_ABSENT if none

// Tracebacks and uncaught exceptions as CPython prints them (print_exception.c).
RAISES bool exception_print(Thread *thread, Value exception, Value file) RUNS_PYTHON;
// Handles the pending exception of a whole program: prints it or obeys SystemExit; the exit code.
int exception_report(Thread *thread) RUNS_PYTHON;

// An exception that has nowhere to go (reports.c), and warnings at the running line and about a
// source (warnings.c), on sys.stderr; for the hooks of runtime/errors.h.
void unraisable_report(Thread *thread, Value exception, Value object) RUNS_PYTHON;
RAISES bool unraisable_initialize(Thread *thread);
RAISES Value sys_py_unraisablehook(Thread *thread, Value *args, int count) RUNS_PYTHON;
RAISES bool warning_report(Thread *thread, Type *category, Value message) RUNS_PYTHON;
RAISES bool source_warning_report(Thread *thread, Type *category, Value message, Value filename,
                                  int lineno) RUNS_PYTHON;
// Appends a filter `action:message:category:module:line` (-W) to sys.warnoptions; one that cannot
// be read is named on stderr and has no effect.
RAISES bool warning_option_add(Thread *thread, const char *option) RUNS_PYTHON;
// SIGINT raises KeyboardInterrupt at the next poll, SIGPIPE is ignored; finalize undoes it
// (signals.c).
void signals_initialize(Thread *thread);
void signals_finalize(void);

// sys.breakpointhook (builtins_output.c).
Value builtin_breakpoint_hook(Thread *thread, Value *args, int count) RUNS_PYTHON;

// Import (import.c).
RAISES Value import_module(Thread *thread, Value name) RUNS_PYTHON; // the leaf module
RAISES Value builtin_import(Thread *thread, Value *args, int count)
    RUNS_PYTHON; // builtins.__import__
// The namespace of a fresh __main__, for the file of that name (NULL: there is none), which is
// source or bytecode.
RAISES Value import_main_namespace(Thread *thread, const char *filename, bool is_bytecode);
RAISES bool import_initialize(Thread *thread);

// Reads a whole file: malloc'ed, zero-terminated; NULL with errno set.
char *file_read(const char *path, size_t *size);
// Makes the hooks, streams and modules ready that every program has; finalize undoes what is the
// process's (signals), before vm_finalize.
RAISES bool modules_initialize(Thread *thread);
void modules_finalize(Thread *thread);
