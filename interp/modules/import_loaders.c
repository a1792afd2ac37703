// import_loaders.c — what makes and executes modules: BuiltinImporter (which finds them too),
// SourceFileLoader, SourcelessFileLoader and NamespaceLoader.
//
// A file's loader has `name` and `path` in its __dict__, a namespace's `_path`, as in importlib.
#include "compiler/compile.h"
#include "compiler/source_text.h"
#include "modules/import_internal.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/native.h"
#include "objects/str.h"
#include <errno.h>
#include <stdlib.h>

typedef struct {
    Object header;
    Value dict;
} Loader;

bool native_module_exists(Value name) {
    const Str *text = value_as_str(name);
    if (str_equals_c(text, "sys") || str_equals_c(text, "builtins")) return true;
    for (const NativeModule *row = native_modules; row->name; row++)
        if (str_equals_c(text, row->name)) return true;
    return false;
}

// sys and builtins exist once: who asks for them again gets the namespace that there is.
static Value remake_first_module(Thread *thread, Value name) {
    bool is_sys = str_equals_c(value_as_str(name), "sys");
    Value module = module_new(thread, name);
    if (value_is_error(module)) return module;
    Value dict = is_sys ? thread->runtime->sys_dict : thread->runtime->builtins;
    Module *object = (Module *)value_as_object(module);
    object_store(thread->heap, object, &object->dict, dict);
    return module;
}

Value native_module_make(Thread *thread, Value name) {
    if (!native_module_exists(name)) return VALUE_ABSENT;
    for (const NativeModule *row = native_modules; row->name; row++)
        if (str_equals_c(value_as_str(name), row->name)) return row->make(thread);
    return remake_first_module(thread, name);
}

bool module_execute(Thread *thread, Value module, Value code) {
    Value namespace = object_get_attribute(thread, module, NAMES(thread)->__dict__);
    if (value_is_error(namespace)) return false;
    if (!value_is_dict(namespace)) {
        raise_type_error(thread, "exec() globals must be a dict, not %T", namespace);
        return false;
    }
    Dict *globals = value_as_dict(namespace);
    Value builtins = dict_find_str(thread, globals, NAMES(thread)->__builtins__);
    if (value_is_absent(builtins) &&
        !dict_set(thread, globals, NAMES(thread)->__builtins__, thread->runtime->builtins))
        return false;
    return !value_is_error(eval_code(thread, value_as_code(code), globals, VALUE_ABSENT));
}

// BuiltinImporter: only class methods, called on the class.

static Value importer_py_find_spec(Thread *thread, Value *args, int count) {
    (void)count;
    if (!value_is_str(args[1]))
        return raise_type_error(thread, "is_builtin() argument must be str, not %T", args[1]);
    if (!native_module_exists(args[1])) return VALUE_NONE;
    Value origin = str_intern_c(thread, "built-in");
    if (value_is_error(origin)) return origin;
    return spec_new(thread, args[1], value_from_type(&builtin_importer_type), origin, VALUE_NONE,
                    false);
}

static Value raise_not_builtin(Thread *thread, Value name) {
    return raise_import_error(thread, &exception_ImportError, name, VALUE_ABSENT,
                              "%R is not a built-in module", name);
}

static Value importer_py_create_module(Thread *thread, Value *args, int count) {
    (void)count;
    Value name = attribute_get(thread, args[1], "name");
    if (value_is_error(name)) return name;
    if (!value_is_str(name)) return raise_type_error(thread, "name must be string, not %T", name);
    Value module = native_module_make(thread, name);
    return value_is_absent(module) ? raise_not_builtin(thread, name) : module;
}

static Value return_none(Thread *thread, Value *args, int count) {
    (void)thread;
    (void)args;
    (void)count;
    return VALUE_NONE;
}

static bool check_builtin(Thread *thread, Value name) {
    if (value_is_str(name) && native_module_exists(name)) return true;
    raise_not_builtin(thread, name);
    return false;
}

static Value importer_py_get_code(Thread *thread, Value *args, int count) {
    (void)count;
    return check_builtin(thread, args[1]) ? VALUE_NONE : VALUE_ERROR;
}

static Value importer_py_is_package(Thread *thread, Value *args, int count) {
    (void)count;
    return check_builtin(thread, args[1]) ? VALUE_FALSE : VALUE_ERROR;
}

