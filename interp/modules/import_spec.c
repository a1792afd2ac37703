// import_spec.c — ModuleSpec: what is known of a module before it is loaded (PEP 451), and making a
// module of it.
//
// Its attributes lie in its __dict__ under the names that importlib gives them, the private ones
// included, since code that handles specs reads those too.
#include "modules/import_internal.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/str.h"

typedef struct {
    Object header;
    Value dict;
} ModuleSpec;

Value attribute_find(Thread *thread, Value object, const char *name) {
    Value text = str_intern_c(thread, name);
    return value_is_error(text) ? text : object_find_attribute(thread, object, text);
}

Value attribute_get(Thread *thread, Value object, const char *name) {
    Value text = str_intern_c(thread, name);
    return value_is_error(text) ? text : object_get_attribute(thread, object, text);
}

bool attribute_set(Thread *thread, Value object, const char *name, Value value) {
    Value text = str_intern_c(thread, name);
    return !value_is_error(text) && object_set_attribute(thread, object, text, value);
}

static bool set_fields(Thread *thread, Value spec, const Value fields[8]) {
    static const char *const names[] = {"name",
                                        "loader",
                                        "origin",
                                        "loader_state",
                                        "submodule_search_locations",
                                        "_uninitialized_submodules",
                                        "_set_fileattr",
                                        "_cached"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (value_is_error(fields[i]) || !attribute_set(thread, spec, names[i], fields[i]))
            return false;
    return true;
}

static Value make_spec(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)args;
    (void)count;
    (void)names;
    Object *object = type_allocate(thread, type, 0);
    return object ? value_from_object(object) : VALUE_ERROR;
}

static Value none_if_absent(Value value) { return value_is_absent(value) ? VALUE_NONE : value; }

static bool initialize_spec(Thread *thread, Value self, Value *args, int count, Value names) {
    Value given[5];
    if (!arguments_bind(thread, "ModuleSpec.__init__",
                        "name, loader, *, origin=None, loader_state=None, is_package=None", args,
                        count, names, given))
        return false;
    int is_package = value_is_absent(given[4]) ? 0 : object_is_true(thread, given[4]);
    if (is_package < 0) return false;
    const Value fields[] = {given[0],
                            given[1],
                            none_if_absent(given[2]),
                            none_if_absent(given[3]),
                            is_package ? list_new(thread, 0) : VALUE_NONE,
                            list_new(thread, 0),
                            VALUE_FALSE,
                            VALUE_NONE};
    return set_fields(thread, self, fields);
}

Value spec_new(Thread *thread, Value name, Value loader, Value origin, Value locations,
               bool has_location) {
    Value spec = make_spec(thread, &module_spec_type, NULL, 0, VALUE_ABSENT);
    if (value_is_error(spec)) return spec;
    const Value fields[] = {name,
                            loader,
                            origin,
                            VALUE_NONE,
                            locations,
                            list_new(thread, 0),
                            value_from_bool(has_location),
                            VALUE_NONE};
    return set_fields(thread, spec, fields) ? spec : VALUE_ERROR;
}

static Value repr_spec(Thread *thread, Value self) {
    Value name = attribute_get(thread, self, "name");
    Value loader = value_is_error(name) ? name : attribute_get(thread, self, "loader");
    Value origin = value_is_error(loader) ? loader : attribute_get(thread, self, "origin");
    Value locations =
        value_is_error(origin) ? origin : attribute_get(thread, self, "submodule_search_locations");
    if (value_is_error(locations)) return locations;
    StrBuilder builder;
    str_builder_start(&builder, thread);
    Value parts[] = {
        str_format(thread, "%s(name=%R, loader=%R",
                   type_of(self) == &module_spec_type ? "ModuleSpec" : type_of(self)->name, name,
                   loader),
        value_is_none(origin) ? NAMES(thread)->empty : str_format(thread, ", origin=%R", origin),
        value_is_none(locations)
            ? NAMES(thread)->empty
            : str_format(thread, ", submodule_search_locations=%R", locations)};
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (value_is_error(parts[i]) || !str_builder_append(&builder, parts[i])) return VALUE_ERROR;
    return str_builder_append_ascii(&builder, ")", 1) ? str_builder_finish(&builder) : VALUE_ERROR;
}

static Value compare_specs(Thread *thread, Value self, Value other, CompareOperator op) {
    static const char *const names[] = {
        "name", "loader", "origin", "submodule_search_locations", "cached", "has_location"};
    if (op != COMPARE_EQ && op != COMPARE_NE) return VALUE_NOT_IMPLEMENTED;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        Value a = attribute_get(thread, self, names[i]);
        Value b = value_is_error(a) ? a : attribute_find(thread, other, names[i]);
        if (value_is_error(b)) return b;
        if (value_is_absent(b)) return VALUE_NOT_IMPLEMENTED;
        int equal = object_equal(thread, a, b);
        if (equal < 0) return VALUE_ERROR;
        if (!equal) return value_from_bool(op == COMPARE_NE);
    }
    return value_from_bool(op == COMPARE_EQ);
}

static bool ends_with(const Str *text, const char *end) {
    size_t length = strlen(end);
    if (text->length < length) return false;
    for (size_t i = 0; i < length; i++)
        if (str_at(text, text->length - length + i) != (unsigned char)end[i]) return false;
    return true;
}

