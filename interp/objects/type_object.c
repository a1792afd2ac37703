// type_object.c — the type type: calling a class, its attributes, its look in Python.
#include "objects/builtin_types.h"
#include "objects/dict.h"
#include "objects/generic_alias.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"

static size_t names_length(Value names) {
    return value_is_absent(names) ? 0 : value_as_tuple(names)->length;
}

// Calling and making

static Value call_type(Thread *thread, Value callable, Value *args, int count, Value names) {
    Type *type = value_as_type(callable);
    if (type == &type_type) {
        if (count == 1 && names_length(names) == 0) return value_from_type(type_of(args[0]));
        if (count != 3) return raise_type_error(thread, "type() takes 1 or 3 arguments");
    }
    if (UNLIKELY(!type->make || (type->flags & TYPE_NO_NEW)))
        return raise_type_error(thread, "cannot create '%s' instances", type->name);
    Value object = type->make(thread, type, args, count, names);
    if (value_is_error(object)) return object;
    Type *made = type_of(object);
    if (made != type && !type_is_subtype(made, type)) return object;
    if (made->initialize && !made->initialize(thread, object, args, count, names))
        return VALUE_ERROR;
    return object;
}

static bool check_bases(Thread *thread, Value bases) {
    Tuple *tuple = value_as_tuple(bases);
    for (size_t i = 0; i < tuple->length; i++) {
        if (value_is_type(tuple->items[i])) continue;
        Value entries =
            object_find_attribute(thread, tuple->items[i], NAMES(thread)->__mro_entries__);
        if (value_is_error(entries)) return false;
        if (value_is_absent(entries)) continue;
        raise_type_error(thread,
                         "type() doesn't support MRO entry resolution; use types.new_class()");
        return false;
    }
    return true;
}

static Value make_type(Thread *thread, Type *metatype, Value *args, int count, Value names) {
    if (count != 3)
        return raise_type_error(thread, "type.__new__() takes exactly 3 arguments (%d given)",
                                count);
    if (!value_is_str(args[0]))
        return raise_type_error(thread, "type.__new__() argument 1 must be str, not %K", args[0]);
    if (!value_is_tuple(args[1]))
        return raise_type_error(thread, "type.__new__() argument 2 must be tuple, not %K", args[1]);
    if (!value_is_dict(args[2]))
        return raise_type_error(thread, "type.__new__() argument 3 must be dict, not %K", args[2]);
    if (!check_bases(thread, args[1])) return VALUE_ERROR;
    Type *winner = type_calculate_metatype(thread, metatype, args[1]);
    if (!winner) return VALUE_ERROR;
    if (winner != metatype && winner->make != make_type)
        return winner->make(thread, winner, args, count, names);
    return type_new_class(thread, winner, args[0], args[1], args[2], names, args + count);
}

static bool initialize_type(Thread *thread, Value self, Value *args, int count, Value names) {
    (void)self;
    (void)args;
    if (count == 1 && names_length(names) > 0)
        raise_type_error(thread, "type.__init__() takes no keyword arguments");
    else if (count != 1 && count != 3)
        raise_type_error(thread, "type.__init__() takes 1 or 3 arguments");
    else
        return true;
    return false;
}

// Attributes

Value type_find_attribute(Thread *thread, Type *type, Value name) {
    Type *metatype = type_of(value_from_type(type));
    Value self = value_from_type(type), meta_self = value_from_type(metatype);
    Value meta = type_find(metatype, name);
    Value (*meta_get)(Thread *, Value, Value, Value) = NULL;
    if (!value_is_absent(meta)) {
        meta_get = type_of(meta)->descriptor_get;
        if (meta_get && type_of(meta)->descriptor_set)
            return meta_get(thread, meta, self, meta_self);
    }
    Value found = type_find(type, name);
    if (!value_is_absent(found)) {
        Value (*get)(Thread *, Value, Value, Value) = type_of(found)->descriptor_get;
        return get ? get(thread, found, VALUE_ABSENT, self) : found;
    }
    return meta_get ? meta_get(thread, meta, self, meta_self) : meta;
}

Value type_get_attribute(Thread *thread, Value self, Value name) {
    if (!value_is_str(name))
        return raise_type_error(thread, "attribute name must be string, not '%T'", name);
    name = str_intern(thread, name);
    if (value_is_error(name)) return name;
    Value found = type_find_attribute(thread, value_as_type(self), name);
    return value_is_absent(found) ? raise_attribute_error(thread, self, name) : found;
}

