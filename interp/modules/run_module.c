// run_module.c — `krait -m MODULE` and `krait DIRECTORY`, as CPython's runpy does them; running and
// writing .pyc files.
//
// The module is looked for like an imported one, but its code runs in the namespace of __main__,
// with the module's spec. What keeps it from being found is told in one line on stderr.
#include "include/krait.h"
#include "modules/import_internal.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/str.h"
#include <errno.h>

static Thread *thread_of(KraitRuntime *runtime) { return ((Runtime *)runtime)->main_thread; }

static Value decode_name(Thread *thread, const char *text) {
    return str_decode_utf8(thread, text, strlen(text), "surrogateescape");
}

static int run_in(Thread *thread, Value globals, Value code) {
    Value result =
        value_is_error(globals) || value_is_error(code)
            ? VALUE_ERROR
            : eval_code(thread, value_as_code(code), value_as_dict(globals), VALUE_ABSENT);
    return value_is_error(result) ? -1 : 0;
}

int krait_is_bytecode(const char *filename, const void *data, size_t size) {
    size_t length = strlen(filename);
    if (length >= 4 && strcmp(filename + length - 4, ".pyc") == 0) return 1;
    return size >= PYC_MAGIC_SIZE && memcmp(data, pyc_magic, PYC_MAGIC_SIZE) == 0;
}

static Value load_bytecode(Thread *thread, const void *data, size_t size, Value path) {
    PycHeader header;
    Value name = NAMES(thread)->name_main, code = VALUE_ERROR;
    if (size < PYC_MAGIC_SIZE || memcmp(data, pyc_magic, PYC_MAGIC_SIZE) != 0)
        raise_error(thread, &exception_RuntimeError, "Bad magic number in .pyc file");
    else if (size < PYC_HEADER_SIZE)
        raise_error(thread, &exception_EOFError, "EOF read where not expected");
    else if (pyc_read_header(thread, data, size, name, path, &header))
        code = pyc_read_code(thread, data, size, name, path, VALUE_ABSENT);
    if (value_is_error(code) && error_clear_if(thread, &exception_ImportError))
        raise_error(thread, &exception_RuntimeError, "Bad code object in .pyc file");
    return code;
}

KraitHandle *krait_load_bytecode(KraitRuntime *runtime, const void *data, size_t size,
                                 const char *filename) {
    Thread *thread = thread_of(runtime);
    Value path = decode_name(thread, filename);
    Value code = value_is_error(path) ? path : load_bytecode(thread, data, size, path);
    if (value_is_error(code)) return NULL;
    Handle *handle = handle_new(thread->heap, code);
    if (!handle) raise_memory_error(thread);
    return (KraitHandle *)handle;
}

int krait_run_bytecode(KraitRuntime *runtime, const void *data, size_t size, const char *filename) {
    Thread *thread = thread_of(runtime);
    Value path = decode_name(thread, filename);
    Value globals = value_is_error(path) ? path : import_main_namespace(thread, filename, true);
    if (value_is_error(globals)) return -1;
    return run_in(thread, globals, load_bytecode(thread, data, size, path));
}

// -m

// Ends the program with "EXECUTABLE: MESSAGE", as SystemExit.
static Value refuse(Thread *thread, Value message) {
    if (value_is_error(message)) return message;
    Value executable = sys_get(thread, "executable");
    Value text = str_format(thread, "%S: %U", value_is_absent(executable) ? VALUE_NONE : executable,
                            message);
    Value exit = value_is_error(text)
                     ? text
                     : object_call1(thread, value_from_type(&exception_SystemExit), text);
    return value_is_error(exit) ? exit : raise_value(thread, exit);
}

