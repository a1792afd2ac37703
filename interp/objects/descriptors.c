// descriptors.c — descriptors of builtin types for computed attributes, fields and slots.
//
// A getset descriptor calls the C functions of its row, a member descriptor reads a Value at a
// fixed offset (also what __slots__ makes), a slot wrapper calls a slot of Type; a method wrapper
// is a slot wrapper bound to an object.
#include "objects/builtin_types.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include "runtime/slots.h"

// A getset or member descriptor.
typedef struct {
    Object header;
    Type *owner;
    const GetSetRow *getset; // one of the two is NULL
    const MemberRow *member;
} FieldDescriptor;

static FieldDescriptor *as_field(Value value) { return (FieldDescriptor *)value_as_object(value); }

static const char *field_name(const FieldDescriptor *field) {
    return field->getset ? field->getset->name : field->member->name;
}

static Value new_field(Thread *thread, uint32_t shape, Type *owner, const GetSetRow *getset,
                       const MemberRow *member) {
    FieldDescriptor *field = (FieldDescriptor *)heap_allocate(thread->heap, sizeof *field, shape);
    if (!field) return raise_memory_error(thread);
    field->owner = owner;
    field->getset = getset;
    field->member = member;
    return value_from_object(field);
}

Value getset_descriptor_new(Thread *thread, Type *owner, const GetSetRow *row) {
    return new_field(thread, SHAPE_getset_descriptor, owner, row, NULL);
}

Value member_descriptor_new(Thread *thread, Type *owner, const MemberRow *row) {
    return new_field(thread, SHAPE_member_descriptor, owner, NULL, row);
}

static void trace_field(Marker *marker, Object *object) {
    mark_object(marker, ((FieldDescriptor *)object)->owner);
}

static bool check_field(Thread *thread, const FieldDescriptor *field, Value object) {
    if (type_is_subtype(type_of(object), field->owner)) return true;
    raise_type_error(thread, "descriptor '%s' for '%N' objects doesn't apply to a '%T' object",
                     field_name(field), field->owner, object);
    return false;
}

static Value *member_place(const FieldDescriptor *field, Value object) {
    return (Value *)((char *)value_as_object(object) + field->member->offset);
}

static Value get_field(Thread *thread, Value self, Value object, Value owner) {
    (void)owner;
    if (value_is_absent(object)) return self;
    FieldDescriptor *field = as_field(self);
    if (!check_field(thread, field, object)) return VALUE_ERROR;
    if (field->getset) {
        if (field->getset->get) return field->getset->get(thread, object);
        return raise_error(thread, &exception_AttributeError,
                           "attribute '%s' of '%N' objects is not readable", field_name(field),
                           field->owner);
    }
    Value value = *member_place(field, object);
    if (!value_is_absent(value)) return value;
    if (field->member->none_if_absent) return VALUE_NONE;
    Value name = str_intern_c(thread, field_name(field));
    return value_is_error(name) ? name : raise_attribute_error(thread, object, name);
}

uint32_t member_descriptor_offset(Value descriptor, const Type *type) {
    if (!value_has_shape(descriptor, SHAPE_member_descriptor)) return 0;
    const FieldDescriptor *field = (const FieldDescriptor *)value_as_object(descriptor);
    const MemberRow *member = field->member;
    if (member->read_only || member->none_if_absent || !type_is_subtype(type, field->owner))
        return 0;
    return member->offset;
}

static bool set_member(Thread *thread, const FieldDescriptor *field, Value object, Value value) {
    if (field->member->read_only) {
        raise_error(thread, &exception_AttributeError, "readonly attribute");
        return false;
    }
    Value *place = member_place(field, object);
    if (value_is_absent(value) && value_is_absent(*place) && !field->member->none_if_absent) {
        raise_error(thread, &exception_AttributeError, "%s", field_name(field));
        return false;
    }
    object_store(thread->heap, value_as_object(object), place, value);
    return true;
}

static bool set_field(Thread *thread, Value self, Value object, Value value) {
    FieldDescriptor *field = as_field(self);
    if (!check_field(thread, field, object)) return false;
    if (field->member) return set_member(thread, field, object, value);
    if (field->getset->set) return field->getset->set(thread, object, value);
    raise_error(thread, &exception_AttributeError, "attribute '%s' of '%N' objects is not writable",
                field_name(field), field->owner);
    return false;
}

