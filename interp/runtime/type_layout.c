// type_layout.c — where the instances of a class keep what __slots__ and __dict__ promise.
//
// An instance is: the builtin base's struct, the members of all __slots__ along the chain of best
// bases, the extension word (once, at the first class that has a __dict__), the inline slots.
// Behind the builtin struct every word is a Value, so one loop traces them. Variable-sized bases
// (int, str, bytes, tuple) have the extension behind their items and no inline slots.
#include "base/unicode.h"
#include "objects/builtin_types.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"
#include <stdlib.h>

enum { FIRST_INLINE_SLOTS = 4 };

static uint32_t round_up(uint32_t size) { return (size + 7) & ~7u; }

Type *type_solid_base(Type *type) {
    while (type->base) {
        Type *base = type->base;
        uint32_t added = round_up(type->basic_size) - round_up(base->basic_size);
        if (type->flags & TYPE_HEAP) {
            bool adds_extension = type->extension_offset != base->extension_offset &&
                                  type->extension_offset != EXTENSION_AT_END;
            if (adds_extension) added -= sizeof(Value);
        }
        if (added) return type;
        type = base;
    }
    return type;
}

Type *type_best_base(Thread *thread, Value bases) {
    Tuple *tuple = value_as_tuple(bases);
    Type *best = NULL, *winner = NULL;
    for (size_t i = 0; i < tuple->length; i++) {
        if (!value_is_type(tuple->items[i])) {
            raise_type_error(thread, "bases must be types");
            return NULL;
        }
        Type *base = value_as_type(tuple->items[i]);
        if (!(base->flags & TYPE_BASE) && !(base->flags & TYPE_HEAP)) {
            raise_type_error(thread, "type '%s' is not an acceptable base type", base->name);
            return NULL;
        }
        Type *candidate = type_solid_base(base);
        if (!winner ||
            (!type_is_subtype(winner, candidate) && type_is_subtype(candidate, winner))) {
            winner = candidate;
            best = base;
        } else if (!type_is_subtype(winner, candidate)) {
            raise_type_error(thread, "multiple bases have instance lay-out conflict");
            return NULL;
        }
    }
    return best;
}

// CPython frees what its collector watches (all instances of classes among them) in another way.
static bool is_collected(const Type *type) {
    return (type->flags & TYPE_HEAP) || !type->root_shape->is_plain;
}

static const Type *builtin_base(const Type *type) {
    while (type->flags & TYPE_HEAP) type = type->base;
    return type;
}

// The first builtin type on the way to object that has this layout. Exceptions with fields of their
// own count as larger than their bases, although all have room for them.
static const Type *builtin_layout(const Type *type) {
    type = builtin_base(type);
    while (type->base && type->base->basic_size == type->basic_size &&
           type->base->extension_offset == type->extension_offset && !type->members)
        type = type->base;
    return type;
}

// Do two classes over the same builtin layout have the same members at the same places?
static bool members_agree(const Type *a, const Type *b) {
    if (a->basic_size != b->basic_size || a->extension_offset != b->extension_offset) return false;
    uint32_t bare = round_up(builtin_base(a)->basic_size);
    if (a->extension_offset >= bare && a->extension_offset != EXTENSION_AT_END)
        bare += (uint32_t)sizeof(Value);
    if (round_up(a->basic_size) == bare) return true;
    // There are members: one must have inherited all of them from the other, or both must declare
    // the same names over the same base.
    if (a->base == b->base && a->members && b->members) {
        const MemberRow *x = a->members, *y = b->members;
        for (; x->name && y->name; x++, y++)
            if (strcmp(x->name, y->name) != 0 || x->offset != y->offset) return false;
        return !x->name && !y->name;
    }
    return type_is_subtype(a, b) || type_is_subtype(b, a) ||
           (a->base->basic_size == a->basic_size && members_agree(a->base, b)) ||
           (b->base->basic_size == b->basic_size && members_agree(a, b->base));
}

