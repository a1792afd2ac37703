// none.c — the types of None, NotImplemented and Ellipsis, whose only values are immediates.
#include "objects/builtin_types.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"

static Value get_single(Thread *thread, Type *type, int count, Value names, Value value) {
    bool named = !value_is_absent(names) && value_as_tuple(names)->length;
    if (count == 0 && !named) return value;
    return raise_type_error(thread, "%s takes no arguments", type->name);
}

static Value make_none(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)args;
    return get_single(thread, type, count, names, VALUE_NONE);
}

static Value make_not_implemented(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)args;
    return get_single(thread, type, count, names, VALUE_NOT_IMPLEMENTED);
}

static Value make_ellipsis(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)args;
    return get_single(thread, type, count, names, VALUE_ELLIPSIS);
}

static Value repr_none(Thread *thread, Value self) {
    (void)self;
    return str_intern_c(thread, "None");
}

static Value repr_not_implemented(Thread *thread, Value self) {
    (void)self;
    return str_intern_c(thread, "NotImplemented");
}

static Value repr_ellipsis(Thread *thread, Value self) {
    (void)self;
    return str_intern_c(thread, "Ellipsis");
}

static int truth_none(Thread *thread, Value self) {
    (void)thread;
    (void)self;
    return 0;
}

static int truth_not_implemented(Thread *thread, Value self) {
    (void)self;
    return warn(thread, &exception_DeprecationWarning,
                "NotImplemented should not be used in a boolean context")
               ? 1
               : -1;
}

// CPython 3.12 gives None a fixed hash, so that sets of it have a stable order.
static bool hash_none(Thread *thread, Value self, int64_t *hash) {
    (void)thread;
    (void)self;
    *hash = 0xfca86420;
    return true;
}

Type none_type = {
    TYPE_STATIC_HEADER(none_type),
    .name = "NoneType",
    .basic_size = sizeof(Object),
    .make = make_none,
    .repr = repr_none,
    .hash = hash_none,
    .truth = truth_none,
};

Type not_implemented_type = {
    TYPE_STATIC_HEADER(not_implemented_type),
    .name = "NotImplementedType",
    .basic_size = sizeof(Object),
    .make = make_not_implemented,
    .repr = repr_not_implemented,
    .truth = truth_not_implemented,
};

Type ellipsis_type = {
    TYPE_STATIC_HEADER(ellipsis_type),
    .name = "ellipsis",
    .basic_size = sizeof(Object),
    .make = make_ellipsis,
    .repr = repr_ellipsis,
};
