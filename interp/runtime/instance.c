// instance.c — attributes of instances: inline slots, overflow array, dictionary; allocation.
//
// A slot below the shape's inline_capacity is a word of the object, the others are in the
// ValueArray that the extension word points to. An object in dictionary mode has its dict there
// (absent: still empty) and its inline slots absent. A class learns from its instances how many
// inline slots to give the next ones; the size of an object never changes.
#include "objects/array.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"

enum { INLINE_SLOT_LIMIT = 32 };

static size_t round_up(size_t size) { return (size + 7) & ~(size_t)7; }

// Bytes of a variable-sized builtin object up to the end of its items.
static size_t variable_end(const Object *object, const Type *type) {
    switch (type->flags & TYPE_SUBCLASS_MASK) {
    case TYPE_TUPLE_SUBCLASS:
        return sizeof(Tuple) + ((const Tuple *)object)->length * sizeof(Value);
    case TYPE_INT_SUBCLASS: return sizeof(Int) + ((const Int *)object)->count * sizeof(uint64_t);
    case TYPE_BYTES_SUBCLASS: return sizeof(Bytes) + ((const Bytes *)object)->length + 1;
    default: {
        ASSERT(type->flags & TYPE_STR_SUBCLASS);
        const Str *str = (const Str *)object;
        return sizeof(Str) + (str->length + 1) * str_kind(str);
    }
    }
}

Value *object_extension(Object *object) {
    Type *type = object_shape(object)->type;
    if (UNLIKELY(type->extension_offset == EXTENSION_AT_END))
        return (Value *)((char *)object + round_up(variable_end(object, type)));
    return type->extension_offset ? (Value *)((char *)object + type->extension_offset) : NULL;
}

static Value *inline_slot(Object *object, const Shape *shape, unsigned slot) {
    return (Value *)((char *)object + shape->slots_offset) + slot;
}

static Value *slot_place(Object *object, const Shape *shape, unsigned slot) {
    if (slot < shape->inline_capacity) return inline_slot(object, shape, slot);
    ValueArray *overflow = (ValueArray *)value_as_object(*object_extension(object));
    return &overflow->items[slot - shape->inline_capacity];
}

Value instance_find(Object *object, Value name) {
    Shape *shape = object_shape(object);
    if (shape->is_dictionary) {
        Value dict = *object_extension(object);
        if (value_is_absent(dict)) return VALUE_ABSENT;
        return dict_find_str(type_current_thread(), value_as_dict(dict), name);
    }
    int slot = shape_find(shape, name);
    return slot < 0 ? VALUE_ABSENT : *slot_place(object, shape, (unsigned)slot);
}

static Shape *dictionary_shape(Thread *thread, Type *type) {
    if (!type->dictionary_shape) type->dictionary_shape = shape_new_root(thread, type, 0, 0, true);
    return type->dictionary_shape;
}

Value instance_dict(Thread *thread, Object *object) {
    Shape *shape = object_shape(object);
    Value *extension = object_extension(object);
    if (shape->is_dictionary) {
        if (value_is_absent(*extension)) {
            Value dict = dict_new(thread);
            if (value_is_error(dict)) return dict;
            object_store(thread->heap, object, extension, dict);
        }
        return *extension;
    }
    Shape *target = dictionary_shape(thread, shape->type);
    if (!target) return VALUE_ERROR;
    Value dict = dict_new(thread);
    if (value_is_error(dict)) return dict;
    for (unsigned slot = 0; slot < shape->slot_count; slot++) {
        Value value = *slot_place(object, shape, slot);
        if (value_is_absent(value)) continue;
        if (!dict_set(thread, value_as_dict(dict), shape->names[slot], value)) return VALUE_ERROR;
    }
    for (unsigned slot = 0; slot < shape->slot_count && slot < shape->inline_capacity; slot++)
        *inline_slot(object, shape, slot) = VALUE_ABSENT;
    object->shape = target->index;
    object_store(thread->heap, object, extension, dict);
    return dict;
}

bool instance_set_dict(Thread *thread, Object *object, Value dict) {
    if (value_is_error(instance_dict(thread, object))) return false;
    object_store(thread->heap, object, object_extension(object), dict);
    return true;
}

static bool set_in_dict(Thread *thread, Object *object, Value name, Value value) {
    Value dict = instance_dict(thread, object);
    if (value_is_error(dict)) return false;
    if (!value_is_absent(value)) return dict_set(thread, value_as_dict(dict), name, value);
    return dict_delete(thread, value_as_dict(dict), name) == 1;
}

