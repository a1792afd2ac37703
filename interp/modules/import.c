// import.c — `import`: sys.modules, packages before their modules, finders and loaders, relative
// names.
//
// The words of importlib._bootstrap, step by step: a module stands in sys.modules while its code
// runs, its spec then says `_initializing`, and it is taken out again when that fails;
// sys.meta_path is asked for what sys.modules does not have. The finders that stand there from the
// start are called without a detour through Python.
#include "modules/import_internal.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

static Dict *loaded_modules(Thread *thread) { return value_as_dict(thread->runtime->modules); }

static Value find_loaded(Thread *thread, Value name) {
    return dict_find(thread, loaded_modules(thread), name);
}

Value native_module_new(Thread *thread, const char *name, const char *documentation,
                        const MethodRow *functions) {
    Value text = str_intern_c(thread, name);
    if (value_is_error(text)) return text;
    Value module = module_new(thread, text);
    if (value_is_error(module)) return module;
    Value doc = documentation ? str_from_c(thread, documentation) : VALUE_NONE;
    if (value_is_error(doc) || !module_set(thread, module, "__doc__", doc)) return VALUE_ERROR;
    for (const MethodRow *row = functions; row && row->name; row++) {
        Value function = native_function_new(thread, row, module, text);
        if (value_is_error(function) || !module_set(thread, module, row->name, function))
            return VALUE_ERROR;
    }
    return module;
}

bool module_set(Thread *thread, Value module, const char *name, Value value) {
    Value dict = ((Module *)value_as_object(module))->dict;
    return dict_set_c(thread, value_as_dict(dict), name, value);
}

char *file_read(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    struct stat status;
    char *bytes = NULL;
    size_t capacity = 0, length = 0;
    if (fstat(fileno(file), &status) == 0 && S_ISDIR(status.st_mode)) {
        fclose(file);
        errno = EISDIR;
        return NULL;
    }
    for (;;) {
        if (capacity - length < 2) {
            size_t larger = capacity ? 2 * capacity : 1 << 16;
            char *grown = realloc(bytes, larger);
            if (!grown) break;
            bytes = grown;
            capacity = larger;
        }
        size_t got = fread(bytes + length, 1, capacity - length - 1, file);
        length += got;
        if (got == 0) {
            bool failed = ferror(file);
            fclose(file);
            if (failed) {
                free(bytes);
                errno = EIO;
                return NULL;
            }
            bytes[length] = 0;
            *size = length;
            return bytes;
        }
    }
    fclose(file);
    free(bytes);
    errno = ENOMEM;
    return NULL;
}

// Names

static size_t last_dot(Value name) {
    size_t dot = value_as_str(name)->length;
    while (dot > 0 && str_at(value_as_str(name), dot - 1) != '.') dot--;
    return dot; // behind it; 0: there is none
}

Value name_parent(Thread *thread, Value name) {
    size_t dot = last_dot(name);
    return dot ? str_substring(thread, name, 0, dot - 1) : NAMES(thread)->empty;
}

Value name_leaf(Thread *thread, Value name) {
    Value leaf = str_substring(thread, name, last_dot(name), value_as_str(name)->length);
    return value_is_error(leaf) ? leaf : str_intern(thread, leaf);
}

static bool set_initializing(Thread *thread, Value spec, bool running) {
    return attribute_set(thread, spec, "_initializing", value_from_bool(running));
}

// Finding

static Value ask_finder(Thread *thread, Value finder, Value name, Value path) {
    if (value_same(finder, value_from_type(&path_finder_type)))
        return path_find_spec(thread, name, path);
    Value find_spec = attribute_find(thread, finder, "find_spec");
    if (value_is_error(find_spec)) return find_spec;
    if (value_is_absent(find_spec)) return VALUE_NONE;
    return object_call3(thread, find_spec, name, path, VALUE_NONE);
}

