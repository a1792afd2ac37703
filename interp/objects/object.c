// object.c — the type object, the root of all: default construction, comparison, attributes.
#include "base/hash.h"
#include "objects/builtin_types.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/text.h"
#include "objects/tuple.h"
#include "objects/weak.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"

static bool has_arguments(int count, Value names) {
    return count > 0 || (!value_is_absent(names) && value_as_tuple(names)->length > 0);
}

// "Can't instantiate abstract class A without an implementation for abstract methods 'f', 'g'"
static Value raise_abstract(Thread *thread, Type *type) {
    Value names = object_get_attribute(thread, value_from_type(type),
                                       str_intern_c(thread, "__abstractmethods__"));
    if (!value_is_error(names)) names = object_to_list(thread, names);
    if (value_is_error(names)) return names;
    List *list = value_as_list(names);
    if (!list_sort(thread, list, VALUE_ABSENT, false)) return VALUE_ERROR;
    Value separator = str_from_c(thread, "', '");
    if (value_is_error(separator)) return separator;
    Value joined =
        str_join(thread, separator, list->items ? list->items->items : NULL, list->length);
    if (value_is_error(joined)) return joined;
    return raise_type_error(thread,
                            "Can't instantiate abstract class %s without an implementation for "
                            "abstract method%s '%U'",
                            type->name, list->length == 1 ? "" : "s", joined);
}

static bool initialize_object(Thread *thread, Value self, Value *args, int count, Value names);

static Value make_object(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)args;
    if (UNLIKELY(has_arguments(count, names))) {
        if (type->make != object_type.make)
            return raise_type_error(
                thread, "object.__new__() takes exactly one argument (the type to instantiate)");
        if (type->initialize == initialize_object)
            return raise_type_error(thread, "%s() takes no arguments", type->name);
    }
    if (UNLIKELY(type->flags & TYPE_ABSTRACT)) return raise_abstract(thread, type);
    Object *object = type_allocate(thread, type, 0);
    return object ? value_from_object(object) : VALUE_ERROR;
}

static bool initialize_object(Thread *thread, Value self, Value *args, int count, Value names) {
    (void)args;
    if (!has_arguments(count, names)) return true;
    Type *type = type_of(self);
    if (type->initialize != initialize_object)
        raise_type_error(thread, "object.__init__() takes exactly one argument (the instance to "
                                 "initialize)");
    else if (type->make == object_type.make)
        raise_type_error(thread,
                         "%s.__init__() takes exactly one argument (the instance to "
                         "initialize)",
                         type->name);
    else
        return true;
    return false;
}

static Value repr_object(Thread *thread, Value self) {
    Type *type = type_of(self);
    Value module = type_get_module(thread, type);
    if (value_is_error(module)) return module;
    if (!value_is_str(module) || str_equals_c(value_as_str(module), "builtins"))
        return str_format(thread, "<%s object at %p>", type->name, (void *)self.bits);
    return str_format(thread, "<%U.%U object at %p>", module, type->qualname, (void *)self.bits);
}

static Value str_object(Thread *thread, Value self) { return object_repr(thread, self); }

static bool hash_object(Thread *thread, Value self, int64_t *hash) {
    (void)thread;
    *hash = hash_address(self.bits);
    return true;
}

static Value compare_object(Thread *thread, Value self, Value other, CompareOperator op) {
    if (op == COMPARE_EQ) return value_same(self, other) ? VALUE_TRUE : VALUE_NOT_IMPLEMENTED;
    if (op != COMPARE_NE || !type_of(self)->compare) return VALUE_NOT_IMPLEMENTED;
    // != is the opposite of whatever == says.
    Value equal = type_of(self)->compare(thread, self, other, COMPARE_EQ);
    if (value_is_error(equal) || value_same(equal, VALUE_NOT_IMPLEMENTED)) return equal;
    int truth = object_is_true(thread, equal);
    return truth < 0 ? VALUE_ERROR : value_from_bool(!truth);
}

// Attributes

static Value object_py_get_class(Thread *thread, Value self) {
    (void)thread;
    return value_from_type(type_of(self));
}

static bool object_py_set_class(Thread *thread, Value self, Value value) {
    if (value_is_absent(value)) {
        raise_type_error(thread, "can't delete __class__ attribute");
        return false;
    }
    if (!value_is_type(value)) {
        raise_type_error(thread, "__class__ must be set to a class, not '%T' object", value);
        return false;
    }
    if (value_same(value, value_from_type(type_of(self)))) return true;
    if (!value_is_object(self)) {
        raise_type_error(thread, "__class__ assignment only supported for mutable types or "
                                 "ModuleType subclasses");
        return false;
    }
    return instance_set_class(thread, value_as_object(self), value_as_type(value));
}

Value object_py_get_dict(Thread *thread, Value self) {
    if (value_is_object(self) && object_extension(value_as_object(self)))
        return instance_dict(thread, value_as_object(self));
    return raise_error(thread, &exception_AttributeError, "This object has no __dict__");
}

bool object_py_set_dict(Thread *thread, Value self, Value value) {
    if (value_is_absent(value)) return instance_set_dict(thread, value_as_object(self), value);
    if (!value_is_dict(value)) {
        raise_type_error(thread, "__dict__ must be set to a dictionary, not a '%T'", value);
        return false;
    }
    return instance_set_dict(thread, value_as_object(self), value);
}