// The file of the bytecode, from that of the source; None if the origin is neither.
static Value get_cached(Thread *thread, Value self) {
    Value cached = attribute_get(thread, self, "_cached");
    if (value_is_error(cached) || !value_is_none(cached)) return cached;
    Value origin = attribute_get(thread, self, "origin");
    Value is_file = value_is_error(origin) ? origin : attribute_get(thread, self, "_set_fileattr");
    int truth = value_is_error(is_file) ? -1 : object_is_true(thread, is_file);
    if (truth < 0) return VALUE_ERROR;
    if (!truth || !value_is_str(origin)) return VALUE_NONE;
    if (ends_with(value_as_str(origin), ".py"))
        cached = cache_path(thread, origin);
    else if (ends_with(value_as_str(origin), ".pyc"))
        cached = origin;
    if (value_is_error(cached) || !attribute_set(thread, self, "_cached", cached))
        return VALUE_ERROR;
    return cached;
}

static bool set_cached(Thread *thread, Value self, Value value) {
    return attribute_set(thread, self, "_cached", value);
}

static Value get_parent(Thread *thread, Value self) {
    Value name = attribute_get(thread, self, "name");
    Value locations =
        value_is_error(name) ? name : attribute_get(thread, self, "submodule_search_locations");
    if (value_is_error(locations)) return locations;
    if (!value_is_none(locations) || !value_is_str(name)) return name;
    return name_parent(thread, name);
}

static Value get_has_location(Thread *thread, Value self) {
    return attribute_get(thread, self, "_set_fileattr");
}

static bool set_has_location(Thread *thread, Value self, Value value) {
    int truth = value_is_absent(value) ? 0 : object_is_true(thread, value);
    return truth >= 0 && attribute_set(thread, self, "_set_fileattr", value_from_bool(truth));
}

static const GetSetRow getsets[] = {
    {"cached", get_cached, set_cached, NULL},
    {"parent", get_parent, NULL, "The name of the module's parent."},
    {"has_location", get_has_location, set_has_location, NULL},
    {"__dict__", object_py_get_dict, NULL, NULL},
    {0},
};

Type module_spec_type = {
    TYPE_STATIC_HEADER(module_spec),
    .name = "_frozen_importlib.ModuleSpec",
    .documentation = "The specification for a module, used for loading.",
    .basic_size = sizeof(ModuleSpec),
    .extension_offset = offsetof(ModuleSpec, dict),
    .flags = TYPE_BASE | TYPE_DICTIONARY_INSTANCES,
    .getsets = getsets,
    .make = make_spec,
    .initialize = initialize_spec,
    .repr = repr_spec,
    .compare = compare_specs,
};

// Modules

// What a loader has set stays; what it made may be no module and refuse attributes.
static bool set_if_missing(Thread *thread, Value module, const char *name, Value value) {
    Value present = attribute_find(thread, module, name);
    if (value_is_error(present)) return false;
    if (!value_is_absent(present) && !value_is_none(present)) return true;
    return attribute_set(thread, module, name, value) ||
           error_clear_if(thread, &exception_AttributeError);
}

// A package without a loader is a namespace package and gets one.
static Value loader_of(Thread *thread, Value spec, Value locations, Value module) {
    Value loader = attribute_get(thread, spec, "loader");
    if (value_is_error(loader) || !value_is_none(loader) || value_is_none(locations)) return loader;
    Value name = attribute_get(thread, spec, "name");
    if (value_is_error(name)) return name;
    loader = loader_new(thread, &namespace_loader_type, name, locations);
    if (value_is_error(loader) || !attribute_set(thread, spec, "loader", loader) ||
        !set_if_missing(thread, module, "__file__", VALUE_NONE))
        return VALUE_ERROR;
    return loader;
}

static bool set_file(Thread *thread, Value spec, Value module) {
    Value has_location = attribute_get(thread, spec, "has_location");
    int truth = value_is_error(has_location) ? -1 : object_is_true(thread, has_location);
    if (truth <= 0) return truth == 0;
    Value origin = attribute_get(thread, spec, "origin");
    if (value_is_error(origin) || !set_if_missing(thread, module, "__file__", origin)) return false;
    Value cached = attribute_get(thread, spec, "cached");
    if (value_is_error(cached)) return false;
    return value_is_none(cached) || set_if_missing(thread, module, "__cached__", cached);
}

bool spec_fill_module(Thread *thread, Value spec, Value module) {
    Value name = attribute_get(thread, spec, "name");
    if (value_is_error(name) || !set_if_missing(thread, module, "__name__", name)) return false;
    Value locations = attribute_get(thread, spec, "submodule_search_locations");
    if (value_is_error(locations)) return false;
    Value loader = loader_of(thread, spec, locations, module);
    if (value_is_error(loader) || !set_if_missing(thread, module, "__loader__", loader))
        return false;
    Value parent = attribute_get(thread, spec, "parent");
    if (value_is_error(parent) || !set_if_missing(thread, module, "__package__", parent) ||
        (!attribute_set(thread, module, "__spec__", spec) &&
         !error_clear_if(thread, &exception_AttributeError)))
        return false;
    if (!value_is_none(locations) && !set_if_missing(thread, module, "__path__", locations))
        return false;
    return set_file(thread, spec, module);
}

Value module_from_spec(Thread *thread, Value spec) {
    Value loader = attribute_get(thread, spec, "loader"), module = VALUE_NONE;
    if (value_is_error(loader)) return loader;
    Value create = attribute_find(thread, loader, "create_module");
    if (value_is_error(create)) return create;
    if (!value_is_absent(create)) {
        module = object_call1(thread, create, spec);
    } else {
        Value execute = attribute_find(thread, loader, "exec_module");
        if (value_is_error(execute)) return execute;
        if (!value_is_absent(execute))
            return raise_error(
                thread, &exception_ImportError,
                "loaders that define exec_module() must also define create_module()");
    }
    if (value_is_none(module)) {
        Value name = attribute_get(thread, spec, "name");
        module = value_is_error(name) ? name : module_new(thread, name);
    }
    if (value_is_error(module) || !spec_fill_module(thread, spec, module)) return VALUE_ERROR;
    return module;
}