// A finder may have imported the module itself: then its spec counts.
static Value settle_spec(Thread *thread, Value name, Value spec) {
    Value module = find_loaded(thread, name);
    if (value_is_error(module)) return module;
    if (value_is_absent(module)) return spec;
    Value loaded = object_find_attribute(thread, module, NAMES(thread)->__spec__);
    return value_is_absent(loaded) || value_is_none(loaded) ? spec : loaded;
}

Value import_find_spec(Thread *thread, Value name, Value path) {
    Value finders = sys_get(thread, "meta_path");
    if (value_is_absent(finders) || value_is_none(finders))
        return raise_error(thread, &exception_ImportError,
                           "sys.meta_path is None, Python is likely shutting down");
    Value list = object_to_list(thread, finders);
    if (value_is_error(list)) return list;
    if (value_as_list(list)->length == 0 &&
        !warn(thread, &exception_ImportWarning, "sys.meta_path is empty"))
        return VALUE_ERROR;
    Value known = find_loaded(thread, name);
    if (value_is_error(known)) return known;
    for (size_t i = 0; i < value_as_list(list)->length; i++) {
        Value finder = value_as_list(list)->items->items[i];
        Value spec = ask_finder(thread, finder, name, path);
        if (value_is_error(spec)) return spec;
        if (value_is_none(spec)) continue;
        return value_is_absent(known) ? settle_spec(thread, name, spec) : spec;
    }
    return VALUE_NONE;
}

// Loading

static bool execute_spec(Thread *thread, Value spec, Value module) {
    Value loader = attribute_get(thread, spec, "loader");
    if (value_is_error(loader)) return false;
    if (!value_is_none(loader)) {
        Value execute = attribute_get(thread, loader, "exec_module");
        return !value_is_error(execute) && !value_is_error(object_call1(thread, execute, module));
    }
    Value locations = attribute_get(thread, spec, "submodule_search_locations");
    if (value_is_error(locations)) return false;
    if (!value_is_none(locations)) return true;
    Value name = attribute_get(thread, spec, "name");
    if (!value_is_error(name))
        raise_import_error(thread, &exception_ImportError, name, VALUE_ABSENT, "missing loader");
    return false;
}

static void forget_module(Thread *thread, Value name) {
    Value pending = error_take(thread);
    if (dict_delete(thread, loaded_modules(thread), name) < 0) error_clear(thread);
    error_restore(thread, pending);
}

// Runs the module in sys.modules; the result is what then stands there in its place.
static Value run_spec(Thread *thread, Value spec, Value name, Value module) {
    Dict *modules = loaded_modules(thread);
    if (!dict_set(thread, modules, name, module)) return VALUE_ERROR;
    if (!execute_spec(thread, spec, module)) {
        forget_module(thread, name);
        return VALUE_ERROR;
    }
    module = dict_pop(thread, modules, name);
    if (value_is_error(module)) return module;
    if (value_is_absent(module)) return raise_key_error(thread, name);
    return dict_set(thread, modules, name, module) ? module : VALUE_ERROR;
}

// Loaders from before PEP 451 do all by themselves.
static Value load_by_loader(Thread *thread, Value loader, Value name) {
    Value load = attribute_get(thread, loader, "load_module");
    Value loaded = value_is_error(load) ? load : object_call1(thread, load, name);
    if (value_is_error(loaded)) return loaded;
    Value module = find_loaded(thread, name);
    return value_is_absent(module) ? raise_key_error(thread, name) : module;
}

static Value load_spec(Thread *thread, Value spec) {
    Value name = attribute_get(thread, spec, "name");
    Value loader = value_is_error(name) ? name : attribute_get(thread, spec, "loader");
    if (value_is_error(loader)) return loader;
    if (!value_is_none(loader)) {
        Value execute = attribute_find(thread, loader, "exec_module");
        if (value_is_error(execute)) return execute;
        if (value_is_absent(execute)) return load_by_loader(thread, loader, name);
    }
    Value module = module_from_spec(thread, spec);
    if (value_is_error(module) || !set_initializing(thread, spec, true)) return VALUE_ERROR;
    module = run_spec(thread, spec, name, module);
    Value pending = error_is_pending(thread) ? error_take(thread) : VALUE_ABSENT;
    if (!set_initializing(thread, spec, false)) {
        if (value_is_absent(pending)) return VALUE_ERROR;
        error_clear(thread);
    }
    if (!value_is_absent(pending)) error_restore(thread, pending);
    return module;
}

