// import.c — `import`: native modules, packages and modules from the folders of sys.path.
//
// The work of CPython's importlib in its usual path: sys.modules, then the native modules, then
// NAME/__init__.py and NAME.py in each folder (of the package's __path__ for a submodule). A module
// stands in sys.modules while its code runs, and is taken out again when that fails.
#include "compiler/compile.h"
#include "modules/modules.h"
#include "objects/builtin_types.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

static Dict *loaded_modules(Thread *thread) { return value_as_dict(thread->runtime->modules); }

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

static Value make_native(Thread *thread, Value name) {
    for (const NativeModule *row = native_modules; row->name; row++)
        if (str_equals_c(value_as_str(name), row->name)) return row->make(thread);
    return VALUE_ABSENT;
}

static bool is_file(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

// What a source file of a module is called, and whether it is a package's.
typedef struct {
    Value path;   // str; absent: not found
    Value folder; // of a package
    bool is_package;
} Location;

static bool locate_in(Thread *thread, Value folder, Value leaf, Location *location) {
    const Str *text = value_as_str(folder);
    const char *separator = text->length == 0 || str_at(text, text->length - 1) == '/' ? "" : "/";
    for (int package = 1; package >= 0; package--) {
        Value path = str_format(thread, package ? "%U%s%U/__init__.py" : "%U%s%U.py", folder,
                                separator, leaf);
        if (value_is_error(path)) return false;
        size_t size;
        const char *bytes = str_as_utf8_lossy(thread, path, &size);
        if (!bytes) return false;
        if (!is_file(bytes)) continue;
        *location = (Location){.path = path, .is_package = package};
        if (package) location->folder = str_format(thread, "%U%s%U", folder, separator, leaf);
        return !package || !value_is_error(location->folder);
    }
    return true;
}

static bool locate(Thread *thread, Value folders, Value leaf, Location *location) {
    *location = (Location){.path = VALUE_ABSENT};
    Value list = object_to_list(thread, folders);
    if (value_is_error(list)) return false;
    for (size_t i = 0; i < value_as_list(list)->length && value_is_absent(location->path); i++) {
        Value folder = value_as_list(list)->items->items[i];
        if (value_is_str(folder) && !locate_in(thread, folder, leaf, location)) return false;
    }
    return true;
}

static bool set_module_names(Thread *thread, Value module, Value name, const Location *location) {
    Value package = name;
    if (!location->is_package) {
        const Str *text = value_as_str(name);
        size_t dot = text->length;
        while (dot > 0 && str_at(text, dot - 1) != '.') dot--;
        package = dot ? str_substring(thread, name, 0, dot - 1) : NAMES(thread)->empty;
        if (value_is_error(package)) return false;
    } else {
        Value path = list_from_values(thread, &location->folder, 1);
        if (value_is_error(path) || !module_set(thread, module, "__path__", path)) return false;
    }
    return module_set(thread, module, "__file__", location->path) &&
           module_set(thread, module, "__package__", package) &&
           module_set(thread, module, "__builtins__", thread->runtime->builtins);
}

static bool run_file(Thread *thread, Value module, Value path) {
    size_t length, size;
    const char *name = str_as_utf8_lossy(thread, path, &length);
    if (!name) return false;
    char *source = file_read(name, &size);
    if (!source) {
        raise_os_error(thread, errno, path);
        return false;
    }
    Value code = compile_source(thread, source, size, path, COMPILE_EXEC, 0, 0);
    free(source);
    if (value_is_error(code)) return false;
    Dict *globals = value_as_dict(((Module *)value_as_object(module))->dict);
    return !value_is_error(eval_code(thread, value_as_code(code), globals, VALUE_ABSENT));
}

// What stands in for importlib's ModuleSpec: name, origin, and whether the body is running.
static Value make_spec(Thread *thread, Value name, Value path) {
    Value spec = object_call0(thread, value_from_type(&simple_namespace_type));
    Value origin = str_intern_c(thread, "origin");
    if (value_is_error(spec) || value_is_error(origin)) return VALUE_ERROR;
    if (!object_set_attribute(thread, spec, NAMES(thread)->name, name) ||
        !object_set_attribute(thread, spec, origin, path))
        return VALUE_ERROR;
    return spec;
}

static bool set_initializing(Thread *thread, Value spec, bool running) {
    Value name = str_intern_c(thread, "_initializing");
    return !value_is_error(name) &&
           object_set_attribute(thread, spec, name, value_from_bool(running));
}

static Value load_file(Thread *thread, Value name, const Location *location) {
    Value module = module_new(thread, name);
    if (value_is_error(module) || !set_module_names(thread, module, name, location))
        return VALUE_ERROR;
    Value spec = make_spec(thread, name, location->path);
    if (value_is_error(spec) || !set_initializing(thread, spec, true)) return VALUE_ERROR;
    if (!module_set(thread, module, "__spec__", spec) ||
        !dict_set(thread, loaded_modules(thread), name, module))
        return VALUE_ERROR;
    if (!run_file(thread, module, location->path)) {
        Value pending = error_take(thread);
        if (dict_delete(thread, loaded_modules(thread), name) < 0) error_clear(thread);
        error_restore(thread, pending);
        return VALUE_ERROR;
    }
    if (!set_initializing(thread, spec, false)) return VALUE_ERROR;
    // The module may have put another object in its own place.
    Value loaded = dict_find_str(thread, loaded_modules(thread), name);
    return value_is_absent(loaded) ? module : loaded;
}

static COLD Value raise_not_found(Thread *thread, Value name, Value parent) {
    if (value_is_absent(parent))
        raise_error(thread, &exception_ModuleNotFoundError, "No module named %R", name);
    else
        raise_error(thread, &exception_ModuleNotFoundError,
                    "No module named %R; %R is not a package", name, parent);
    Value pending = error_take(thread);
    if (!object_set_attribute(thread, pending, NAMES(thread)->name, name)) error_clear(thread);
    error_restore(thread, pending);
    return VALUE_ERROR;
}

// None in sys.modules forbids an import.
static COLD Value raise_halted(Thread *thread, Value name) {
    raise_error(thread, &exception_ModuleNotFoundError, "import of %U halted; None in sys.modules",
                name);
    Value pending = error_take(thread);
    if (!object_set_attribute(thread, pending, NAMES(thread)->name, name)) error_clear(thread);
    error_restore(thread, pending);
    return VALUE_ERROR;
}

// Imports one module whose parent package (VALUE_ABSENT for a top-level one) is imported already.
static Value import_one(Thread *thread, Value name, Value leaf, Value parent, Value parent_name) {
    Value module = dict_find_str(thread, loaded_modules(thread), name);
    if (!value_is_absent(module))
        return value_is_none(module) ? raise_halted(thread, name) : module;
    Value folders = sys_get(thread, "path");
    if (!value_is_absent(parent)) {
        folders = object_find_attribute(thread, parent, NAMES(thread)->__path__);
        if (value_is_error(folders)) return folders;
        if (value_is_absent(folders)) return raise_not_found(thread, name, parent_name);
    } else {
        module = make_native(thread, name);
        if (value_is_error(module)) return module;
        if (!value_is_absent(module))
            return dict_set(thread, loaded_modules(thread), name, module) ? module : VALUE_ERROR;
    }
    Location location;
    if (value_is_absent(folders)) return raise_not_found(thread, name, VALUE_ABSENT);
    if (!locate(thread, folders, leaf, &location)) return VALUE_ERROR;
    if (value_is_absent(location.path)) return raise_not_found(thread, name, VALUE_ABSENT);
    module = load_file(thread, name, &location);
    if (value_is_error(module) || value_is_absent(parent)) return module;
    Value attribute = str_intern(thread, leaf);
    if (value_is_error(attribute) || !object_set_attribute(thread, parent, attribute, module))
        return VALUE_ERROR;
    return module;
}

// Imports a dotted name part by part; *top gets the first part's module.
static Value import_dotted(Thread *thread, Value name, Value *top) {
    const Str *text = value_as_str(name);
    Value parent = VALUE_ABSENT, parent_name = VALUE_ABSENT;
    for (size_t start = 0; start <= text->length;) {
        size_t end = start;
        while (end < text->length && str_at(text, end) != '.') end++;
        Value leaf = str_substring(thread, name, start, end),
              full = str_substring(thread, name, 0, end);
        if (value_is_error(leaf) || value_is_error(full)) return VALUE_ERROR;
        full = str_intern(thread, full);
        if (value_is_error(full)) return full;
        Value module = import_one(thread, full, leaf, parent, parent_name);
        if (value_is_error(module)) return module;
        if (start == 0) *top = module;
        parent = module;
        parent_name = full;
        start = end + 1;
    }
    return parent;
}

Value import_module(Thread *thread, Value name) {
    Value top;
    return import_dotted(thread, name, &top);
}

// The package that a module's relative imports start from: __package__, or what __name__ says.
static Value parent_package(Thread *thread, Dict *globals) {
    Value package = dict_find_str(thread, globals, NAMES(thread)->__package__);
    if (value_is_str(package)) return package;
    Value name = dict_find_str(thread, globals, NAMES(thread)->__name__);
    if (!value_is_str(name)) return NAMES(thread)->empty;
    if (!value_is_absent(dict_find_str(thread, globals, NAMES(thread)->__path__))) return name;
    size_t dot = value_as_str(name)->length;
    while (dot > 0 && str_at(value_as_str(name), dot - 1) != '.') dot--;
    return dot ? str_substring(thread, name, 0, dot - 1) : NAMES(thread)->empty;
}

// The absolute name of a relative import (PEP 328), from the importing module's __package__.
static Value resolve_relative(Thread *thread, Value name, Value globals, int64_t level) {
    Value package = value_is_dict(globals) ? parent_package(thread, value_as_dict(globals))
                                           : NAMES(thread)->empty;
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

// `from package import name` also imports submodules that are no attributes yet.
static bool import_from_list(Thread *thread, Value module, Value full_name, Value from_list) {
    Value path = object_find_attribute(thread, module, NAMES(thread)->__path__);
    if (value_is_absent(path)) return true;
    if (value_is_error(path)) return false;
    Value names = object_to_list(thread, from_list);
    if (value_is_error(names)) return false;
    for (size_t i = 0; i < value_as_list(names)->length; i++) {
        Value name = value_as_list(names)->items->items[i];
        if (!value_is_str(name)) {
            raise_type_error(thread, "Item in ``from list'' must be str, not %T", name);
            return false;
        }
        if (str_equals_c(value_as_str(name), "*")) {
            Value all = object_find_attribute(thread, module, NAMES(thread)->__all__);
            if (value_is_error(all)) return false;
            if (!value_is_absent(all) && !import_from_list(thread, module, full_name, all))
                return false;
            continue;
        }
        Value attribute = object_find_attribute(thread, module, name);
        if (value_is_error(attribute)) return false;
        if (!value_is_absent(attribute)) continue;
        Value submodule = str_format(thread, "%U.%U", full_name, name);
        if (value_is_error(submodule)) return false;
        submodule = import_module(thread, submodule);
        if (value_is_error(submodule) && !error_clear_if(thread, &exception_ModuleNotFoundError))
            return false;
    }
    return true;
}

Value builtin_import(Thread *thread, Value *args, int count) {
    (void)count;
    Value name = args[0], globals = args[1], from_list = args[3];
    int64_t level = 0;
    if (!value_is_str(name)) return raise_type_error(thread, "module name must be a string");
    if (!value_is_absent(args[4]) && !object_as_int64(thread, args[4], &level)) return VALUE_ERROR;
    if (level < 0) return raise_value_error(thread, "level must be >= 0");
    if (level > 0)
        name = resolve_relative(thread, name, globals, level);
    else if (value_as_str(name)->length == 0)
        return raise_value_error(thread, "Empty module name");
    if (value_is_error(name)) return name;
    Value top = VALUE_ABSENT;
    Value leaf = import_dotted(thread, name, &top);
    if (value_is_error(leaf)) return leaf;
    int has_names = value_is_absent(from_list) ? 0 : object_is_true(thread, from_list);
    if (has_names < 0) return VALUE_ERROR;
    if (has_names) return import_from_list(thread, leaf, name, from_list) ? leaf : VALUE_ERROR;
    // Without names the first part is bound; a relative import always names some.
    return level == 0 ? top : leaf;
}

Value import_main_namespace(Thread *thread, const char *filename) {
    Value module = module_new(thread, NAMES(thread)->name_main);
    if (value_is_error(module)) return module;
    Value builtins = dict_find_str(thread, loaded_modules(thread), NAMES(thread)->builtins);
    bool made = dict_set(thread, loaded_modules(thread), NAMES(thread)->name_main, module) &&
                module_set(thread, module, "__builtins__", builtins) &&
                module_set(thread, module, "__annotations__", dict_new(thread)) &&
                module_set(thread, module, "__doc__", VALUE_NONE) &&
                module_set(thread, module, "__package__", VALUE_NONE) &&
                module_set(thread, module, "__spec__", VALUE_NONE);
    if (made && filename) {
        Value file = str_decode_utf8(thread, filename, strlen(filename), "surrogateescape");
        made = !value_is_error(file) && module_set(thread, module, "__file__", file);
    }
    return made ? ((Module *)value_as_object(module))->dict : VALUE_ERROR;
}