bool type_check_layout(Thread *thread, const Type *old, const Type *new, const char *attribute) {
    if (is_collected(old) != is_collected(new)) {
        raise_type_error(thread, "%s assignment: '%s' deallocator differs from '%s'", attribute,
                         new->name, old->name);
        return false;
    }
    uint32_t fixed = TYPE_SUBCLASS_MASK | TYPE_HAS_WEAK_REFERENCES;
    if (!((old->flags ^ new->flags) & fixed) && builtin_layout(old) == builtin_layout(new) &&
        members_agree(old, new))
        return true;
    raise_type_error(thread, "%s assignment: '%s' object layout differs from '%s'", attribute,
                     new->name, old->name);
    return false;
}

// What __slots__ asked for.
typedef struct {
    Value names; // list of mangled names, sorted
    bool dict, weak_references;
} SlotRequest;

static bool is_identifier(const Str *name) {
    for (size_t i = 0; i < name->length; i++) {
        uint32_t c = str_at(name, i);
        if (i == 0 ? !unicode_is_identifier_start(c) : !unicode_is_identifier_part(c)) return false;
    }
    return name->length > 0;
}

// __name becomes _Class__name, as in the class body.
static Value mangle(Thread *thread, const Type *type, Value name) {
    const Str *str = value_as_str(name);
    size_t length = str->length;
    bool private = length > 2 && str_at(str, 0) == '_' && str_at(str, 1) == '_' &&
                   !(str_at(str, length - 1) == '_' && str_at(str, length - 2) == '_');
    const char *class_name = type->name;
    while (*class_name == '_') class_name++;
    if (!private || !*class_name) return str_intern(thread, name);
    Value mangled = str_format(thread, "_%s%U", class_name, name);
    return value_is_error(mangled) ? mangled : str_intern(thread, mangled);
}

static bool insert_sorted(Thread *thread, List *list, Value name) {
    size_t index = 0;
    while (index < list->length &&
           str_compare(value_as_str(list->items->items[index]), value_as_str(name)) <= 0)
        index++;
    return list_insert(thread, list, (ssize_t)index, name);
}

static bool has_weak_references(const Type *type) { return type->flags & TYPE_HAS_WEAK_REFERENCES; }

static bool request_slot(Thread *thread, Type *type, Value name, SlotRequest *request) {
    if (!value_is_str(name)) {
        raise_type_error(thread, "__slots__ items must be strings, not '%T'", name);
        return false;
    }
    if (!is_identifier(value_as_str(name))) {
        raise_type_error(thread, "__slots__ must be identifiers");
        return false;
    }
    if (str_equals_c(value_as_str(name), "__dict__")) {
        if (request->dict || type->base->extension_offset) {
            raise_type_error(thread, "__dict__ slot disallowed: we already got one");
            return false;
        }
        return request->dict = true;
    }
    if (str_equals_c(value_as_str(name), "__weakref__")) {
        if (request->weak_references || has_weak_references(type->base)) {
            raise_type_error(thread, "__weakref__ slot disallowed: we already got one");
            return false;
        }
        return request->weak_references = true;
    }
    Value mangled = mangle(thread, type, name);
    if (value_is_error(mangled)) return false;
    Value present = dict_find_str(thread, value_as_dict(type->dict), mangled);
    if (!value_is_absent(present) && !value_same(mangled, NAMES(thread)->__qualname__) &&
        !value_same(mangled, NAMES(thread)->__classcell__)) {
        raise_value_error(thread, "%R in __slots__ conflicts with class variable", name);
        return false;
    }
    return insert_sorted(thread, value_as_list(request->names), mangled);
}

static bool read_slots(Thread *thread, Type *type, Value slots, SlotRequest *request) {
    request->names = list_new(thread, 0);
    if (value_is_error(request->names)) return false;
    if (value_is_str(slots))
        slots = tuple_of(thread, 1, slots);
    else
        slots = object_to_tuple(thread, slots);
    if (value_is_error(slots)) return false;
    Tuple *tuple = value_as_tuple(slots);
    // A class has items, too, as CPython lays it out.
    if (tuple->length && (type->base->flags & (TYPE_VARIABLE_SIZE | TYPE_TYPE_SUBCLASS))) {
        raise_type_error(thread, "nonempty __slots__ not supported for subtype of '%s'",
                         type->base->name);
        return false;
    }
    for (size_t i = 0; i < tuple->length; i++)
        if (!request_slot(thread, type, tuple->items[i], request)) return false;
    // Other bases than the best one may have a __dict__ or weak references to give.
    Tuple *bases = value_as_tuple(type->bases);
    for (size_t i = 0; i < bases->length; i++) {
        const Type *base = value_as_type(bases->items[i]);
        if (base->extension_offset) request->dict = true;
        if (has_weak_references(base)) request->weak_references = true;
    }
    return true;
}

