// module.c — modules: objects whose attributes always live in a dict, with __getattr__ in it.
#include "objects/builtin_types.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/str.h"
#include "runtime/protocols.h"

static Module *as_module(Value value) { return (Module *)value_as_object(value); }

static Dict *module_dict(Value self) { return value_as_dict(as_module(self)->dict); }

static void trace_module(Marker *marker, Object *object) {
    mark_value(marker, ((Module *)object)->name);
}

static bool fill(Thread *thread, Value self, Value name, Value documentation) {
    Dict *dict = module_dict(self);
    object_store(thread->heap, as_module(self), &as_module(self)->name, name);
    return dict_set(thread, dict, NAMES(thread)->__name__, name) &&
           dict_set(thread, dict, NAMES(thread)->__doc__, documentation) &&
           dict_set(thread, dict, NAMES(thread)->__package__, VALUE_NONE) &&
           dict_set(thread, dict, NAMES(thread)->__loader__, VALUE_NONE) &&
           dict_set(thread, dict, NAMES(thread)->__spec__, VALUE_NONE);
}

static Value make_module(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)args;
    (void)count;
    (void)names;
    Value dict = dict_new(thread);
    if (value_is_error(dict)) return dict;
    Object *object = type_allocate(thread, type, 0);
    if (!object) return VALUE_ERROR;
    ((Module *)object)->dict = dict;
    return value_from_object(object);
}

Value module_new(Thread *thread, Value name) {
    Value module = make_module(thread, &module_type, NULL, 0, VALUE_ABSENT);
    return value_is_error(module) || fill(thread, module, name, VALUE_NONE) ? module : VALUE_ERROR;
}

static bool initialize_module(Thread *thread, Value self, Value *args, int count, Value names) {
    Value given[2];
    if (!arguments_bind(thread, "module", "name, doc=None", args, count, names, given))
        return false;
    if (!value_is_str(given[0])) {
        raise_type_error(thread, "module() argument 'name' must be str, not %K", given[0]);
        return false;
    }
    return fill(thread, self, given[0], value_is_absent(given[1]) ? VALUE_NONE : given[1]);
}

int module_is_initializing(Thread *thread, Value self) {
    Value spec = dict_find_str(thread, module_dict(self), NAMES(thread)->__spec__);
    if (value_is_absent(spec) || value_is_none(spec)) return 0;
    Value name = str_intern_c(thread, "_initializing");
    Value mark = value_is_error(name) ? name : object_find_attribute(thread, spec, name);
    if (value_is_error(mark)) return -1;
    return value_is_absent(mark) ? 0 : object_is_true(thread, mark);
}

// Is a submodule of that name being imported? 1, 0, -1 error.
static int is_running_submodule(Thread *thread, Value self, Value name) {
    Value spec = dict_find_str(thread, module_dict(self), NAMES(thread)->__spec__);
    if (value_is_absent(spec) || value_is_none(spec)) return 0;
    Value list_name = str_intern_c(thread, "_uninitialized_submodules");
    Value names =
        value_is_error(list_name) ? list_name : object_find_attribute(thread, spec, list_name);
    if (value_is_error(names)) return -1;
    return value_is_list(names) ? object_contains(thread, names, name) : 0;
}

static Value raise_missing(Thread *thread, Value self, Value name) {
    Value module_name = dict_find_str(thread, module_dict(self), NAMES(thread)->__name__);
    if (!value_is_str(module_name)) {
        raise_error(thread, &exception_AttributeError, "module has no attribute '%U'", name);
        return error_set_attribute_details(thread, self, name);
    }
    int initializing = module_is_initializing(thread, self);
    if (initializing < 0) return VALUE_ERROR;
    int is_submodule = initializing ? 0 : is_running_submodule(thread, self, name);
    if (is_submodule < 0) return VALUE_ERROR;
    if (initializing)
        raise_error(thread, &exception_AttributeError,
                    "partially initialized module '%U' has no attribute '%U' (most likely due to a "
                    "circular import)",
                    module_name, name);
    else if (is_submodule)
        raise_error(thread, &exception_AttributeError,
                    "cannot access submodule '%U' of module '%U' (most likely due to a circular "
                    "import)",
                    name, module_name);
    else
        raise_error(thread, &exception_AttributeError, "module '%U' has no attribute '%U'",
                    module_name, name);
    return error_set_attribute_details(thread, self, name);
}

static Value get_attribute(Thread *thread, Value self, Value name) {
    Value found = object_generic_find_attribute(thread, self, name);
    if (LIKELY(!value_is_absent(found))) return found;
    Value fallback = dict_find_str(thread, module_dict(self), NAMES(thread)->__getattr__);
    if (!value_is_absent(fallback)) return object_call1(thread, fallback, name);
    return raise_missing(thread, self, name);
}

