// import_initialize.c — what import needs at the start: its types, sys.meta_path, sys.path from
// PYTHONPATH, the specs of sys and builtins, and the module __main__.
#include "modules/import_internal.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/str.h"
#include <stdlib.h>

static bool ready_types(Thread *thread) {
    static Type *const types[] = {&module_spec_type,      &builtin_importer_type,
                                  &source_loader_type,    &sourceless_loader_type,
                                  &namespace_loader_type, &path_finder_type,
                                  &namespace_path_type};
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (!type_ready(thread, types[i])) return false;
    return true;
}

static bool set_sys(Thread *thread, const char *name, Value value) {
    return !value_is_error(value) &&
           dict_set_c(thread, value_as_dict(thread->runtime->sys_dict), name, value);
}

// The entries of PYTHONPATH, made absolute.
static bool add_path_setting(Thread *thread) {
    const char *setting = getenv("PYTHONPATH");
    Value path = sys_get(thread, "path");
    if (!setting || !*setting || !value_is_list(path)) return true;
    for (;;) {
        size_t length = strcspn(setting, ":");
        Value entry = str_decode_utf8(thread, setting, length, "surrogateescape");
        if (!value_is_error(entry)) entry = path_make_absolute(thread, entry);
        if (value_is_error(entry) || !list_append(thread, value_as_list(path), entry)) return false;
        if (!setting[length]) return true;
        setting += length + 1;
    }
}

static bool set_pycache_prefix(Thread *thread) {
    const char *setting = getenv("PYTHONPYCACHEPREFIX");
    if (!setting || !*setting) return true;
    Value prefix = str_decode_utf8(thread, setting, strlen(setting), "surrogateescape");
    if (!value_is_error(prefix)) prefix = path_make_absolute(thread, prefix);
    return set_sys(thread, "pycache_prefix", prefix);
}

static bool give_spec(Thread *thread, Value name) {
    Value importer = value_from_type(&builtin_importer_type);
    Value module = dict_find_str(thread, value_as_dict(thread->runtime->modules), name);
    Value origin = str_intern_c(thread, "built-in");
    if (value_is_absent(module) || value_is_error(origin)) return value_is_absent(module);
    Value spec = spec_new(thread, name, importer, origin, VALUE_NONE, false);
    return !value_is_error(spec) && spec_fill_module(thread, spec, module);
}

bool import_initialize(Thread *thread) {
    if (!ready_types(thread)) return false;
    const Value finders[] = {value_from_type(&builtin_importer_type),
                             value_from_type(&path_finder_type)};
    return set_sys(thread, "meta_path", list_from_values(thread, finders, COUNT_OF(finders))) &&
           set_sys(thread, "path_hooks", list_new(thread, 0)) &&
           set_sys(thread, "path_importer_cache", dict_new(thread)) && add_path_setting(thread) &&
           set_pycache_prefix(thread) && give_spec(thread, NAMES(thread)->sys) &&
           give_spec(thread, NAMES(thread)->builtins);
}

static Value main_loader(Thread *thread, Value file, bool is_bytecode) {
    if (value_is_absent(file)) return value_from_type(&builtin_importer_type);
    return loader_new(thread, is_bytecode ? &sourceless_loader_type : &source_loader_type,
                      NAMES(thread)->name_main, file);
}

Value import_main_namespace(Thread *thread, const char *filename, bool is_bytecode) {
    Value module = module_new(thread, NAMES(thread)->name_main), file = VALUE_ABSENT;
    if (value_is_error(module)) return module;
    if (filename) file = str_decode_utf8(thread, filename, strlen(filename), "surrogateescape");
    if (value_is_error(file)) return file;
    Value loader = main_loader(thread, file, is_bytecode), annotations = dict_new(thread);
    Dict *modules = value_as_dict(thread->runtime->modules);
    Value builtins = dict_find_str(thread, modules, NAMES(thread)->builtins);
    bool made = !value_is_error(loader) && !value_is_error(annotations) &&
                dict_set(thread, modules, NAMES(thread)->name_main, module) &&
                module_set(thread, module, "__loader__", loader) &&
                module_set(thread, module, "__annotations__", annotations) &&
                module_set(thread, module, "__builtins__", builtins);
    if (made && filename)
        made = module_set(thread, module, "__file__", file) &&
               module_set(thread, module, "__cached__", VALUE_NONE);
    return made ? ((Module *)value_as_object(module))->dict : VALUE_ERROR;
}
