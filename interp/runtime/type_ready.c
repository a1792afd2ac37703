// type_ready.c — makes a builtin type usable: layout, MRO, namespace, inherited slots.
//
// The order matters: descriptors for the type's own slots come first, while the slots it does not
// define are still NULL; then its tables; then the slots of the base. The bytes of the static
// object from before are kept, so that a second runtime of the process starts from the same state.
#include "objects/builtin_types.h"
#include "objects/dict.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"
#include "runtime/type_internal.h"

static uint32_t own_subclass_flag(const Type *type) {
    switch (type->root_index) {
    case SHAPE_int: return TYPE_INT_SUBCLASS;
    case SHAPE_float: return TYPE_FLOAT_SUBCLASS;
    case SHAPE_str: return TYPE_STR_SUBCLASS;
    case SHAPE_bytes: return TYPE_BYTES_SUBCLASS;
    case SHAPE_tuple: return TYPE_TUPLE_SUBCLASS;
    case SHAPE_list: return TYPE_LIST_SUBCLASS;
    case SHAPE_dict: return TYPE_DICT_SUBCLASS;
    case SHAPE_set: return TYPE_SET_SUBCLASS;
    case SHAPE_frozenset: return TYPE_FROZENSET_SUBCLASS;
    case SHAPE_type: return TYPE_TYPE_SUBCLASS;
    default: return 0;
    }
}

static uint32_t variable_size_flag(const Type *type) {
    switch (type->root_index) {
    case SHAPE_int:
    case SHAPE_str:
    case SHAPE_bytes:
    case SHAPE_tuple: return TYPE_VARIABLE_SIZE;
    default: return 0;
    }
}

static void inherit_layout(Type *type) {
    uint32_t inherited = TYPE_SUBCLASS_MASK | TYPE_VARIABLE_SIZE | TYPE_DICTIONARY_INSTANCES |
                         TYPE_MAPPING | TYPE_SEQUENCE;
    type->flags |= TYPE_IMMUTABLE | own_subclass_flag(type) | variable_size_flag(type);
    if (!type->base) return;
    type->flags |= type->base->flags & inherited;
    if (type->extension_offset == 0) type->extension_offset = type->base->extension_offset;
    if (type->basic_size == 0) type->basic_size = type->base->basic_size;
    if (!type->trace) type->trace = type->base->trace;
    if (!type->release) type->release = type->base->release;
    // A builtin type without a constructor over object cannot be instantiated from Python, unless
    // it is there to be derived from.
    if (!type->make && type->base == &object_type && !(type->flags & TYPE_BASE))
        type->flags |= TYPE_NO_NEW;
}

static bool set_names(Thread *thread, Type *type) {
    const char *dot = strrchr(type->name, '.');
    Value name = str_intern_c(thread, dot ? dot + 1 : type->name);
    if (value_is_error(name)) return false;
    object_store(thread->heap, type, &type->name_value, name);
    object_store(thread->heap, type, &type->qualname, name);
    return true;
}

static bool set_order(Thread *thread, Type *type) {
    Value bases[2] = {VALUE_ABSENT, VALUE_ABSENT};
    size_t count = 0;
    if (type->base) bases[count++] = value_from_type(type->base);
    if (type->second_base) bases[count++] = value_from_type(type->second_base);
    Value tuple = tuple_from_values(thread, bases, count);
    if (value_is_error(tuple)) return false;
    object_store(thread->heap, type, &type->bases, tuple);
    Value order = type_linearize(thread, type);
    if (value_is_error(order)) return false;
    object_store(thread->heap, type, &type->mro, order);
    return true;
}

static bool add_entry(Thread *thread, Type *type, const char *name, Value descriptor) {
    if (value_is_error(descriptor)) return false;
    Value key = str_intern_c(thread, name);
    if (value_is_error(key)) return false;
    Dict *dict = value_as_dict(type->dict);
    if (!value_is_absent(dict_find_str(thread, dict, key))) return true;
    return dict_set(thread, dict, key, descriptor);
}

