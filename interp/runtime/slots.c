// slots.c — keeps slots and dunders in step (CPython: typeobject.c, update_one_slot).
//
// A class made by Python gets, for each slot, either the C function of the builtin base (when all
// dunders of the slot's group are still the base's own wrappers) or the slot function that looks
// the dunder up. So a list subclass without __getitem__ indexes as fast as a list.
#include "runtime/slots.h"
#include "objects/dict.h"
#include "objects/native.h"
#include "objects/str.h"
#include "runtime/errors.h"
#include "runtime/type_internal.h"

static const SlotRow rows[] = {
#define SLOT(dunder, slot, wrapping, slot_function, text)                                          \
    {#dunder,  offsetof(Names, dunder),       offsetof(Type, slot),                                \
     wrapping, (SlotFunction *)slot_function, text},
#include "runtime/slots.def"
#undef SLOT
};

static Value row_name(Thread *thread, const SlotRow *row) {
    return *(Value *)((char *)NAMES(thread) + row->name_offset);
}

static SlotFunction *get_slot(const Type *type, uint32_t field) {
    SlotFunction *function;
    memcpy(&function, (const char *)type + field, sizeof function);
    return function;
}

static void set_slot(Type *type, uint32_t field, SlotFunction *function) {
    memcpy((char *)type + field, &function, sizeof function);
}

void slots_inherit(Type *type, const Type *base) {
    bool own_comparison = type->compare || type->hash;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        uint32_t field = rows[i].field;
        bool compares = field == offsetof(Type, hash) || field == offsetof(Type, compare);
        if (compares && own_comparison) continue;
        if (!get_slot(type, field)) set_slot(type, field, get_slot(base, field));
    }
    if (own_comparison && !type->compare) type->compare = base->compare;
}

bool slots_add_wrappers(Thread *thread, Type *type) {
    Dict *dict = value_as_dict(type->dict);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const SlotRow *row = &rows[i];
        SlotFunction *function = get_slot(type, row->field);
        if (!row->wrap || !function) continue;
        Value name = row_name(thread, row);
        if (!value_is_absent(dict_find_str(thread, dict, name))) continue;
        Value wrapper = slot_wrapper_new(thread, row, type, function);
        if (value_is_error(wrapper) || !dict_set(thread, dict, name, wrapper)) return false;
    }
    return true;
}

// What one dunder of a group says about the slot.
typedef struct {
    SlotFunction *specific; // a builtin type's own function
    SlotFunction *generic;  // the slot function
    bool use_generic;
} SlotChoice;

static bool unhashable(Thread *thread, Value self, int64_t *hash) {
    (void)hash;
    raise_type_error(thread, "unhashable type: '%T'", self);
    return false;
}

static void consider(Thread *thread, Type *type, const SlotRow *row, SlotChoice *choice) {
    Value found = type_find(type, row_name(thread, row));
    if (value_is_absent(found)) return;
    SlotFunction *own = NULL;
    if (value_has_shape(found, SHAPE_slot_wrapper)) {
        SlotWrapper *wrapper = (SlotWrapper *)value_as_object(found);
        if (wrapper->row->name_offset == row->name_offset && wrapper->row != row) {
            // The dunder stands for another slot of the builtin base (list's __add__ is
            // concatenate) or, in the row of `power`, for the two-argument form.
            if (!row->wrap) own = get_slot(wrapper->owner, row->field);
            if (own && type_is_subtype(type, wrapper->owner)) choice->specific = own;
            return;
        }
        if (wrapper->row == row && type_is_subtype(type, wrapper->owner)) own = wrapper->function;
    } else if (row->field == offsetof(Type, make)) {
        Type *owner = constructor_owner(found);
        if (owner) own = (SlotFunction *)owner->make;
    } else if (row->field == offsetof(Type, hash) && value_is_none(found)) {
        own = (SlotFunction *)unhashable;
    }
    choice->generic = row->function;
    if (own && (!choice->specific || choice->specific == own))
        choice->specific = own;
    else
        choice->use_generic = true;
}

static void update_field(Thread *thread, Type *type, uint32_t field) {
    SlotChoice choice = {0};
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (rows[i].field == field) consider(thread, type, &rows[i], &choice);
    SlotFunction *function =
        choice.specific && !choice.use_generic ? choice.specific : choice.generic;
    if (function == (SlotFunction *)unhashable) function = NULL;
    set_slot(type, field, function);
}

void slots_update_all(Thread *thread, Type *type) {
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        bool first = true;
        for (size_t k = 0; k < i && first; k++) first = rows[k].field != rows[i].field;
        if (first) update_field(thread, type, rows[i].field);
    }
}

void slots_update_name(Thread *thread, Type *type, Value name) {
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        if (value_same(row_name(thread, &rows[i]), name)) update_field(thread, type, rows[i].field);
    Type *subclass;
    for (size_t i = 0; (subclass = type_subclass(type, i)); i++)
        if (value_is_absent(dict_find_str(thread, value_as_dict(subclass->dict), name)))
            slots_update_name(thread, subclass, name);
}
