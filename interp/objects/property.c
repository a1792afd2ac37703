// property.c — property: attributes computed by Python functions.
#include "objects/builtin_types.h"
#include "objects/native.h"
#include "objects/str.h"
#include "runtime/protocols.h"

static Property *as_property(Value value) { return (Property *)value_as_object(value); }

static Value or_none(Value value) { return value_is_absent(value) ? VALUE_NONE : value; }

static Value or_absent(Value value) { return value_is_none(value) ? VALUE_ABSENT : value; }

static void trace_property(Marker *marker, Object *object) {
    Property *property = (Property *)object;
    mark_value(marker, property->getter);
    mark_value(marker, property->setter);
    mark_value(marker, property->deleter);
    mark_value(marker, property->documentation);
    mark_value(marker, property->name);
}

static Value make_property(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)args;
    (void)count;
    (void)names;
    Object *object = type_allocate(thread, type, 0);
    return object ? value_from_object(object) : VALUE_ERROR;
}

// The getter's docstring serves when none was given; instances of subclasses keep it in their dict.
static bool take_documentation(Thread *thread, Value self) {
    Property *property = as_property(self);
    Value text = VALUE_ABSENT;
    if (!value_is_absent(property->getter)) {
        text = object_find_attribute(thread, property->getter, NAMES(thread)->__doc__);
        if (value_is_error(text)) return false;
    }
    bool found = !value_is_absent(text) && !value_is_none(text);
    property->getter_documentation = found;
    if (type_of(self) != &property_type)
        return object_set_attribute(thread, self, NAMES(thread)->__doc__,
                                    found ? text : VALUE_NONE);
    if (found) object_store(thread->heap, property, &property->documentation, text);
    return true;
}

static bool initialize_property(Thread *thread, Value self, Value *args, int count, Value names) {
    Value given[4];
    if (!arguments_bind(thread, "property", "fget=None, fset=None, fdel=None, doc=None", args,
                        count, names, given))
        return false;
    Property *property = as_property(self);
    object_store(thread->heap, property, &property->getter, or_absent(given[0]));
    object_store(thread->heap, property, &property->setter, or_absent(given[1]));
    object_store(thread->heap, property, &property->deleter, or_absent(given[2]));
    object_store(thread->heap, property, &property->documentation, VALUE_ABSENT);
    object_store(thread->heap, property, &property->name, VALUE_ABSENT);
    property->getter_documentation = false;
    if (value_is_absent(or_absent(given[3]))) return take_documentation(thread, self);
    if (type_of(self) != &property_type)
        return object_set_attribute(thread, self, NAMES(thread)->__doc__, given[3]);
    object_store(thread->heap, property, &property->documentation, given[3]);
    return true;
}

static Value raise_missing(Thread *thread, const Property *property, Value object,
                           const char *what) {
    Value qualname = type_of(object)->qualname;
    if (value_is_absent(property->name))
        return raise_error(thread, &exception_AttributeError, "property of %R object has no %s",
                           qualname, what);
    return raise_error(thread, &exception_AttributeError, "property %R of %R object has no %s",
                       property->name, qualname, what);
}

static Value get_property(Thread *thread, Value self, Value object, Value owner) {
    (void)owner;
    if (value_is_absent(object) || value_is_none(object)) return self;
    Property *property = as_property(self);
    if (value_is_absent(property->getter)) return raise_missing(thread, property, object, "getter");
    return object_call1(thread, property->getter, object);
}

static bool set_property(Thread *thread, Value self, Value object, Value value) {
    Property *property = as_property(self);
    bool deletes = value_is_absent(value);
    Value function = deletes ? property->deleter : property->setter;
    Value result;
    if (value_is_absent(function))
        result = raise_missing(thread, property, object, deletes ? "deleter" : "setter");
    else if (deletes)
        result = object_call1(thread, function, object);
    else
        result = object_call2(thread, function, object, value);
    return !value_is_error(result);
}