static const MethodRow importer_methods[] = {
    {"find_spec", importer_py_find_spec, "cls, fullname, path=None, target=None", NULL,
     METHOD_CLASS},
    {"create_module", importer_py_create_module, "cls, spec", "Create a built-in module.",
     METHOD_CLASS},
    {"exec_module", return_none, "cls, module", "Exec a built-in module.", METHOD_CLASS},
    {"get_code", importer_py_get_code, "cls, fullname",
     "Return None as built-in modules do not have code objects.", METHOD_CLASS},
    {"get_source", importer_py_get_code, "cls, fullname",
     "Return None as built-in modules do not have source code.", METHOD_CLASS},
    {"is_package", importer_py_is_package, "cls, fullname",
     "Return False as built-in modules are never packages.", METHOD_CLASS},
    {NULL, NULL, NULL, NULL, 0},
};

// Loaders of files.

static Value make_loader(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)args;
    (void)count;
    (void)names;
    Object *object = type_allocate(thread, type, 0);
    return object ? value_from_object(object) : VALUE_ERROR;
}

Value loader_new(Thread *thread, Type *type, Value name, Value path) {
    Value loader = make_loader(thread, type, NULL, 0, VALUE_ABSENT);
    if (value_is_error(loader)) return loader;
    bool set = type == &namespace_loader_type ? attribute_set(thread, loader, "_path", path)
                                              : attribute_set(thread, loader, "name", name) &&
                                                    attribute_set(thread, loader, "path", path);
    return set ? loader : VALUE_ERROR;
}

static bool initialize_loader(Thread *thread, Value self, Value *args, int count, Value names) {
    Value given[2];
    return arguments_bind(thread, "FileLoader.__init__", "fullname, path", args, count, names,
                          given) &&
           attribute_set(thread, self, "name", given[0]) &&
           attribute_set(thread, self, "path", given[1]);
}

// The name that a method was given must be the loader's, or absent or None.
static bool check_name(Thread *thread, Value self, Value given, Value *name) {
    *name = attribute_get(thread, self, "name");
    if (value_is_error(*name)) return false;
    if (value_is_absent(given) || value_is_none(given)) return true;
    int equal = object_equal(thread, given, *name);
    if (equal == 0)
        raise_import_error(thread, &exception_ImportError, given, VALUE_ABSENT,
                           "loader for %S cannot handle %S", *name, given);
    return equal > 0;
}

static bool get_path(Thread *thread, Value self, Value *path) {
    *path = attribute_get(thread, self, "path");
    if (value_is_error(*path)) return false;
    if (value_is_str(*path)) return true;
    raise_type_error(thread, "expected str, bytes or os.PathLike object, not %T", *path);
    return false;
}

static Value loader_code(Thread *thread, Value self, Value fullname) {
    Value name, path;
    if (!check_name(thread, self, VALUE_ABSENT, &name) || !get_path(thread, self, &path))
        return VALUE_ERROR;
    bool has_source = type_is_subtype(type_of(self), &source_loader_type);
    return has_source ? source_code_get(thread, fullname, path)
                      : bytecode_code_get(thread, fullname, path);
}

static Value loader_py_get_code(Thread *thread, Value *args, int count) {
    (void)count;
    return loader_code(thread, args[0], args[1]);
}

static Value loader_py_exec_module(Thread *thread, Value *args, int count) {
    (void)count;
    Value name = object_get_attribute(thread, args[1], NAMES(thread)->__name__);
    if (value_is_error(name)) return name;
    Value code = loader_code(thread, args[0], name);
    return !value_is_error(code) && module_execute(thread, args[1], code) ? VALUE_NONE
                                                                          : VALUE_ERROR;
}

static Value loader_py_get_filename(Thread *thread, Value *args, int count) {
    (void)count;
    Value name;
    if (!check_name(thread, args[0], args[1], &name)) return VALUE_ERROR;
    return attribute_get(thread, args[0], "path");
}

static Value loader_py_is_package(Thread *thread, Value *args, int count) {
    (void)count;
    Value name, path;
    if (!check_name(thread, args[0], args[1], &name) || !get_path(thread, args[0], &path))
        return VALUE_ERROR;
    Value leaf = value_is_str(args[1]) ? name_leaf(thread, args[1]) : NAMES(thread)->empty;
    size_t size;
    const char *text = value_is_error(leaf) ? NULL : str_as_utf8_lossy(thread, path, &size);
    if (!text) return VALUE_ERROR;
    const char *slash = strrchr(text, '/'), *file = slash ? slash + 1 : text;
    bool is_init = strncmp(file, "__init__.", 9) == 0 && !strchr(file + 9, '.');
    return value_from_bool(is_init && !str_equals_c(value_as_str(leaf), "__init__"));
}

