// imp.c — the module _imp: what importlib asks the interpreter for.
//
// There are no frozen modules and no extension modules, and one thread imports at a time, so the
// import lock is only counted.
#include "modules/import_internal.h"
#include "objects/bytes.h"
#include "objects/list.h"
#include "objects/str.h"

static bool check_name(Thread *thread, Value name, const char *function) {
    if (value_is_str(name)) return true;
    raise_type_error(thread, "%s() argument must be str, not %T", function, name);
    return false;
}

static Value imp_py_lock_held(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return value_from_bool(thread->runtime->import_locks > 0);
}

static Value imp_py_acquire_lock(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    thread->runtime->import_locks++;
    return VALUE_NONE;
}

static Value imp_py_release_lock(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    if (thread->runtime->import_locks == 0)
        return raise_error(thread, &exception_RuntimeError, "not holding the import lock");
    thread->runtime->import_locks--;
    return VALUE_NONE;
}

static Value imp_py_extension_suffixes(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return list_new(thread, 0);
}

// 1: exists and can be made anew; -1: exists once; 0: no such module.
static Value imp_py_is_builtin(Thread *thread, Value *args, int count) {
    (void)count;
    if (!check_name(thread, args[0], "is_builtin")) return VALUE_ERROR;
    const Str *name = value_as_str(args[0]);
    if (str_equals_c(name, "sys") || str_equals_c(name, "builtins")) return value_from_fixnum(-1);
    return value_from_fixnum(native_module_exists(args[0]));
}

static Value imp_py_create_builtin(Thread *thread, Value *args, int count) {
    (void)count;
    Value name = attribute_get(thread, args[0], "name");
    if (value_is_error(name)) return name;
    if (!value_is_str(name)) return raise_type_error(thread, "name must be string, not %T", name);
    Value module = native_module_make(thread, name);
    return value_is_absent(module) ? VALUE_NONE : module;
}

static Value return_zero(Thread *thread, Value *args, int count) {
    (void)thread;
    (void)args;
    (void)count;
    return value_from_fixnum(0);
}

static Value imp_py_is_frozen(Thread *thread, Value *args, int count) {
    (void)count;
    return check_name(thread, args[0], "is_frozen") ? VALUE_FALSE : VALUE_ERROR;
}

static Value imp_py_find_frozen(Thread *thread, Value *args, int count) {
    (void)count;
    return check_name(thread, args[0], "find_frozen") ? VALUE_NONE : VALUE_ERROR;
}

static Value imp_py_raise_not_frozen(Thread *thread, Value *args, int count) {
    (void)count;
    if (!check_name(thread, args[0], "get_frozen_object")) return VALUE_ERROR;
    return raise_import_error(thread, &exception_ImportError, args[0], VALUE_ABSENT,
                              "No such frozen object named %R", args[0]);
}

static Value imp_py_frozen_module_names(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return list_new(thread, 0);
}

static Value imp_py_source_hash(Thread *thread, Value *args, int count) {
    (void)count;
    int64_t key;
    const unsigned char *data;
    size_t size;
    if (!object_as_int64(thread, args[0], &key)) return VALUE_ERROR;
    if (!bytes_view(args[1], &data, &size))
        return raise_type_error(thread, "a bytes-like object is required, not '%T'", args[1]);
    unsigned char hash[PYC_HASH_SIZE];
    pyc_hash(key, data, size, hash);
    return bytes_new(thread, hash, sizeof hash);
}

static Value imp_py_fix_co_filename(Thread *thread, Value *args, int count) {
    (void)count;
    if (!value_is_code(args[0]))
        return raise_type_error(thread, "_fix_co_filename() argument 1 must be code, not %T",
                                args[0]);
    if (!value_is_str(args[1]))
        return raise_type_error(thread, "_fix_co_filename() argument 2 must be str, not %T",
                                args[1]);
    code_set_filename(thread, value_as_code(args[0]), args[1]);
    return VALUE_NONE;
}

static const MethodRow functions[] = {
    {"extension_suffixes", imp_py_extension_suffixes, "",
     "Returns the list of file suffixes used to identify extension modules.", 0},
    {"lock_held", imp_py_lock_held, "", "Return True if the import lock is currently held.", 0},
    {"acquire_lock", imp_py_acquire_lock, "", "Acquires the interpreter's import lock.", 0},
    {"release_lock", imp_py_release_lock, "", "Release the interpreter's import lock.", 0},
    {"find_frozen", imp_py_find_frozen, "name, /, *, withdata=False",
     "Return info about the corresponding frozen module (if there is one) or None.", 0},
    {"get_frozen_object", imp_py_raise_not_frozen, "name, data=None, /",
     "Create a code object for a frozen module.", 0},
    {"is_frozen_package", imp_py_raise_not_frozen, "name, /",
     "Returns True if the module name is of a frozen package.", 0},
    {"create_builtin", imp_py_create_builtin, "spec, /", "Create an extension module.", 0},
    {"init_frozen", imp_py_find_frozen, "name, /", "Initializes a frozen module.", 0},
    {"is_builtin", imp_py_is_builtin, "name, /",
     "Returns True if the module name corresponds to a built-in module.", 0},
    {"is_frozen", imp_py_is_frozen, "name, /",
     "Returns True if the module name corresponds to a frozen module.", 0},
    {"_frozen_module_names", imp_py_frozen_module_names, "",
     "Returns the list of available frozen modules.", 0},
    {"exec_builtin", return_zero, "mod, /", "Initialize a built-in module.", 0},
    {"_fix_co_filename", imp_py_fix_co_filename, "code, path, /",
     "Changes code.co_filename to specify the passed-in file path.", 0},
    {"source_hash", imp_py_source_hash, "key, source", NULL, 0},
    {NULL, NULL, NULL, NULL, 0},
};

Value imp_module_new(Thread *thread) {
    Value module = native_module_new(
        thread, "_imp", "(Extremely) low-level import machinery bits as used by importlib.",
        functions);
    Value check = str_intern_c(thread, "default");
    if (value_is_error(module) || value_is_error(check) ||
        !module_set(thread, module, "check_hash_based_pycs", check))
        return VALUE_ERROR;
    return module;
}