static Value repr_getset(Thread *thread, Value self) {
    return str_format(thread, "<attribute '%s' of '%N' objects>", field_name(as_field(self)),
                      as_field(self)->owner);
}

static Value repr_member(Thread *thread, Value self) {
    return str_format(thread, "<member '%s' of '%N' objects>", field_name(as_field(self)),
                      as_field(self)->owner);
}

static Value field_py_get_name(Thread *thread, Value self) {
    return str_intern_c(thread, field_name(as_field(self)));
}

static Value field_py_get_qualname(Thread *thread, Value self) {
    return str_format(thread, "%U.%s", as_field(self)->owner->qualname, field_name(as_field(self)));
}

static Value field_py_get_owner(Thread *thread, Value self) {
    (void)thread;
    return value_from_type(as_field(self)->owner);
}

static Value field_py_get_documentation(Thread *thread, Value self) {
    const FieldDescriptor *field = as_field(self);
    const char *text = field->getset ? field->getset->documentation : field->member->documentation;
    return text ? str_from_c(thread, text) : VALUE_NONE;
}

static const GetSetRow field_getsets[] = {
    {"__name__", field_py_get_name, NULL, NULL},
    {"__qualname__", field_py_get_qualname, NULL, NULL},
    {"__objclass__", field_py_get_owner, NULL, NULL},
    {"__doc__", field_py_get_documentation, NULL, NULL},
    {0},
};

Type getset_descriptor_type = {
    TYPE_STATIC_HEADER(getset_descriptor),
    .name = "getset_descriptor",
    .basic_size = sizeof(FieldDescriptor),
    .getsets = field_getsets,
    .trace = trace_field,
    .repr = repr_getset,
    .descriptor_get = get_field,
    .descriptor_set = set_field,
};

Type member_descriptor_type = {
    TYPE_STATIC_HEADER(member_descriptor),
    .name = "member_descriptor",
    .basic_size = sizeof(FieldDescriptor),
    .getsets = field_getsets,
    .trace = trace_field,
    .repr = repr_member,
    .descriptor_get = get_field,
    .descriptor_set = set_field,
};

// Slot wrappers

static SlotWrapper *as_wrapper(Value value) { return (SlotWrapper *)value_as_object(value); }

static void trace_wrapper(Marker *marker, Object *object) {
    mark_object(marker, ((SlotWrapper *)object)->owner);
}

static Value call_wrapper(Thread *thread, Value callable, Value *args, int count, Value names) {
    SlotWrapper *wrapper = as_wrapper(callable);
    if (count < 1)
        return raise_type_error(thread, "descriptor '%s' of '%N' object needs an argument",
                                wrapper->row->name, wrapper->owner);
    return slot_wrapper_call(thread, wrapper, args[0], args + 1, count - 1, names);
}

static Value repr_wrapper(Thread *thread, Value self) {
    return str_format(thread, "<slot wrapper '%s' of '%N' objects>", as_wrapper(self)->row->name,
                      as_wrapper(self)->owner);
}

static Value get_wrapper(Thread *thread, Value self, Value object, Value owner) {
    (void)owner;
    if (value_is_absent(object)) return self;
    SlotWrapper *wrapper = as_wrapper(self);
    if (!type_is_subtype(type_of(object), wrapper->owner))
        return raise_type_error(thread,
                                "descriptor '%s' for '%N' objects doesn't apply to a '%T' object",
                                wrapper->row->name, wrapper->owner, object);
    MethodWrapper *bound =
        (MethodWrapper *)heap_allocate(thread->heap, sizeof *bound, SHAPE_method_wrapper);
    if (!bound) return raise_memory_error(thread);
    bound->wrapper = wrapper;
    bound->self = object;
    return value_from_object(bound);
}

static Value wrapper_py_get_name(Thread *thread, Value self) {
    return str_intern_c(thread, as_wrapper(self)->row->name);
}

static Value wrapper_py_get_qualname(Thread *thread, Value self) {
    const SlotWrapper *wrapper = as_wrapper(self);
    return str_format(thread, "%U.%s", wrapper->owner->qualname, wrapper->row->name);
}