static Value find_by_c_name(Thread *thread, Value object, const char *name) {
    Value text = str_intern_c(thread, name);
    Value found = value_is_error(text) ? text : object_find_attribute(thread, object, text);
    return value_is_absent(found) ? VALUE_NONE : found;
}

static Value repr_by_loader(Thread *thread, Value name, Value loader) {
    if (value_is_none(loader)) return str_format(thread, "<module %R>", name);
    if (!value_has_shape(loader, SHAPE_namespace_loader))
        return str_format(thread, "<module %R (%R)>", name, loader);
    Value path = find_by_c_name(thread, loader, "_path");
    Value list = value_is_error(path) ? path : object_to_list(thread, path);
    return value_is_error(list) ? list
                                : str_format(thread, "<module %R (namespace) from %R>", name, list);
}

static Value repr_by_spec(Thread *thread, Value spec) {
    Value name = find_by_c_name(thread, spec, "name");
    Value origin = value_is_error(name) ? name : find_by_c_name(thread, spec, "origin");
    if (value_is_error(origin)) return origin;
    if (value_is_none(name)) name = str_from_c(thread, "?");
    if (value_is_none(origin)) {
        Value loader = find_by_c_name(thread, spec, "loader");
        return value_is_error(loader) ? loader : repr_by_loader(thread, name, loader);
    }
    Value is_file = find_by_c_name(thread, spec, "has_location");
    int truth = value_is_error(is_file) ? -1 : object_is_true(thread, is_file);
    if (truth < 0) return VALUE_ERROR;
    return str_format(thread, truth ? "<module %R from %R>" : "<module %R (%S)>", name, origin);
}

// "<module 'm' from '/dir/m.py'>", "<module 'sys' (built-in)>", as importlib words it.
static Value repr_module(Thread *thread, Value self) {
    Dict *dict = module_dict(self);
    Value spec = dict_find_str(thread, dict, NAMES(thread)->__spec__);
    int has_spec = value_is_absent(spec) ? 0 : object_is_true(thread, spec);
    if (has_spec) return has_spec < 0 ? VALUE_ERROR : repr_by_spec(thread, spec);
    Value name = dict_find_str(thread, dict, NAMES(thread)->__name__);
    Value file = dict_find_str(thread, dict, NAMES(thread)->__file__);
    if (value_is_absent(name)) name = str_from_c(thread, "?");
    if (!value_is_absent(file)) return str_format(thread, "<module %R from %R>", name, file);
    Value loader = dict_find_str(thread, dict, NAMES(thread)->__loader__);
    return repr_by_loader(thread, name, value_is_absent(loader) ? VALUE_NONE : loader);
}

static Value module_py_dir(Thread *thread, Value *args, int count) {
    (void)count;
    Dict *dict = module_dict(args[0]);
    Value function = dict_find_str(thread, dict, NAMES(thread)->__dir__);
    if (!value_is_absent(function)) return object_call0(thread, function);
    return dict_keys_list(thread, dict);
}

static Value module_py_get_dict(Thread *thread, Value self) {
    (void)thread;
    return as_module(self)->dict;
}

static Value module_py_get_annotations(Thread *thread, Value self) {
    Dict *dict = module_dict(self);
    Value found = dict_find_str(thread, dict, NAMES(thread)->__annotations__);
    if (!value_is_absent(found)) return found;
    Value made = dict_new(thread);
    if (value_is_error(made) || !dict_set(thread, dict, NAMES(thread)->__annotations__, made))
        return VALUE_ERROR;
    return made;
}

static bool module_py_set_annotations(Thread *thread, Value self, Value value) {
    Dict *dict = module_dict(self);
    if (!value_is_absent(value))
        return dict_set(thread, dict, NAMES(thread)->__annotations__, value);
    int deleted = dict_delete(thread, dict, NAMES(thread)->__annotations__);
    if (deleted == 0) raise_error(thread, &exception_AttributeError, "__annotations__");
    return deleted > 0;
}

static const MethodRow methods[] = {
    {"__dir__", module_py_dir, "self, /", "__dir__() -> list\nspecialized dir() implementation",
     METHOD_INSTANCE},
    {0},
};
static const GetSetRow getsets[] = {
    {"__dict__", module_py_get_dict, NULL, NULL},
    {"__annotations__", module_py_get_annotations, module_py_set_annotations, NULL},
    {0},
};

Type module_type = {
    TYPE_STATIC_HEADER(module),
    .name = "module",
    .documentation = "Create a module object.",
    .basic_size = sizeof(Module),
    .extension_offset = offsetof(Module, dict),
    .flags = TYPE_BASE | TYPE_DICTIONARY_INSTANCES,
    .methods = methods,
    .getsets = getsets,
    .trace = trace_module,
    .make = make_module,
    .initialize = initialize_module,
    .repr = repr_module,
    .get_attribute = get_attribute,
};