static Value read_data(Thread *thread, Value path) {
    if (!value_is_str(path))
        return raise_type_error(thread, "expected str, bytes or os.PathLike object, not %T", path);
    const char *system_path = path_encode(thread, path);
    if (!system_path) return VALUE_ERROR;
    size_t size;
    char *data = file_read(system_path, &size);
    if (!data) return raise_os_error(thread, errno, path);
    Value bytes = bytes_new(thread, data, size);
    free(data);
    return bytes;
}

static Value loader_py_get_data(Thread *thread, Value *args, int count) {
    (void)count;
    return read_data(thread, args[1]);
}

// The text as Python reads it: decoded as it declares, line ends translated.
static Value decode_source(Thread *thread, const Bytes *data) {
    Arena arena = {0};
    AstContext context = {.thread = thread, .arena = &arena, .keep = VALUE_ABSENT};
    SourceText text;
    SyntaxProblem problem = {0};
    Value source;
    if (source_text_decode(&context, (const char *)data->data, data->length, 0, "<string>", &text,
                           &problem))
        source = str_from_utf8(thread, text.bytes, text.size);
    else if (error_is_pending(thread))
        source = VALUE_ERROR;
    else
        source = raise_error(thread, &exception_SyntaxError, "%s", problem.message);
    arena_free_all(&arena);
    return source;
}

static Value loader_py_get_source(Thread *thread, Value *args, int count) {
    (void)count;
    Value name, path;
    if (!check_name(thread, args[0], args[1], &name) || !get_path(thread, args[0], &path))
        return VALUE_ERROR;
    Value bytes = read_data(thread, path);
    if (value_is_error(bytes)) {
        if (error_matches(thread, &exception_OSError))
            raise_from_pending(thread, &exception_ImportError,
                               "source not available through get_data()");
        return VALUE_ERROR;
    }
    return decode_source(thread, value_as_bytes(bytes));
}

static Value loader_py_source_to_code(Thread *thread, Value *args, int count) {
    (void)count;
    int64_t optimize = -1;
    if (!value_is_absent(args[3]) && !object_as_int64(thread, args[3], &optimize))
        return VALUE_ERROR;
    const unsigned char *data;
    size_t size;
    if (!bytes_view(args[1], &data, &size) || !value_is_str(args[2]))
        return raise_type_error(thread, "source_to_code() wants bytes and the path of their file");
    Value copy = bytes_new(thread, data, size);
    if (value_is_error(copy)) return copy;
    return compile_source(thread, (const char *)value_as_bytes(copy)->data, size, args[2],
                          COMPILE_EXEC, 0, (int)optimize);
}

static Value compare_loaders(Thread *thread, Value self, Value other, CompareOperator op) {
    if ((op != COMPARE_EQ && op != COMPARE_NE) || type_of(self) != type_of(other))
        return VALUE_NOT_IMPLEMENTED;
    Value mine = instance_dict(thread, value_as_object(self));
    Value others = value_is_error(mine) ? mine : instance_dict(thread, value_as_object(other));
    return value_is_error(others) ? others : object_compare(thread, mine, others, op);
}

static bool hash_loader(Thread *thread, Value self, int64_t *hash) {
    Value name = attribute_get(thread, self, "name");
    Value path = value_is_error(name) ? name : attribute_get(thread, self, "path");
    int64_t name_hash, path_hash;
    if (value_is_error(path) || !object_hash(thread, name, &name_hash) ||
        !object_hash(thread, path, &path_hash))
        return false;
    *hash = name_hash ^ path_hash;
    if (*hash == -1) *hash = -2;
    return true;
}

#define LOADER_METHODS                                                                             \
    {"create_module", return_none, "self, spec", "Use default semantics for module creation.",     \
     METHOD_INSTANCE},                                                                             \
        {"exec_module", loader_py_exec_module, "self, module", "Execute the module.",              \
         METHOD_INSTANCE},                                                                         \
        {"get_code", loader_py_get_code, "self, fullname", NULL, METHOD_INSTANCE},                 \
        {"get_filename", loader_py_get_filename, "self, name=None",                                \
         "Return the path to the source file as found by the finder.", METHOD_INSTANCE},           \
        {"is_package", loader_py_is_package, "self, fullname", NULL, METHOD_INSTANCE}, {           \
        "get_data", loader_py_get_data, "self, path", "Return the data from path as raw bytes.",   \
            METHOD_INSTANCE                                                                        \
    }