// The parent's list of submodules that are being imported, for the messages of circular imports;
// VALUE_ABSENT if its spec has none.
static Value running_submodules(Thread *thread, Value parent) {
    Value spec = object_find_attribute(thread, parent, NAMES(thread)->__spec__);
    if (value_is_error(spec) || value_is_absent(spec) || value_is_none(spec))
        return value_is_none(spec) ? VALUE_ABSENT : spec;
    Value list = attribute_find(thread, spec, "_uninitialized_submodules");
    return value_is_error(list) || value_is_list(list) ? list : VALUE_ABSENT;
}

static Value load_submodule(Thread *thread, Value spec, Value parent, Value leaf) {
    Value running = running_submodules(thread, parent);
    if (value_is_error(running)) return running;
    if (value_is_absent(running)) return load_spec(thread, spec);
    if (!list_append(thread, value_as_list(running), leaf)) return VALUE_ERROR;
    Value module = load_spec(thread, spec);
    List *list = value_as_list(running);
    if (list->length > 0)
        object_store(thread->heap, list->items, &list->items->items[--list->length], VALUE_ABSENT);
    return module;
}

static Value raise_not_found(Thread *thread, Value name) {
    return raise_import_error(thread, &exception_ModuleNotFoundError, name, VALUE_ABSENT,
                              "No module named %R", name);
}

static bool bind_in_parent(Thread *thread, Value parent_name, Value leaf, Value module) {
    Value parent = find_loaded(thread, parent_name);
    if (value_is_error(parent)) return false;
    if (value_is_absent(parent)) {
        raise_key_error(thread, parent_name);
        return false;
    }
    if (object_set_attribute(thread, parent, leaf, module)) return true;
    return error_clear_if(thread, &exception_AttributeError) &&
           warn(thread, &exception_ImportWarning,
                "Cannot set an attribute on %R for child module %R", parent_name, leaf);
}

// Imports a submodule; its parent is imported first.
static Value load_in_package(Thread *thread, Value name, Value parent_name) {
    Value parent = find_loaded(thread, parent_name);
    if (value_is_absent(parent)) parent = import_find_and_load(thread, parent_name);
    if (value_is_error(parent)) return parent;
    // Its code may have imported the submodule.
    Value loaded = find_loaded(thread, name);
    if (!value_is_absent(loaded)) return loaded;
    parent = find_loaded(thread, parent_name);
    if (value_is_absent(parent)) return raise_key_error(thread, parent_name);
    if (value_is_error(parent)) return parent;
    Value path = object_find_attribute(thread, parent, NAMES(thread)->__path__);
    if (value_is_error(path)) return path;
    if (value_is_absent(path))
        return raise_import_error(thread, &exception_ModuleNotFoundError, name, VALUE_ABSENT,
                                  "No module named %R; %R is not a package", name, parent_name);
    Value leaf = name_leaf(thread, name);
    Value spec = value_is_error(leaf) ? leaf : import_find_spec(thread, name, path);
    if (value_is_error(spec)) return spec;
    if (value_is_none(spec)) return raise_not_found(thread, name);
    Value module = load_submodule(thread, spec, parent, leaf);
    if (value_is_error(module) || !bind_in_parent(thread, parent_name, leaf, module))
        return VALUE_ERROR;
    return module;
}

Value import_find_and_load(Thread *thread, Value name) {
    Value module = find_loaded(thread, name);
    if (value_is_error(module)) return module;
    if (value_is_none(module)) // which forbids an import
        return raise_import_error(thread, &exception_ModuleNotFoundError, name, VALUE_ABSENT,
                                  "import of %U halted; None in sys.modules", name);
    if (!value_is_absent(module)) return module;
    if (!thread_check_stack(thread, " in import")) return VALUE_ERROR;
    Value parent = name_parent(thread, name);
    if (value_is_error(parent)) return parent;
    if (value_as_str(parent)->length > 0) return load_in_package(thread, name, parent);
    Value spec = import_find_spec(thread, name, VALUE_NONE);
    if (value_is_error(spec)) return spec;
    return value_is_none(spec) ? raise_not_found(thread, name) : load_spec(thread, spec);
}