Value object_py_get_weak_references(Thread *thread, Value self) {
    Value list = weak_reference_list(thread, self);
    if (value_is_error(list)) return list;
    return value_as_list(list)->length ? value_as_list(list)->items->items[0] : VALUE_NONE;
}

// Methods

static Value object_py_format(Thread *thread, Value *args, int count) {
    (void)count;
    if (!value_is_str(args[1]))
        return raise_argument_error(thread, "__format__", "argument", "str", args[1]);
    if (value_as_str(args[1])->length > 0)
        return raise_type_error(thread, "unsupported format string passed to %T.__format__",
                                args[0]);
    return object_str(thread, args[0]);
}

bool object_merge_class_names(Thread *thread, Dict *names, Type *type) {
    size_t length;
    Type **mro = type_mro_items(type, &length);
    for (size_t i = 0; i < length; i++) {
        size_t position = 0;
        Value key, value;
        while (dict_next(value_as_dict(mro[i]->dict), &position, &key, &value))
            if (!dict_set(thread, names, key, VALUE_NONE)) return false;
    }
    return true;
}

static Value object_py_dir(Thread *thread, Value *args, int count) {
    (void)count;
    Value names = dict_new(thread);
    if (value_is_error(names)) return names;
    Value own = object_find_attribute(thread, args[0], NAMES(thread)->__dict__);
    if (value_is_error(own)) return own;
    if (value_is_dict(own) && !dict_merge(thread, value_as_dict(names), own, true))
        return VALUE_ERROR;
    Value class = object_find_attribute(thread, args[0], NAMES(thread)->__class__);
    if (value_is_error(class)) return class;
    if (value_is_type(class) &&
        !object_merge_class_names(thread, value_as_dict(names), value_as_type(class)))
        return VALUE_ERROR;
    return dict_keys_list(thread, value_as_dict(names));
}

static Value object_py_init_subclass(Thread *thread, Value *args, int count) {
    (void)thread;
    (void)args;
    (void)count;
    return VALUE_NONE;
}

static Value object_py_subclass_hook(Thread *thread, Value *args, int count) {
    (void)thread;
    (void)args;
    (void)count;
    return VALUE_NOT_IMPLEMENTED;
}

static Value object_py_sizeof(Thread *thread, Value *args, int count) {
    (void)count;
    Type *type = type_of(args[0]);
    return int_from_uint64(thread, type->basic_size + type->inline_slots * sizeof(Value));
}

// None, the __dict__, or (dict or None, members of __slots__), as pickle protocol 2 wants it.
static Value object_py_get_state(Thread *thread, Value *args, int count) {
    (void)count;
    Value state = object_find_attribute(thread, args[0], NAMES(thread)->__dict__);
    if (value_is_error(state)) return state;
    if (value_is_absent(state))
        state = VALUE_NONE;
    else if (value_is_dict(state) && value_as_dict(state)->length == 0)
        state = VALUE_NONE;
    Value slots = dict_new(thread);
    if (value_is_error(slots)) return slots;
    size_t length;
    Type **mro = type_mro_items(type_of(args[0]), &length);
    for (size_t i = 0; i < length; i++) {
        if (!(mro[i]->flags & TYPE_HEAP)) continue;
        for (const MemberRow *row = mro[i]->members; row && row->name; row++) {
            Value member = *(Value *)((char *)value_as_object(args[0]) + row->offset);
            if (value_is_absent(member)) continue;
            if (!dict_set_c(thread, value_as_dict(slots), row->name, member)) return VALUE_ERROR;
        }
    }
    return value_as_dict(slots)->length ? tuple_of(thread, 2, state, slots) : state;
}

static const MethodRow methods[] = {
    {"__format__", object_py_format, "self, format_spec, /", "Default object formatter.",
     METHOD_INSTANCE},
    {"__dir__", object_py_dir, "self, /", "Default dir() implementation.", METHOD_INSTANCE},
    {"__init_subclass__", object_py_init_subclass, "type, /",
     "This method is called when a class is subclassed.", METHOD_CLASS},
    {"__subclasshook__", object_py_subclass_hook, "type, object, /",
     "Abstract classes can override this to customize issubclass().", METHOD_CLASS},
    {"__sizeof__", object_py_sizeof, "self, /", "Size of object in memory, in bytes.",
     METHOD_INSTANCE},
    {"__getstate__", object_py_get_state, "self, /", "Helper for pickle.", METHOD_INSTANCE},
    {0},
};
static const GetSetRow getsets[] = {
    {"__class__", object_py_get_class, object_py_set_class, "the object's class"},
    {0},
};

Type object_type = {
    TYPE_STATIC_HEADER(object),
    .name = "object",
    .documentation = "The base class of the class hierarchy.",
    .basic_size = sizeof(Object),
    .flags = TYPE_BASE,
    .methods = methods,
    .getsets = getsets,
    .make = make_object,
    .initialize = initialize_object,
    .repr = repr_object,
    .str = str_object,
    .hash = hash_object,
    .compare = compare_object,
    .get_attribute = object_generic_get_attribute,
    .set_attribute = object_generic_set_attribute,
};