static const MethodRow source_loader_methods[] = {
    LOADER_METHODS,
    {"get_source", loader_py_get_source, "self, fullname", NULL, METHOD_INSTANCE},
    {"source_to_code", loader_py_source_to_code, "self, data, path, *, _optimization=-1",
     "Return the code object compiled from source.", METHOD_INSTANCE},
    {NULL, NULL, NULL, NULL, 0},
};

static Value loader_py_no_source(Thread *thread, Value *args, int count) {
    (void)count;
    Value name;
    return check_name(thread, args[0], args[1], &name) ? VALUE_NONE : VALUE_ERROR;
}

static const MethodRow sourceless_loader_methods[] = {
    LOADER_METHODS,
    {"get_source", loader_py_no_source, "self, fullname", "Return None as there is no source code.",
     METHOD_INSTANCE},
    {NULL, NULL, NULL, NULL, 0},
};

// Loaders of namespace packages.

static bool initialize_namespace(Thread *thread, Value self, Value *args, int count, Value names) {
    Value given[3];
    return arguments_bind(thread, "NamespaceLoader.__init__", "name, path, path_finder", args,
                          count, names, given) &&
           attribute_set(thread, self, "_path", given[1]);
}

static Value namespace_py_is_package(Thread *thread, Value *args, int count) {
    (void)thread;
    (void)args;
    (void)count;
    return VALUE_TRUE;
}

static Value namespace_py_get_source(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return NAMES(thread)->empty;
}

static Value namespace_py_get_code(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return compile_source(thread, "", 0, NAMES(thread)->angle_string, COMPILE_EXEC, 0, -1);
}

static const MethodRow namespace_loader_methods[] = {
    {"is_package", namespace_py_is_package, "self, fullname", NULL, METHOD_INSTANCE},
    {"get_source", namespace_py_get_source, "self, fullname", NULL, METHOD_INSTANCE},
    {"get_code", namespace_py_get_code, "self, fullname", NULL, METHOD_INSTANCE},
    {"create_module", return_none, "self, spec", "Use default semantics for module creation.",
     METHOD_INSTANCE},
    {"exec_module", return_none, "self, module", NULL, METHOD_INSTANCE},
    {NULL, NULL, NULL, NULL, 0},
};

static const GetSetRow getsets[] = {
    {"__dict__", object_py_get_dict, NULL, NULL},
    {0},
};

Type builtin_importer_type = {
    TYPE_STATIC_HEADER(builtin_importer),
    .name = "_frozen_importlib.BuiltinImporter",
    .documentation = "Meta path import for built-in modules.",
    .basic_size = sizeof(Object),
    .flags = TYPE_NO_NEW,
    .methods = importer_methods,
};

#define FILE_LOADER(shape, class_name, text, rows)                                                 \
    {                                                                                              \
        TYPE_STATIC_HEADER(shape),                                                                 \
            .name = "_frozen_importlib_external." class_name, .documentation = text,               \
            .basic_size = sizeof(Loader), .extension_offset = offsetof(Loader, dict),              \
            .flags = TYPE_BASE | TYPE_DICTIONARY_INSTANCES, .methods = rows, .getsets = getsets,   \
            .make = make_loader, .initialize = initialize_loader, .compare = compare_loaders,      \
            .hash = hash_loader                                                                    \
    }

Type source_loader_type =
    FILE_LOADER(source_loader, "SourceFileLoader",
                "Loader of source files, whose bytecode is cached.", source_loader_methods);
Type sourceless_loader_type =
    FILE_LOADER(sourceless_loader, "SourcelessFileLoader",
                "Loader which handles sourceless file imports.", sourceless_loader_methods);

Type namespace_loader_type = {
    TYPE_STATIC_HEADER(namespace_loader),
    .name = "_frozen_importlib_external.NamespaceLoader",
    .basic_size = sizeof(Loader),
    .extension_offset = offsetof(Loader, dict),
    .flags = TYPE_BASE | TYPE_DICTIONARY_INSTANCES,
    .methods = namespace_loader_methods,
    .getsets = getsets,
    .make = make_loader,
    .initialize = initialize_namespace,
};
