// super.c — super: attribute look-up that starts behind a class in the MRO of an object's type.
#include "objects/builtin_types.h"
#include "objects/dict.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"

bool (*super_find_arguments)(Thread *thread, Value *type, Value *object);

static Super *as_super(Value value) { return (Super *)value_as_object(value); }

static void trace_super(Marker *marker, Object *object) {
    Super *super = (Super *)object;
    mark_value(marker, super->type);
    mark_value(marker, super->object);
    mark_value(marker, super->object_type);
}

// The type whose MRO is searched: of an instance its class, of a class (in a class method) itself.
static Value check_object(Thread *thread, Type *type, Value object) {
    if (value_is_type(object) && type_is_subtype(value_as_type(object), type)) return object;
    if (type_is_subtype(type_of(object), type)) return value_from_type(type_of(object));
    Value class = object_find_attribute(thread, object, NAMES(thread)->__class__);
    if (value_is_error(class)) return class;
    if (value_is_type(class) && type_is_subtype(value_as_type(class), type)) return class;
    return raise_type_error(thread, "super(type, obj): obj must be an instance or subtype of type");
}

// The raw attribute behind `type` in the MRO; VALUE_ABSENT if none.
static Value search_behind(Thread *thread, const Type *start, const Type *type, Value name) {
    size_t count, i = 0;
    Type **mro = type_mro_items(start, &count);
    while (i < count && mro[i] != type) i++;
    for (i++; i < count; i++) {
        Value found = dict_find_str(thread, value_as_dict(mro[i]->dict), name);
        if (!value_is_absent(found)) return found;
    }
    return VALUE_ABSENT;
}

static Value find_bound(Thread *thread, const Type *type, Value object, Value search_type,
                        Value name, Value *self) {
    Value found = search_behind(thread, value_as_type(search_type), type, name);
    if (value_is_absent(found)) return found;
    bool from_class = value_same(object, search_type);
    if (self && !from_class && (type_of(found)->flags & TYPE_METHOD_DESCRIPTOR)) {
        *self = object;
        return found;
    }
    Value (*get)(Thread *, Value, Value, Value) = type_of(found)->descriptor_get;
    return get ? get(thread, found, from_class ? VALUE_ABSENT : object, search_type) : found;
}

static Value get_attribute(Thread *thread, Value self, Value name) {
    Super *super = as_super(self);
    if (!value_is_str(name))
        return raise_type_error(thread, "attribute name must be string, not '%T'", name);
    name = str_intern(thread, name);
    if (value_is_error(name)) return name;
    // __class__ shall be that of the super object itself.
    if (!value_is_absent(super->object_type) && !value_same(name, NAMES(thread)->__class__)) {
        Value found = find_bound(thread, value_as_type(super->type), super->object,
                                 super->object_type, name, NULL);
        if (!value_is_absent(found)) return found;
    }
    return object_generic_get_attribute(thread, self, name);
}

Value super_get_attribute(Thread *thread, Value type, Value object, Value name, Value *self) {
    if (self) *self = VALUE_ABSENT;
    if (!value_is_type(type))
        return raise_type_error(thread, "super() argument 1 must be a type, not %T", type);
    Value search_type = check_object(thread, value_as_type(type), object);
    if (value_is_error(search_type)) return search_type;
    name = str_intern(thread, name);
    if (value_is_error(name)) return name;
    if (!value_same(name, NAMES(thread)->__class__)) {
        Value found = find_bound(thread, value_as_type(type), object, search_type, name, self);
        if (!value_is_absent(found)) return found;
    } else {
        return value_from_type(&super_type);
    }
    Value made = object_call2(thread, value_from_type(&super_type), type, object);
    return value_is_error(made) ? made : object_generic_get_attribute(thread, made, name);
}

static Value make_super(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)args;
    (void)count;
    (void)names;
    Object *object = type_allocate(thread, type, 0);
    return object ? value_from_object(object) : VALUE_ERROR;
}

static bool find_arguments(Thread *thread, Value *args) {
    if (super_find_arguments) return super_find_arguments(thread, &args[0], &args[1]);
    raise_error(thread, &exception_RuntimeError, "super(): no arguments");
    return false;
}

static bool initialize_super(Thread *thread, Value self, Value *args, int count, Value names) {
    Super *super = as_super(self);
    Value given[2];
    if (count > 2) {
        raise_type_error(thread, "super() expected at most 2 arguments, got %d", count);
        return false;
    }
    if (!arguments_bind(thread, "super", "type=None, object=None, /", args, count, names, given))
        return false;
    if (value_is_absent(given[0]) && !find_arguments(thread, given)) return false;
    if (!value_is_type(given[0])) {
        raise_type_error(thread, "super() argument 1 must be a type, not %T", given[0]);
        return false;
    }
    bool bound = !value_is_absent(given[1]) && !value_is_none(given[1]);
    Value search_type =
        bound ? check_object(thread, value_as_type(given[0]), given[1]) : VALUE_ABSENT;
    if (value_is_error(search_type)) return false;
    object_store(thread->heap, super, &super->type, given[0]);
    object_store(thread->heap, super, &super->object, bound ? given[1] : VALUE_ABSENT);
    object_store(thread->heap, super, &super->object_type, search_type);
    return true;
}

// An unbound super object in a class body binds like a method.
static Value get_descriptor(Thread *thread, Value self, Value object, Value owner) {
    (void)owner;
    Super *super = as_super(self);
    if (value_is_absent(object) || value_is_none(object) || !value_is_absent(super->object))
        return self;
    return object_call2(thread, value_from_type(type_of(self)), super->type, object);
}

static Value repr_super(Thread *thread, Value self) {
    Super *super = as_super(self);
    const char *name = value_is_absent(super->type) ? "NULL" : value_as_type(super->type)->name;
    if (value_is_absent(super->object_type))
        return str_format(thread, "<super: <class '%s'>, NULL>", name);
    return str_format(thread, "<super: <class '%s'>, <%s object>>", name,
                      value_as_type(super->object_type)->name);
}

static const MemberRow members[] = {
    {"__thisclass__", offsetof(Super, type), true, true, "the class invoking super()"},
    {"__self__", offsetof(Super, object), true, true, "the instance invoking super(); may be None"},
    {"__self_class__", offsetof(Super, object_type), true, true,
     "the type of the instance invoking super(); may be None"},
    {0},
};

Type super_type = {
    TYPE_STATIC_HEADER(super),
    .name = "super",
    .documentation = "super() -> same as super(__class__, <first argument>)",
    .basic_size = sizeof(Super),
    .flags = TYPE_BASE,
    .members = members,
    .trace = trace_super,
    .make = make_super,
    .initialize = initialize_super,
    .repr = repr_super,
    .get_attribute = get_attribute,
    .descriptor_get = get_descriptor,
};