// A property of the same class with one function exchanged.
static Value copy_with(Thread *thread, Value self, Value getter, Value setter, Value deleter) {
    Property *property = as_property(self);
    Value documentation = or_none(property->documentation);
    if (!value_is_absent(getter) && property->getter_documentation) documentation = VALUE_NONE;
    Value args[4] = {
        value_is_absent(getter) ? or_none(property->getter) : getter,
        value_is_absent(setter) ? or_none(property->setter) : setter,
        value_is_absent(deleter) ? or_none(property->deleter) : deleter,
        property->getter_documentation ? VALUE_NONE : documentation,
    };
    Value copy = object_call(thread, value_from_type(type_of(self)), args, 4, VALUE_ABSENT);
    if (!value_is_error(copy) && value_is_object(copy) &&
        type_is_subtype(type_of(copy), &property_type))
        object_store(thread->heap, as_property(copy), &as_property(copy)->name, property->name);
    return copy;
}

static Value property_py_getter(Thread *thread, Value *args, int count) {
    (void)count;
    return copy_with(thread, args[0], args[1], VALUE_ABSENT, VALUE_ABSENT);
}

static Value property_py_setter(Thread *thread, Value *args, int count) {
    (void)count;
    return copy_with(thread, args[0], VALUE_ABSENT, args[1], VALUE_ABSENT);
}

static Value property_py_deleter(Thread *thread, Value *args, int count) {
    (void)count;
    return copy_with(thread, args[0], VALUE_ABSENT, VALUE_ABSENT, args[1]);
}

static Value property_py_set_name(Thread *thread, Value *args, int count) {
    if (count != 3)
        return raise_type_error(
            thread, "__set_name__() takes 2 positional arguments but %d were given", count - 1);
    Property *property = as_property(args[0]);
    object_store(thread->heap, property, &property->name, args[2]);
    return VALUE_NONE;
}

static Value property_py_get_abstract(Thread *thread, Value self) {
    const Property *property = as_property(self);
    const Value functions[] = {property->getter, property->setter, property->deleter};
    for (size_t i = 0; i < COUNT_OF(functions); i++) {
        if (value_is_absent(functions[i])) continue;
        Value mark =
            object_find_attribute(thread, functions[i], NAMES(thread)->__isabstractmethod__);
        if (value_is_error(mark)) return mark;
        if (value_is_absent(mark)) continue;
        int truth = object_is_true(thread, mark);
        if (truth != 0) return truth < 0 ? VALUE_ERROR : VALUE_TRUE;
    }
    return VALUE_FALSE;
}

static const MethodRow methods[] = {
    {"getter", property_py_getter, "self, object, /",
     "Descriptor to obtain a copy of the property with a different getter.", METHOD_INSTANCE},
    {"setter", property_py_setter, "self, object, /",
     "Descriptor to obtain a copy of the property with a different setter.", METHOD_INSTANCE},
    {"deleter", property_py_deleter, "self, object, /",
     "Descriptor to obtain a copy of the property with a different deleter.", METHOD_INSTANCE},
    {"__set_name__", property_py_set_name, "self, *args", "Method to set name of a property.",
     METHOD_INSTANCE},
    {0},
};
static const GetSetRow getsets[] = {
    {"__isabstractmethod__", property_py_get_abstract, NULL, NULL},
    {0},
};
static const MemberRow members[] = {
    {"fget", offsetof(Property, getter), true, true, NULL},
    {"fset", offsetof(Property, setter), true, true, NULL},
    {"fdel", offsetof(Property, deleter), true, true, NULL},
    {"__doc__", offsetof(Property, documentation), false, true, NULL},
    {0},
};

Type property_type = {
    TYPE_STATIC_HEADER(property),
    .name = "property",
    .documentation = "Property attribute.",
    .basic_size = sizeof(Property),
    .flags = TYPE_BASE,
    .methods = methods,
    .getsets = getsets,
    .members = members,
    .trace = trace_property,
    .make = make_property,
    .initialize = initialize_property,
    .descriptor_get = get_property,
    .descriptor_set = set_property,
};