static bool set_attribute(Thread *thread, Value self, Value name, Value value) {
    Type *type = value_as_type(self);
    name = str_intern(thread, name);
    if (value_is_error(name)) return false;
    Value descriptor = type_find(type_of(self), name);
    if ((type->flags & TYPE_HEAP) && !value_is_absent(descriptor)) {
        bool (*set)(Thread *, Value, Value, Value) = type_of(descriptor)->descriptor_set;
        if (set) return set(thread, descriptor, self, value);
    }
    return type_set_attribute(thread, type, name, value);
}

Value type_get_module(Thread *thread, Type *type) {
    if (type->flags & TYPE_HEAP)
        return dict_find_str(thread, value_as_dict(type->dict), NAMES(thread)->__module__);
    // A builtin type's own namespace may hold a descriptor of that name, for its instances.
    const char *dot = strrchr(type->name, '.');
    return dot ? str_from_utf8(thread, type->name, (size_t)(dot - type->name))
               : NAMES(thread)->builtins;
}

static bool check_mutable(Thread *thread, Type *type, Value value, const char *name) {
    if (!(type->flags & TYPE_HEAP)) {
        raise_type_error(thread, "cannot set '%s' attribute of immutable type '%s'", name,
                         type->name);
        return false;
    }
    if (!value_is_absent(value)) return true;
    raise_type_error(thread, "cannot delete '%s' attribute of immutable type '%s'", name,
                     type->name);
    return false;
}

static Value type_py_get_name(Thread *thread, Value self) {
    (void)thread;
    return value_as_type(self)->name_value;
}

static bool type_py_set_name(Thread *thread, Value self, Value value) {
    Type *type = value_as_type(self);
    if (!check_mutable(thread, type, value, "__name__")) return false;
    if (!value_is_str(value)) {
        raise_type_error(thread, "can only assign string to %s.__name__, not '%T'", type->name,
                         value);
        return false;
    }
    size_t size;
    const char *text = str_as_utf8(thread, value, &size);
    if (!text) return false;
    if (memchr(text, 0, size)) {
        raise_value_error(thread, "type name must not contain null characters");
        return false;
    }
    return type_rename(thread, type, value, text, size);
}

static Value type_py_get_qualname(Thread *thread, Value self) {
    (void)thread;
    return value_as_type(self)->qualname;
}

static bool type_py_set_qualname(Thread *thread, Value self, Value value) {
    Type *type = value_as_type(self);
    if (!check_mutable(thread, type, value, "__qualname__")) return false;
    if (!value_is_str(value)) {
        raise_type_error(thread, "can only assign string to %s.__qualname__, not '%T'", type->name,
                         value);
        return false;
    }
    object_store(thread->heap, type, &type->qualname, value);
    return true;
}

static Value type_py_get_module(Thread *thread, Value self) {
    Value module = type_get_module(thread, value_as_type(self));
    if (!value_is_absent(module)) return module;
    return raise_error(thread, &exception_AttributeError, "__module__");
}

static bool set_entry(Thread *thread, Type *type, Value name, Value value) {
    if (!dict_set(thread, value_as_dict(type->dict), name, value)) return false;
    type_modified(thread, type);
    return true;
}

static bool type_py_set_module(Thread *thread, Value self, Value value) {
    Type *type = value_as_type(self);
    return check_mutable(thread, type, value, "__module__") &&
           set_entry(thread, type, NAMES(thread)->__module__, value);
}

static Value type_py_get_dict(Thread *thread, Value self) {
    return mapping_proxy_new(thread, value_as_type(self)->dict);
}

static Value type_py_get_documentation(Thread *thread, Value self) {
    Type *type = value_as_type(self);
    if (!(type->flags & TYPE_HEAP))
        return type->documentation ? str_from_c(thread, type->documentation) : VALUE_NONE;
    Value text = dict_find_str(thread, value_as_dict(type->dict), NAMES(thread)->__doc__);
    if (value_is_absent(text)) return VALUE_NONE;
    Value (*get)(Thread *, Value, Value, Value) = type_of(text)->descriptor_get;
    return get ? get(thread, text, VALUE_ABSENT, self) : text;
}

static bool type_py_set_documentation(Thread *thread, Value self, Value value) {
    Type *type = value_as_type(self);
    return check_mutable(thread, type, value, "__doc__") &&
           set_entry(thread, type, NAMES(thread)->__doc__, value);
}

static Value type_py_get_mro(Thread *thread, Value self) {
    (void)thread;
    return value_as_type(self)->mro;
}

static Value type_py_get_base(Thread *thread, Value self) {
    (void)thread;
    Type *base = value_as_type(self)->base;
    return base ? value_from_type(base) : VALUE_NONE;
}

static Value type_py_get_bases(Thread *thread, Value self) {
    (void)thread;
    return value_as_type(self)->bases;
}