// The rows and the names they point to are one block.
static bool make_members(Thread *thread, Type *type, List *names, uint32_t *offset) {
    if (!names->length) return true;
    size_t text_size = 0, size;
    for (size_t i = 0; i < names->length; i++) {
        if (!str_as_utf8_lossy(thread, names->items->items[i], &size)) return false;
        text_size += size + 1;
    }
    MemberRow *rows = calloc(1, (names->length + 1) * sizeof *rows + text_size);
    if (!rows) {
        raise_memory_error(thread);
        return false;
    }
    type->members = rows;
    char *text = (char *)&rows[names->length + 1];
    for (size_t i = 0; i < names->length; i++) {
        const char *name = str_as_utf8_lossy(thread, names->items->items[i], &size);
        if (!name) return false;
        memcpy(text, name, size);
        rows[i] = (MemberRow){.name = text, .offset = *offset};
        text += size + 1;
        *offset += sizeof(Value);
    }
    for (size_t i = 0; i < names->length; i++) {
        Value descriptor = member_descriptor_new(thread, type, &rows[i]);
        if (value_is_error(descriptor) ||
            !dict_set(thread, value_as_dict(type->dict), names->items->items[i], descriptor))
            return false;
    }
    return true;
}

static const GetSetRow dict_row = {"__dict__", object_py_get_dict, object_py_set_dict,
                                   "dictionary for instance variables"};
static const GetSetRow weak_reference_row = {"__weakref__", object_py_get_weak_references, NULL,
                                             "list of weak references to the object"};

static bool add_getset(Thread *thread, Type *type, const GetSetRow *row, Value name) {
    Dict *dict = value_as_dict(type->dict);
    if (!value_is_absent(dict_find_str(thread, dict, name))) return true;
    Value descriptor = getset_descriptor_new(thread, type, row);
    return !value_is_error(descriptor) && dict_set(thread, dict, name, descriptor);
}

bool type_lay_out(Thread *thread, Type *type, Value slots) {
    Type *base = type->base;
    SlotRequest request = {.dict = true, .weak_references = true};
    if (!value_is_absent(slots)) {
        request = (SlotRequest){0};
        if (!read_slots(thread, type, slots, &request)) return false;
    }
    uint32_t offset = round_up(base->basic_size);
    type->values_offset = base->flags & TYPE_HEAP ? base->values_offset : offset;
    if (!value_is_absent(slots) &&
        !make_members(thread, type, value_as_list(request.names), &offset))
        return false;
    bool adds_dict = request.dict && !base->extension_offset;
    type->extension_offset = base->extension_offset;
    if (adds_dict && (type->flags & TYPE_VARIABLE_SIZE)) {
        type->extension_offset = EXTENSION_AT_END;
        offset = base->basic_size;
    } else if (adds_dict) {
        type->extension_offset = offset;
        offset += sizeof(Value);
    }
    type->basic_size = type->flags & TYPE_VARIABLE_SIZE ? base->basic_size : offset;
    if (adds_dict && !add_getset(thread, type, &dict_row, NAMES(thread)->__dict__)) return false;
    if (request.weak_references && !has_weak_references(base) &&
        !add_getset(thread, type, &weak_reference_row, NAMES(thread)->__weakref__))
        return false;
    if (request.weak_references || has_weak_references(base))
        type->flags |= TYPE_HAS_WEAK_REFERENCES;
    bool slotted = type->extension_offset && type->extension_offset != EXTENSION_AT_END &&
                   !(type->flags & (TYPE_DICTIONARY_INSTANCES | TYPE_TYPE_SUBCLASS));
    if (slotted && (base->flags & TYPE_HEAP) && base->inline_slots)
        type->inline_slots = base->inline_slots;
    else if (slotted && !(type->flags & TYPE_EXCEPTION_SUBCLASS))
        type->inline_slots = FIRST_INLINE_SLOTS;
    return type_finish_layout(thread, type);
}
