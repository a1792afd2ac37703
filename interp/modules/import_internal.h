// import_internal.h — what the files import*.c share: specs, loaders, finders, cached bytecode.
//
// The work of CPython's importlib in its usual path, with its protocol: sys.meta_path holds
// finders, a finder's find_spec gives a spec, the spec's loader makes and executes the module.
// Those that stand there from the start are types of C; what a program adds is asked like them.
#pragma once
#include "bytecode/pyc.h"
#include "modules/modules.h"
#include "objects/builtin_types.h"

// Specs (import_spec.c).
extern Type module_spec_type;
// An instance of ModuleSpec. VALUE_NONE where there is no loader, origin or search locations; with
// has_location the origin is a file.
RAISES Value spec_new(Thread *thread, Value name, Value loader, Value origin, Value locations,
                      bool has_location);
// A module as importlib.util.module_from_spec makes it, for any kind of spec.
RAISES Value module_from_spec(Thread *thread, Value spec) RUNS_PYTHON;
// Sets the import-related attributes of a module that the spec knows.
RAISES bool spec_fill_module(Thread *thread, Value spec, Value module) RUNS_PYTHON;
// An attribute by a C name. find: VALUE_ABSENT if there is none.
RAISES Value attribute_get(Thread *thread, Value object, const char *name) RUNS_PYTHON;
RAISES Value attribute_find(Thread *thread, Value object, const char *name) RUNS_PYTHON;
RAISES bool attribute_set(Thread *thread, Value object, const char *name, Value value) RUNS_PYTHON;

// Loaders (import_loaders.c).
extern Type builtin_importer_type, source_loader_type, sourceless_loader_type,
    namespace_loader_type;
RAISES Value loader_new(Thread *thread, Type *type, Value name, Value path);
// Makes a native module by its name; VALUE_ABSENT if there is none of that name.
RAISES Value native_module_make(Thread *thread, Value name);
bool native_module_exists(Value name);
// Runs the code of a module in its namespace.
RAISES bool module_execute(Thread *thread, Value module, Value code) RUNS_PYTHON;

// Finders (import_finders.c).
extern Type path_finder_type, namespace_path_type;
// The spec of a module that sys.path, or the __path__ of its package, leads to; VALUE_NONE: none.
RAISES Value path_find_spec(Thread *thread, Value name, Value path) RUNS_PYTHON;

// Cached bytecode (import_cache.c).
// Where the bytecode of a source file is kept: PEP 3147, -O and sys.pycache_prefix considered.
RAISES Value cache_path(Thread *thread, Value source_path);
// A path as the system takes it: zero-terminated, alive while it is referred to from the stack.
// NULL with ValueError ("embedded null character") or MemoryError.
RAISES const char *path_encode(Thread *thread, Value path);
// An absolute path: the current folder in front of a relative one.
RAISES Value path_make_absolute(Thread *thread, Value path);
RAISES Value path_current_folder(Thread *thread);
// The code of a source file: from the cache if that is valid, else compiled, and then cached.
RAISES Value source_code_get(Thread *thread, Value name, Value path) RUNS_PYTHON;
// The code in a .pyc file that has no source.
RAISES Value bytecode_code_get(Thread *thread, Value name, Value path) RUNS_PYTHON;
// Compiles a source file and writes its cache file, whose path is the result. `header` says which
// kind of validation is wanted; the rest of it is filled in.
RAISES Value source_compile_to_cache(Thread *thread, Value path, PycHeader header);

// Import itself (import.c).
// The module sys.modules holds under that name, imported if need be, its packages before it.
RAISES Value import_find_and_load(Thread *thread, Value name) RUNS_PYTHON;
// The spec that sys.meta_path has for a name; VALUE_NONE if there is none.
RAISES Value import_find_spec(Thread *thread, Value name, Value path) RUNS_PYTHON;
// `name` up to its last dot; "" if there is none.
RAISES Value name_parent(Thread *thread, Value name);
RAISES Value name_leaf(Thread *thread, Value name);