// Puts the pending error's words into a refusal.
static Value refuse_pending(Thread *thread, Value name) {
    Value error = error_take(thread);
    Value text = str_format(thread, "Error while finding module specification for %R (%T: %S)",
                            name, error, error);
    if (value_is_error(text)) return text;
    const Str *str = value_as_str(name);
    if (str->length > 3) {
        Value end = str_substring(thread, name, str->length - 3, str->length);
        Value stem = str_substring(thread, name, 0, str->length - 3);
        if (value_is_error(end) || value_is_error(stem)) return VALUE_ERROR;
        if (str_equals_c(value_as_str(end), ".py"))
            text = str_format(thread, "%U. Try using '%U' instead of '%U' as the module name.",
                              text, stem, name);
    }
    return refuse(thread, text);
}

static bool is_find_error(Thread *thread) {
    static const Type *const types[] = {&exception_ImportError, &exception_AttributeError,
                                        &exception_TypeError, &exception_ValueError};
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (error_matches(thread, types[i])) return true;
    return false;
}

// The module's spec, its packages imported; VALUE_NONE: none.
static Value find_spec(Thread *thread, Value name) {
    Value parent_name = name_parent(thread, name);
    if (value_is_error(parent_name)) return parent_name;
    if (value_as_str(parent_name)->length == 0) return import_find_spec(thread, name, VALUE_NONE);
    Value parent = import_module(thread, parent_name);
    if (value_is_error(parent)) return parent;
    Value path = object_find_attribute(thread, parent, NAMES(thread)->__path__);
    if (!value_is_absent(path))
        return value_is_error(path) ? path : import_find_spec(thread, name, path);
    return raise_import_error(thread, &exception_ModuleNotFoundError, name, VALUE_ABSENT,
                              "__path__ attribute not found on %R while trying to find %R",
                              parent_name, name);
}

static bool warn_if_loaded(Thread *thread, Value name) {
    Value package = name_parent(thread, name);
    if (value_is_error(package)) return false;
    Value loaded = dict_find(thread, value_as_dict(thread->runtime->modules), name);
    if (value_is_error(loaded)) return false;
    if (value_is_absent(loaded) || value_is_none(loaded) || value_as_str(package)->length == 0)
        return true;
    Value path = object_find_attribute(thread, loaded, NAMES(thread)->__path__);
    if (!value_is_absent(path)) return !value_is_error(path);
    return warn(thread, &exception_RuntimeWarning,
                "%R found in sys.modules after import of package %R, but prior to execution of "
                "%R; this may result in unpredictable behaviour",
                name, package, name);
}

// The spec of what runs for a name: that of NAME.__main__ if NAME is a package. VALUE_ERROR with
// the refusal pending.
static Value find_runnable(Thread *thread, Value name) {
    Value spec = find_spec(thread, name);
    if (value_is_error(spec))
        return is_find_error(thread) ? refuse_pending(thread, name) : VALUE_ERROR;
    if (!warn_if_loaded(thread, name)) return VALUE_ERROR;
    if (value_is_none(spec)) return refuse(thread, str_format(thread, "No module named %U", name));
    Value locations = attribute_get(thread, spec, "submodule_search_locations");
    Value leaf = value_is_error(locations) ? locations : name_leaf(thread, name);
    if (value_is_error(leaf) || value_is_none(locations)) return value_is_error(leaf) ? leaf : spec;
    if (str_equals_c(value_as_str(leaf), "__main__"))
        return refuse(thread, str_from_c(thread, "Cannot use package as __main__ module"));
    Value main_name = str_format(thread, "%U.__main__", name);
    spec = value_is_error(main_name) ? main_name : find_spec(thread, main_name);
    if (value_is_none(spec))
        return refuse(
            thread,
            str_format(thread,
                       "No module named %U; %R is a package and cannot be directly executed",
                       main_name, name));
    if (value_is_error(spec) && is_find_error(thread)) return refuse_pending(thread, main_name);
    return spec;
}