static bool type_py_set_bases(Thread *thread, Value self, Value value) {
    Type *type = value_as_type(self);
    return check_mutable(thread, type, value, "__bases__") && type_set_bases(thread, type, value);
}

static Value type_py_get_flags(Thread *thread, Value self) {
    return int_from_uint64(thread, value_as_type(self)->flags);
}

static Value type_py_get_basic_size(Thread *thread, Value self) {
    return int_from_uint64(thread, value_as_type(self)->basic_size);
}

static Value type_py_get_abstract_methods(Thread *thread, Value self) {
    Value name = str_intern_c(thread, "__abstractmethods__");
    if (value_is_error(name)) return name;
    Type *type = value_as_type(self);
    Value found =
        type == &type_type ? VALUE_ABSENT : dict_find_str(thread, value_as_dict(type->dict), name);
    if (!value_is_absent(found)) return found;
    return raise_error(thread, &exception_AttributeError, "__abstractmethods__");
}

static bool type_py_set_abstract_methods(Thread *thread, Value self, Value value) {
    Type *type = value_as_type(self);
    if (!(type->flags & TYPE_HEAP)) {
        raise_type_error(thread,
                         "cannot set '__abstractmethods__' attribute of immutable type '%s'",
                         type->name);
        return false;
    }
    Value name = str_intern_c(thread, "__abstractmethods__");
    if (value_is_error(name)) return false;
    int abstract = 0;
    if (value_is_absent(value)) {
        int deleted = dict_delete(thread, value_as_dict(type->dict), name);
        if (deleted == 0) raise_error(thread, &exception_AttributeError, "__abstractmethods__");
        if (deleted <= 0) return false;
    } else {
        abstract = object_is_true(thread, value);
        if (abstract < 0 || !dict_set(thread, value_as_dict(type->dict), name, value)) return false;
    }
    type->flags = abstract ? type->flags | TYPE_ABSTRACT : type->flags & ~(uint32_t)TYPE_ABSTRACT;
    type_modified(thread, type);
    return true;
}

static Value type_py_get_annotations(Thread *thread, Value self) {
    Type *type = value_as_type(self);
    if (!(type->flags & TYPE_HEAP))
        return raise_error(thread, &exception_AttributeError,
                           "type object '%s' has no attribute '__annotations__'", type->name);
    Dict *dict = value_as_dict(type->dict);
    Value found = dict_find_str(thread, dict, NAMES(thread)->__annotations__);
    if (!value_is_absent(found)) {
        Value (*get)(Thread *, Value, Value, Value) = type_of(found)->descriptor_get;
        return get ? get(thread, found, VALUE_ABSENT, self) : found;
    }
    Value made = dict_new(thread);
    if (value_is_error(made) || !set_entry(thread, type, NAMES(thread)->__annotations__, made))
        return VALUE_ERROR;
    return made;
}

static bool type_py_set_annotations(Thread *thread, Value self, Value value) {
    Type *type = value_as_type(self);
    if (!(type->flags & TYPE_HEAP)) {
        raise_type_error(thread, "cannot set '__annotations__' attribute of immutable type '%s'",
                         type->name);
        return false;
    }
    if (!value_is_absent(value))
        return set_entry(thread, type, NAMES(thread)->__annotations__, value);
    int deleted = dict_delete(thread, value_as_dict(type->dict), NAMES(thread)->__annotations__);
    if (deleted == 0) raise_error(thread, &exception_AttributeError, "__annotations__");
    if (deleted > 0) type_modified(thread, type);
    return deleted > 0;
}

static Value type_py_get_type_parameters(Thread *thread, Value self) {
    Type *type = value_as_type(self);
    Value found = dict_find_str(thread, value_as_dict(type->dict), NAMES(thread)->__type_params__);
    return (type->flags & TYPE_HEAP) && !value_is_absent(found) ? found : tuple_of(thread, 0);
}

static bool type_py_set_type_parameters(Thread *thread, Value self, Value value) {
    Type *type = value_as_type(self);
    return check_mutable(thread, type, value, "__type_params__") &&
           set_entry(thread, type, NAMES(thread)->__type_params__, value);
}

static Value type_py_get_text_signature(Thread *thread, Value self) {
    (void)thread;
    (void)self;
    return VALUE_NONE;
}

// Methods

static Value type_py_mro(Thread *thread, Value *args, int count) {
    (void)count;
    Value order = type_linearize(thread, value_as_type(args[0]));
    return value_is_error(order) ? order : object_to_list(thread, order);
}

