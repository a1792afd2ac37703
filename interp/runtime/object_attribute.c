// object_attribute.c — attribute access by CPython's order: data descriptors of the class, the
// instance's own attributes, other descriptors and plain values of the class.
#include "objects/builtin_types.h"
#include "objects/str.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"

// Attribute names are compared by address from here on.
static Value check_name(Thread *thread, Value name) {
    if (LIKELY(value_is_str_exact(name) && str_is_interned(value_as_str(name)))) return name;
    if (!value_is_str(name))
        return raise_type_error(thread, "attribute name must be string, not '%T'", name);
    return str_intern(thread, name);
}

static Value find_own(Value object, const Type *type, Value name) {
    return type->extension_offset ? instance_find(value_as_object(object), name) : VALUE_ABSENT;
}

static Value find(Thread *thread, Value object, Value name) {
    Type *type = type_of(object);
    Value descriptor = type_find(type, name);
    Value (*get)(Thread *, Value, Value, Value) = NULL;
    if (!value_is_absent(descriptor)) {
        Type *descriptor_type = type_of(descriptor);
        get = descriptor_type->descriptor_get;
        if (get && descriptor_type->descriptor_set)
            return get(thread, descriptor, object, value_from_type(type));
    }
    Value own = find_own(object, type, name);
    if (!value_is_absent(own)) return own;
    return get ? get(thread, descriptor, object, value_from_type(type)) : descriptor;
}

Value object_generic_find_attribute(Thread *thread, Value object, Value name) {
    name = check_name(thread, name);
    return value_is_error(name) ? name : find(thread, object, name);
}

Value object_generic_get_attribute(Thread *thread, Value object, Value name) {
    Value found = object_generic_find_attribute(thread, object, name);
    return LIKELY(!value_is_absent(found)) ? found : raise_attribute_error(thread, object, name);
}

bool object_generic_set_attribute(Thread *thread, Value object, Value name, Value value) {
    name = check_name(thread, name);
    if (value_is_error(name)) return false;
    Type *type = type_of(object);
    Value descriptor = type_find(type, name);
    if (!value_is_absent(descriptor)) {
        bool (*set)(Thread *, Value, Value, Value) = type_of(descriptor)->descriptor_set;
        if (set) return set(thread, descriptor, object, value);
    }
    if (type->extension_offset) {
        if (instance_set(thread, value_as_object(object), name, value)) return true;
        if (error_is_pending(thread)) return false;
        raise_attribute_error(thread, object, name);
        return false;
    }
    if (value_is_absent(descriptor)) {
        raise_attribute_error(thread, object, name);
        return false;
    }
    raise_error(thread, &exception_AttributeError, "'%T' object attribute '%U' is read-only",
                object, name);
    return !value_is_error(error_set_attribute_details(thread, object, name));
}

Value object_get_attribute(Thread *thread, Value object, Value name) {
    name = check_name(thread, name);
    if (value_is_error(name)) return name;
    Value found = type_of(object)->get_attribute(thread, object, name);
    // An AttributeError of a property or __getattr__ learns here what was looked for.
    return LIKELY(!value_is_error(found)) ? found
                                          : error_set_attribute_details(thread, object, name);
}

Value object_find_attribute(Thread *thread, Value object, Value name) {
    name = check_name(thread, name);
    if (value_is_error(name)) return name;
    Type *type = type_of(object);
    Value found;
    if (type->get_attribute == object_generic_get_attribute)
        found = find(thread, object, name);
    else if (type->get_attribute == type_get_attribute)
        found = type_find_attribute(thread, value_as_type(object), name);
    else
        found = type->get_attribute(thread, object, name);
    // A descriptor may have raised it even where the look-up itself did not.
    if (value_is_error(found) && error_clear_if(thread, &exception_AttributeError))
        return VALUE_ABSENT;
    return found;
}

bool object_set_attribute(Thread *thread, Value object, Value name, Value value) {
    name = check_name(thread, name);
    if (value_is_error(name)) return false;
    return type_of(object)->set_attribute(thread, object, name, value);
}

Value object_find_special(Thread *thread, Value object, Value name) {
    Type *type = type_of(object);
    Value found = type_find(type, name);
    if (value_is_absent(found)) return found;
    Value (*get)(Thread *, Value, Value, Value) = type_of(found)->descriptor_get;
    return get ? get(thread, found, object, value_from_type(type)) : found;
}

Value object_get_method(Thread *thread, Value object, Value name, Value *self) {
    *self = VALUE_ABSENT;
    Type *type = type_of(object);
    if (type->get_attribute != object_generic_get_attribute)
        return object_get_attribute(thread, object, name);
    name = check_name(thread, name);
    if (value_is_error(name)) return name;
    Value method = type_find(type, name);
    if (value_is_absent(method) || !(type_of(method)->flags & TYPE_METHOD_DESCRIPTOR))
        return object_generic_get_attribute(thread, object, name);
    Value own = find_own(object, type, name);
    if (!value_is_absent(own)) return own;
    *self = object;
    return method;
}