static Value get_code(Thread *thread, Value spec, Value *loader) {
    Value name = attribute_get(thread, spec, "name");
    *loader = value_is_error(name) ? name : attribute_get(thread, spec, "loader");
    if (value_is_error(*loader)) return VALUE_ERROR;
    if (value_is_none(*loader))
        return refuse(thread,
                      str_format(thread, "%R is a namespace package and cannot be executed", name));
    Value method = attribute_get(thread, *loader, "get_code");
    Value code = value_is_error(method) ? method : object_call1(thread, method, name);
    if (value_is_error(code) && error_matches(thread, &exception_ImportError)) {
        Value error = error_take(thread);
        return refuse(thread, str_format(thread, "%S", error));
    }
    if (value_is_error(code) || value_is_code(code)) return code;
    return refuse(thread, str_format(thread, "No code object available for %U", name));
}

static bool fill_main(Thread *thread, Value globals, Value spec, Value loader) {
    Dict *dict = value_as_dict(globals);
    Value origin = attribute_get(thread, spec, "origin");
    Value cached = value_is_error(origin) ? origin : attribute_get(thread, spec, "cached");
    Value parent = value_is_error(cached) ? cached : attribute_get(thread, spec, "parent");
    return !value_is_error(parent) && dict_set(thread, dict, NAMES(thread)->__file__, origin) &&
           dict_set(thread, dict, NAMES(thread)->__cached__, cached) &&
           dict_set(thread, dict, NAMES(thread)->__package__, parent) &&
           dict_set(thread, dict, NAMES(thread)->__loader__, loader) &&
           dict_set(thread, dict, NAMES(thread)->__spec__, spec);
}

// sys.argv[0] is the file that runs.
static bool set_first_argument(Thread *thread, Value spec) {
    Value origin = attribute_get(thread, spec, "origin"), arguments = sys_get(thread, "argv");
    if (value_is_error(origin)) return false;
    if (!value_is_list(arguments) || value_as_list(arguments)->length == 0) return true;
    List *list = value_as_list(arguments);
    object_store(thread->heap, list->items, &list->items->items[0], origin);
    return true;
}

static int run_spec(Thread *thread, Value globals, Value spec, bool change_arguments) {
    Value loader, code = get_code(thread, spec, &loader);
    if (value_is_error(code) || !fill_main(thread, globals, spec, loader) ||
        (change_arguments && !set_first_argument(thread, spec)))
        return -1;
    return run_in(thread, globals, code);
}

int krait_run_module(KraitRuntime *runtime, const char *name) {
    Thread *thread = thread_of(runtime);
    Value text = decode_name(thread, name);
    Value globals = value_is_error(text) ? text : import_main_namespace(thread, NULL, false);
    if (value_is_error(globals)) return -1;
    Value spec = name[0] == '.'
                     ? refuse(thread, str_from_c(thread, "Relative module names not supported"))
                     : find_runnable(thread, text);
    return value_is_error(spec) ? -1 : run_spec(thread, globals, spec, true);
}

int krait_run_directory(KraitRuntime *runtime, const char *directory) {
    Thread *thread = thread_of(runtime);
    Value path = decode_name(thread, directory);
    Value folders = value_is_error(path) ? path : list_from_values(thread, &path, 1);
    Value globals = value_is_error(folders) ? folders : import_main_namespace(thread, NULL, false);
    Value spec = value_is_error(globals)
                     ? globals
                     : path_find_spec(thread, NAMES(thread)->name_main, folders);
    if (value_is_error(spec)) return -1;
    if (value_is_none(spec)) {
        refuse(thread, str_format(thread, "can't find '__main__' module in %R", path));
        return -1;
    }
    return run_spec(thread, globals, spec, false);
}

int krait_write_bytecode(KraitRuntime *runtime, const char *filename, KraitValidation validation) {
    Thread *thread = thread_of(runtime);
    Value path = decode_name(thread, filename);
    PycHeader header = {.hash_based = validation != KRAIT_VALIDATE_TIMESTAMP,
                        .check_source = validation == KRAIT_VALIDATE_HASH};
    return value_is_error(path) || value_is_error(source_compile_to_cache(thread, path, header))
               ? -1
               : 0;
}