Value import_module(Thread *thread, Value name) {
    Value interned = str_intern(thread, name);
    return value_is_error(interned) ? interned : import_find_and_load(thread, interned);
}

// Relative imports (PEP 328)

// __package__, checked against the spec; VALUE_ABSENT if it is missing or None.
static Value declared_package(Thread *thread, Value package, Value spec) {
    if (value_is_absent(package) || value_is_none(package)) return VALUE_ABSENT;
    if (!value_is_str(package)) return raise_type_error(thread, "package must be a string");
    if (value_is_absent(spec) || value_is_none(spec)) return package;
    Value parent = attribute_get(thread, spec, "parent");
    int equal = value_is_error(parent) ? -1 : object_equal(thread, package, parent);
    if (equal < 0 || (equal == 0 && !warn(thread, &exception_DeprecationWarning,
                                          "__package__ != __spec__.parent")))
        return VALUE_ERROR;
    return package;
}

static Value package_from_name(Thread *thread, Dict *globals) {
    if (!warn(thread, &exception_ImportWarning,
              "can't resolve package from __spec__ or __package__, falling back on __name__ and "
              "__path__"))
        return VALUE_ERROR;
    Value name = dict_find_str(thread, globals, NAMES(thread)->__name__);
    if (value_is_absent(name))
        return raise_error(thread, &exception_KeyError, "'__name__' not in globals");
    if (!value_is_str(name)) return raise_type_error(thread, "__name__ must be a string");
    bool is_package = !value_is_absent(dict_find_str(thread, globals, NAMES(thread)->__path__));
    return is_package ? name : name_parent(thread, name);
}

// The package that a module's relative imports start from.
static Value parent_package(Thread *thread, Value globals) {
    if (value_is_absent(globals) || value_is_none(globals))
        return raise_error(thread, &exception_KeyError, "'__name__' not in globals");
    if (!value_is_dict(globals)) return raise_type_error(thread, "globals must be a dict");
    Dict *dict = value_as_dict(globals);
    Value spec = dict_find_str(thread, dict, NAMES(thread)->__spec__);
    Value package =
        declared_package(thread, dict_find_str(thread, dict, NAMES(thread)->__package__), spec);
    if (!value_is_absent(package)) return package;
    if (value_is_absent(spec) || value_is_none(spec)) return package_from_name(thread, dict);
    package = attribute_get(thread, spec, "parent");
    if (value_is_error(package) || value_is_str(package)) return package;
    return raise_type_error(thread, "__spec__.parent must be a string");
}

static Value resolve_relative(Thread *thread, Value name, Value globals, int64_t level) {
    Value package = parent_package(thread, globals);
    if (value_is_error(package)) return package;
    if (value_as_str(package)->length == 0)
        return raise_error(thread, &exception_ImportError,
                           "attempted relative import with no known parent package");
    size_t end = value_as_str(package)->length;
    for (int64_t i = 1; i < level; i++) {
        while (end > 0 && str_at(value_as_str(package), end - 1) != '.') end--;
        if (end == 0)
            return raise_error(thread, &exception_ImportError,
                               "attempted relative import beyond top-level package");
        end--;
    }
    Value base = str_substring(thread, package, 0, end);
    if (value_is_error(base) || value_as_str(name)->length == 0) return base;
    return str_format(thread, "%U.%U", base, name);
}

// from package import names