// Room in the overflow array for the last slot of `grown`.
static bool reserve_overflow(Thread *thread, Object *object, const Shape *grown) {
    size_t used = grown->slot_count - 1u - grown->inline_capacity;
    Value *extension = object_extension(object);
    ValueArray *array =
        value_is_absent(*extension) ? NULL : (ValueArray *)value_as_object(*extension);
    if (array && array->capacity > used) return true;
    size_t capacity = used < 4 ? 4 : used * 2;
    array =
        array ? value_array_grow(thread, array, used, capacity) : value_array_new(thread, capacity);
    if (!array) return false;
    object_store(thread->heap, object, extension, value_from_object(array));
    return true;
}

static bool add_slot(Thread *thread, Object *object, Shape *shape, Value name, Value value) {
    Shape *grown = shape_add(shape, name);
    if (!grown) return set_in_dict(thread, object, name, value);
    if (grown->slot_count > grown->inline_capacity) {
        if (!reserve_overflow(thread, object, grown)) return false;
        Type *type = shape->type;
        if ((type->flags & TYPE_HEAP) && type->inline_slots < grown->slot_count &&
            grown->slot_count <= INLINE_SLOT_LIMIT && type->extension_offset != EXTENSION_AT_END)
            type->inline_slots = grown->slot_count;
    }
    object_store(thread->heap, object, slot_place(object, grown, grown->slot_count - 1u), value);
    object->shape = grown->index;
    return true;
}

bool instance_set(Thread *thread, Object *object, Value name, Value value) {
    Shape *shape = object_shape(object);
    if (shape->is_dictionary) return set_in_dict(thread, object, name, value);
    int slot = shape_find(shape, name);
    if (value_is_absent(value)) return slot >= 0 && set_in_dict(thread, object, name, value);
    if (slot < 0) return add_slot(thread, object, shape, name, value);
    object_store(thread->heap, object, slot_place(object, shape, (unsigned)slot), value);
    return true;
}

bool instance_set_class(Thread *thread, Object *object, Type *type) {
    Type *old = object_shape(object)->type;
    bool both_modules = type_is_subtype(type, shape_table[SHAPE_module]->type) &&
                        type_is_subtype(old, shape_table[SHAPE_module]->type);
    if (!both_modules && (!(old->flags & TYPE_HEAP) || !(type->flags & TYPE_HEAP))) {
        raise_type_error(thread, "__class__ assignment only supported for mutable types or "
                                 "ModuleType subclasses");
        return false;
    }
    if (!both_modules && !type_check_layout(thread, old, type, "__class__")) return false;
    Shape *target = type->extension_offset ? dictionary_shape(thread, type) : type->root_shape;
    if (!target) return false;
    if (type->extension_offset && value_is_error(instance_dict(thread, object))) return false;
    object->shape = target->index;
    if (!type->finalize || heap_register_finalizer(thread->heap, object)) return true;
    raise_memory_error(thread);
    return false;
}

// Gives new instances as many inline slots as earlier ones turned out to need.
static bool renew_root(Thread *thread, Type *type) {
    Shape *root = shape_new_root(thread, type, 0, type->inline_slots, false);
    if (!root) return false;
    root->older_root = type->root_shape;
    type->root_shape = root;
    return true;
}

Object *type_allocate(Thread *thread, Type *type, size_t extra) {
    Shape *shape = type->root_shape;
    if (UNLIKELY(type->inline_slots != shape->inline_capacity)) {
        if (!renew_root(thread, type)) return NULL;
        shape = type->root_shape;
    }
    size_t size = type->basic_size + shape->inline_capacity * sizeof(Value);
    if (UNLIKELY(extra)) {
        if (extra > (size_t)PTRDIFF_MAX - size - 16) {
            raise_memory_error(thread);
            return NULL;
        }
        size = round_up(size + extra);
    }
    if (UNLIKELY(type->extension_offset == EXTENSION_AT_END)) size = round_up(size) + sizeof(Value);
    Object *object = heap_allocate(thread->heap, size, shape->index);
    if (UNLIKELY(!object)) {
        raise_memory_error(thread);
        return NULL;
    }
    if (UNLIKELY(type->finalize != NULL)) {
        if (!heap_register_finalizer(thread->heap, object)) {
            raise_memory_error(thread);
            return NULL;
        }
    }
    if (UNLIKELY(type->release != NULL)) {
        if (!heap_register_release(thread->heap, object)) {
            raise_memory_error(thread);
            return NULL;
        }
    }
    return object;
}
