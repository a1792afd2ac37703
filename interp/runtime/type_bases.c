// type_bases.c — assigning Class.__bases__ (CPython: type_set_bases).
//
// Instances of the class and of all classes below it keep their layout, so the new best base must
// lay its instances out as the old one does. Whatever fails, a metaclass's mro() included, leaves
// every class as it was.
#include "objects/list.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include "runtime/type_internal.h"

static bool is_in_base_chain(const Type *type, const Type *base) {
    for (; type; type = type->base)
        if (type == base) return true;
    return false;
}

static bool check(Thread *thread, Type *type, Value bases) {
    if (!value_is_tuple(bases)) {
        raise_type_error(thread, "can only assign tuple to %s.__bases__, not %T", type->name,
                         bases);
        return false;
    }
    Tuple *tuple = value_as_tuple(bases);
    if (tuple->length == 0) {
        raise_type_error(thread, "can only assign non-empty tuple to %s.__bases__, not ()",
                         type->name);
        return false;
    }
    for (size_t i = 0; i < tuple->length; i++) {
        if (!value_is_type(tuple->items[i])) {
            raise_type_error(thread, "%s.__bases__ must be tuple of classes, not '%T'", type->name,
                             tuple->items[i]);
            return false;
        }
        Type *base = value_as_type(tuple->items[i]);
        if (!type_is_subtype(base, type) && !is_in_base_chain(base, type)) continue;
        raise_type_error(thread, "a __bases__ item causes an inheritance cycle");
        return false;
    }
    return true;
}

// New MROs for a class and all below it. `old` gets each class followed by the MRO it had.
static bool renew_orders(Thread *thread, Type *type, List *old) {
    if (!thread_check_stack(thread, "")) return false;
    if (!list_append(thread, old, value_from_type(type)) || !list_append(thread, old, type->mro) ||
        !type_compute_mro(thread, type))
        return false;
    Type *subclass;
    for (size_t i = 0; (subclass = type_subclass(type, i)); i++)
        if (!renew_orders(thread, subclass, old)) return false;
    return true;
}

static void restore_orders(Thread *thread, const List *old) {
    for (size_t i = old->length; i; i -= 2) {
        Type *type = value_as_type(old->items->items[i - 2]);
        object_store(thread->heap, type, &type->mro, old->items->items[i - 1]);
    }
}

static void unlink_from(Type *type, Value bases) {
    Tuple *tuple = value_as_tuple(bases);
    for (size_t i = 0; i < tuple->length; i++)
        type_list_remove(value_as_type(tuple->items[i])->subclasses, type);
}

// The class becomes the last subclass of its new bases. A base that stays has it twice for a
// moment.
static bool relink(Thread *thread, Type *type, Value old_bases, Value bases) {
    Tuple *tuple = value_as_tuple(bases);
    for (size_t i = 0; i < tuple->length; i++)
        if (!type_add_subclass(thread, value_as_type(tuple->items[i]), type)) return false;
    unlink_from(type, old_bases);
    return true;
}

static void update_slots(Thread *thread, Type *type) {
    slots_update_all(thread, type);
    Type *subclass;
    for (size_t i = 0; (subclass = type_subclass(type, i)); i++) update_slots(thread, subclass);
}

static void set_bases(Thread *thread, Type *type, Value bases, Type *base) {
    object_store(thread->heap, type, &type->bases, bases);
    object_store_pointer(thread->heap, type, &type->base, base);
}

bool type_set_bases(Thread *thread, Type *type, Value bases) {
    if (!check(thread, type, bases)) return false;
    Type *old_base = type->base, *base = type_best_base(thread, bases);
    if (!base || !type_check_layout(thread, old_base, base, "__bases__")) return false;
    Value old_bases = type->bases, old_orders = list_new(thread, 0);
    if (value_is_error(old_orders)) return false;
    set_bases(thread, type, bases, base);
    bool done = renew_orders(thread, type, value_as_list(old_orders));
    // A metaclass's mro() may have assigned other bases meanwhile: then those stand.
    bool replaced = !value_same(type->bases, bases);
    if (done && !replaced) done = relink(thread, type, old_bases, bases);
    if (!done) {
        restore_orders(thread, value_as_list(old_orders));
        if (!replaced) set_bases(thread, type, old_bases, old_base);
    }
    type_modified(thread, type);
    if (done) update_slots(thread, type);
    return done;
}