static Value type_py_subclasses(Thread *thread, Value *args, int count) {
    (void)count;
    Value list = list_new(thread, 0);
    if (value_is_error(list)) return list;
    Type *subclass;
    for (size_t i = 0; (subclass = type_subclass(value_as_type(args[0]), i)); i++)
        if (!list_append(thread, value_as_list(list), value_from_type(subclass)))
            return VALUE_ERROR;
    return list;
}

static Value type_py_prepare(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return dict_new(thread);
}

static Value type_py_instance_check(Thread *thread, Value *args, int count) {
    (void)count;
    int result = object_really_is_instance(thread, args[1], args[0]);
    return result < 0 ? VALUE_ERROR : value_from_bool(result);
}

static Value type_py_subclass_check(Thread *thread, Value *args, int count) {
    (void)count;
    int result = object_really_is_subclass(thread, args[1], args[0]);
    return result < 0 ? VALUE_ERROR : value_from_bool(result);
}

static Value type_py_dir(Thread *thread, Value *args, int count) {
    (void)count;
    Value names = dict_new(thread);
    if (value_is_error(names) ||
        !object_merge_class_names(thread, value_as_dict(names), value_as_type(args[0])))
        return VALUE_ERROR;
    return dict_keys_list(thread, value_as_dict(names));
}

// Slots

static void trace_type(Marker *marker, Object *object) {
    Type *type = (Type *)object;
    mark_value(marker, type->name_value);
    mark_value(marker, type->qualname);
    mark_value(marker, type->bases);
    mark_value(marker, type->mro);
    mark_value(marker, type->dict);
    mark_object(marker, type->base);
    shape_trace_tree(marker, type->root_shape);
    if (type->dictionary_shape != type->root_shape)
        shape_trace_tree(marker, type->dictionary_shape);
}

static Value repr_type(Thread *thread, Value self) {
    Type *type = value_as_type(self);
    Value module = type_get_module(thread, type);
    if (!value_is_str(module) || str_equals_c(value_as_str(module), "builtins"))
        return str_format(thread, "<class '%U'>", type->qualname);
    return str_format(thread, "<class '%U.%U'>", module, type->qualname);
}

static const MethodRow methods[] = {
    {"mro", type_py_mro, "self, /", "Return a type's method resolution order.", METHOD_INSTANCE},
    {"__subclasses__", type_py_subclasses, "self, /", "Return a list of immediate subclasses.",
     METHOD_INSTANCE},
    {"__prepare__", type_py_prepare, "type, *args, **kwargs",
     "Create the namespace for the class statement.", METHOD_CLASS},
    {"__instancecheck__", type_py_instance_check, "self, instance, /",
     "Check if an object is an instance.", METHOD_INSTANCE},
    {"__subclasscheck__", type_py_subclass_check, "self, subclass, /",
     "Check if a class is a subclass.", METHOD_INSTANCE},
    {"__dir__", type_py_dir, "self, /", "Specialized __dir__ implementation for types.",
     METHOD_INSTANCE},
    {0},
};
static const GetSetRow getsets[] = {
    {"__name__", type_py_get_name, type_py_set_name, NULL},
    {"__qualname__", type_py_get_qualname, type_py_set_qualname, NULL},
    {"__module__", type_py_get_module, type_py_set_module, NULL},
    {"__dict__", type_py_get_dict, NULL, NULL},
    {"__doc__", type_py_get_documentation, type_py_set_documentation, NULL},
    {"__bases__", type_py_get_bases, type_py_set_bases, NULL},
    {"__base__", type_py_get_base, NULL, NULL},
    {"__mro__", type_py_get_mro, NULL, NULL},
    {"__flags__", type_py_get_flags, NULL, NULL},
    {"__basicsize__", type_py_get_basic_size, NULL, NULL},
    {"__abstractmethods__", type_py_get_abstract_methods, type_py_set_abstract_methods, NULL},
    {"__annotations__", type_py_get_annotations, type_py_set_annotations, NULL},
    {"__type_params__", type_py_get_type_parameters, type_py_set_type_parameters, NULL},
    {"__text_signature__", type_py_get_text_signature, NULL, NULL},
    {0},
};

Type type_type = {
    TYPE_STATIC_HEADER(type),
    .name = "type",
    .documentation = "type(object) -> the object's type\n"
                     "type(name, bases, dict, **kwds) -> a new type",
    .basic_size = sizeof(Type),
    .extension_offset = offsetof(Type, extension),
    .flags = TYPE_BASE,
    .methods = methods,
    .getsets = getsets,
    .trace = trace_type,
    .release = type_release,
    .make = make_type,
    .initialize = initialize_type,
    .call = call_type,
    .repr = repr_type,
    .get_attribute = type_get_attribute,
    .set_attribute = set_attribute,
    .binary[BINARY_OR] = union_or,
};