static Value wrapper_py_get_owner(Thread *thread, Value self) {
    (void)thread;
    return value_from_type(as_wrapper(self)->owner);
}

static Value wrapper_py_get_documentation(Thread *thread, Value self) {
    const char *text = as_wrapper(self)->row->documentation;
    return text ? str_from_c(thread, text) : VALUE_NONE;
}

static const GetSetRow wrapper_getsets[] = {
    {"__name__", wrapper_py_get_name, NULL, NULL},
    {"__qualname__", wrapper_py_get_qualname, NULL, NULL},
    {"__objclass__", wrapper_py_get_owner, NULL, NULL},
    {"__doc__", wrapper_py_get_documentation, NULL, NULL},
    {0},
};

Type slot_wrapper_type = {
    TYPE_STATIC_HEADER(slot_wrapper),
    .name = "wrapper_descriptor",
    .basic_size = sizeof(SlotWrapper),
    .flags = TYPE_METHOD_DESCRIPTOR,
    .getsets = wrapper_getsets,
    .trace = trace_wrapper,
    .call = call_wrapper,
    .repr = repr_wrapper,
    .descriptor_get = get_wrapper,
};

// Method wrappers

static MethodWrapper *as_method(Value value) { return (MethodWrapper *)value_as_object(value); }

static void trace_method(Marker *marker, Object *object) {
    mark_object(marker, ((MethodWrapper *)object)->wrapper);
    mark_value(marker, ((MethodWrapper *)object)->self);
}

static Value call_method(Thread *thread, Value callable, Value *args, int count, Value names) {
    MethodWrapper *method = as_method(callable);
    return slot_wrapper_call(thread, method->wrapper, method->self, args, count, names);
}

static Value repr_method(Thread *thread, Value self) {
    MethodWrapper *method = as_method(self);
    return str_format(thread, "<method-wrapper '%s' of %T object at %p>",
                      method->wrapper->row->name, method->self, (void *)method->self.bits);
}

static Value compare_methods(Thread *thread, Value self, Value other, CompareOperator op) {
    (void)thread;
    if ((op != COMPARE_EQ && op != COMPARE_NE) || !value_has_shape(other, SHAPE_method_wrapper))
        return VALUE_NOT_IMPLEMENTED;
    MethodWrapper *a = as_method(self), *b = as_method(other);
    bool equal = a->wrapper == b->wrapper && value_same(a->self, b->self);
    return value_from_bool(equal == (op == COMPARE_EQ));
}

static bool hash_method(Thread *thread, Value self, int64_t *hash) {
    (void)thread;
    MethodWrapper *method = as_method(self);
    *hash = (int64_t)((method->self.bits * 31 ^ (uintptr_t)method->wrapper) >> 3);
    return true;
}

static Value method_py_get_name(Thread *thread, Value self) {
    return str_intern_c(thread, as_method(self)->wrapper->row->name);
}

static Value method_py_get_qualname(Thread *thread, Value self) {
    return wrapper_py_get_qualname(thread, value_from_object(as_method(self)->wrapper));
}

static Value method_py_get_owner(Thread *thread, Value self) {
    (void)thread;
    return value_from_type(as_method(self)->wrapper->owner);
}

static Value method_py_get_documentation(Thread *thread, Value self) {
    return wrapper_py_get_documentation(thread, value_from_object(as_method(self)->wrapper));
}

static const GetSetRow method_getsets[] = {
    {"__name__", method_py_get_name, NULL, NULL},
    {"__qualname__", method_py_get_qualname, NULL, NULL},
    {"__objclass__", method_py_get_owner, NULL, NULL},
    {"__doc__", method_py_get_documentation, NULL, NULL},
    {0},
};
static const MemberRow method_members[] = {
    {"__self__", offsetof(MethodWrapper, self), true, true, NULL},
    {0},
};

Type method_wrapper_type = {
    TYPE_STATIC_HEADER(method_wrapper),
    .name = "method-wrapper",
    .basic_size = sizeof(MethodWrapper),
    .getsets = method_getsets,
    .members = method_members,
    .trace = trace_method,
    .call = call_method,
    .repr = repr_method,
    .hash = hash_method,
    .compare = compare_methods,
};