// A submodule that does not exist leaves the name missing; what goes wrong inside one is an error.
static bool import_listed(Thread *thread, Value module, Value name) {
    Value attribute = object_find_attribute(thread, module, name);
    if (!value_is_absent(attribute)) return !value_is_error(attribute);
    Value package = object_get_attribute(thread, module, NAMES(thread)->__name__);
    Value full = value_is_error(package) ? package : str_format(thread, "%S.%U", package, name);
    if (value_is_error(full)) return false;
    if (!value_is_error(import_module(thread, full))) return true;
    if (!error_matches(thread, &exception_ModuleNotFoundError)) return false;
    Value pending = error_take(thread);
    Value missing = object_find_attribute(thread, pending, NAMES(thread)->name);
    Value forbidden = find_loaded(thread, full);
    error_clear(thread);
    if (value_is_str(missing) && str_equal(value_as_str(missing), value_as_str(full)) &&
        !value_is_none(forbidden))
        return true;
    error_restore(thread, pending);
    return false;
}

static bool raise_item_not_str(Thread *thread, Value module, Value item, bool is_all) {
    if (is_all) {
        Value name = object_get_attribute(thread, module, NAMES(thread)->__name__);
        if (!value_is_error(name))
            raise_type_error(thread, "Item in %S.__all__ must be str, not %T", name, item);
    } else {
        raise_type_error(thread, "Item in ``from list'' must be str, not %T", item);
    }
    return false;
}

static bool import_from_list(Thread *thread, Value module, Value from_list, bool is_all) {
    Value names = object_to_list(thread, from_list);
    if (value_is_error(names)) return false;
    for (size_t i = 0; i < value_as_list(names)->length; i++) {
        Value name = value_as_list(names)->items->items[i];
        if (!value_is_str(name)) return raise_item_not_str(thread, module, name, is_all);
        if (!str_equals_c(value_as_str(name), "*")) {
            if (!import_listed(thread, module, name)) return false;
            continue;
        }
        Value all =
            is_all ? VALUE_ABSENT : object_find_attribute(thread, module, NAMES(thread)->__all__);
        if (value_is_error(all)) return false;
        if (!value_is_absent(all) && !import_from_list(thread, module, all, true)) return false;
    }
    return true;
}

// What `import a.b` binds: the module of the first part, for a relative name the one that far up.
static Value first_module(Thread *thread, Value name, Value absolute, int64_t level, Value module) {
    const Str *text = value_as_str(name);
    size_t dot = 0;
    while (dot < text->length && str_at(text, dot) != '.') dot++;
    if (dot == text->length || (level > 0 && text->length == 0)) return module;
    size_t cut = text->length - dot;
    Value first = str_substring(thread, absolute, 0, value_as_str(absolute)->length - cut);
    if (value_is_error(first)) return first;
    if (level == 0) return import_module(thread, first);
    module = find_loaded(thread, first);
    if (!value_is_absent(module)) return module;
    return raise_error(thread, &exception_KeyError, "%R not in sys.modules as expected", first);
}

Value builtin_import(Thread *thread, Value *args, int count) {
    (void)count;
    Value name = args[0], globals = args[1], from_list = args[3];
    int64_t level = 0;
    if (!value_is_str(name)) return raise_type_error(thread, "module name must be a string");
    if (!value_is_absent(args[4]) && !object_as_int64(thread, args[4], &level)) return VALUE_ERROR;
    if (level < 0) return raise_value_error(thread, "level must be >= 0");
    Value absolute = name;
    if (level > 0)
        absolute = resolve_relative(thread, name, globals, level);
    else if (value_as_str(name)->length == 0)
        return raise_value_error(thread, "Empty module name");
    Value module = value_is_error(absolute) ? absolute : import_module(thread, absolute);
    if (value_is_error(module)) return module;
    int has_names = value_is_absent(from_list) ? 0 : object_is_true(thread, from_list);
    if (has_names < 0) return VALUE_ERROR;
    if (!has_names) return first_module(thread, name, absolute, level, module);
    Value path = object_find_attribute(thread, module, NAMES(thread)->__path__);
    if (value_is_error(path) || value_is_absent(path)) return value_is_absent(path) ? module : path;
    return import_from_list(thread, module, from_list, false) ? module : VALUE_ERROR;
}