static bool set_module(Thread *thread, Type *type) {
    const char *dot = strrchr(type->name, '.');
    if (!dot) return true; // type.__module__ knows that it is builtins
    Value module = str_from_utf8(thread, type->name, (size_t)(dot - type->name));
    return !value_is_error(module) && add_entry(thread, type, "__module__", module);
}

static bool add_methods(Thread *thread, Type *type) {
    for (const MethodRow *row = type->methods; row && row->name; row++) {
        Value descriptor;
        if (row->kind == METHOD_STATIC) {
            descriptor = native_function_new(thread, row, value_from_type(type), VALUE_ABSENT);
            if (!value_is_error(descriptor)) descriptor = staticmethod_new(thread, descriptor);
        } else {
            descriptor = method_descriptor_new(thread, type, row);
        }
        if (!add_entry(thread, type, row->name, descriptor)) return false;
    }
    return true;
}

static bool add_tables(Thread *thread, Type *type) {
    if (!add_methods(thread, type)) return false;
    for (const GetSetRow *row = type->getsets; row && row->name; row++)
        if (!add_entry(thread, type, row->name, getset_descriptor_new(thread, type, row)))
            return false;
    for (const MemberRow *row = type->members; row && row->name; row++)
        if (!add_entry(thread, type, row->name, member_descriptor_new(thread, type, row)))
            return false;
    return true;
}

static bool add_constructor(Thread *thread, Type *type) {
    if (!type->make) return true;
    return add_entry(thread, type, "__new__", constructor_new(thread, type));
}

static bool add_documentation(Thread *thread, Type *type) {
    Value text = type->documentation ? str_from_c(thread, type->documentation) : VALUE_NONE;
    return add_entry(thread, type, "__doc__", text);
}

bool type_finish_layout(Thread *thread, Type *type) {
    bool is_dictionary =
        type->extension_offset == EXTENSION_AT_END || (type->flags & TYPE_DICTIONARY_INSTANCES);
    type->root_shape =
        shape_new_root(thread, type, type->root_index, type->inline_slots, is_dictionary);
    if (!type->root_shape) return false;
    if (is_dictionary) type->dictionary_shape = type->root_shape;
    return true;
}

static bool fill_namespace(Thread *thread, Type *type) {
    Value dict = dict_new(thread);
    if (value_is_error(dict)) return false;
    object_store(thread->heap, type, &type->dict, dict);
    bool unhashable = type->compare && !type->hash;
    if (!slots_add_wrappers(thread, type) || !add_constructor(thread, type) ||
        !add_tables(thread, type) || !set_module(thread, type) || !add_documentation(thread, type))
        return false;
    return !unhashable || add_entry(thread, type, "__hash__", VALUE_NONE);
}

bool type_ready(Thread *thread, Type *type) {
    if (type->flags & TYPE_READY) return true;
    if (!type->base && type != &object_type)
        object_store_pointer(thread->heap, type, &type->base, &object_type);
    if (type->base && !type_ready(thread, type->base)) return false;
    if (type->second_base && !type_ready(thread, type->second_base)) return false;
    if (!type_register_static(thread, type)) return false;
    type->flags |= TYPE_READY;
    if (type->metatype) {
        if (!type_ready(thread, type->metatype)) return false;
        type->header.shape = type->metatype->root_shape->index;
    }
    inherit_layout(type);
    if (!type_finish_layout(thread, type) || !set_names(thread, type) || !set_order(thread, type) ||
        !fill_namespace(thread, type))
        return false;
    bool unhashable = type->compare && !type->hash;
    if (type->base) slots_inherit(type, type->base);
    if (unhashable) type->hash = NULL;
    if (type->base && !type_add_subclass(thread, type->base, type)) return false;
    if (type->second_base && !type_add_subclass(thread, type->second_base, type)) return false;
    type_modified(thread, type);
    return true;
}
