// tuple.c — immutable sequences with their items inline.
//
// A tuple is filled right after it was made and then never changes; there is one empty tuple, which
// runtime->empty_tuple keeps.
#include "objects/tuple.h"
#include "base/hash.h"
#include "objects/containers.h"
#include "objects/generic_alias.h"
#include "objects/iterators.h"
#include "objects/list.h"
#include "objects/native.h"
#include <stdarg.h>

Value tuple_new(Thread *thread, size_t length) {
    if (UNLIKELY(length == 0 && !value_is_absent(thread->runtime->empty_tuple)))
        return thread->runtime->empty_tuple;
    if (UNLIKELY(length > PTRDIFF_MAX / sizeof(Value) - 8)) return raise_memory_error(thread);
    Tuple *tuple =
        (Tuple *)heap_allocate(thread->heap, sizeof(Tuple) + length * sizeof(Value), SHAPE_tuple);
    if (UNLIKELY(!tuple)) return raise_memory_error(thread);
    tuple->length = length;
    if (UNLIKELY(length == 0)) thread->runtime->empty_tuple = value_from_object(tuple);
    return value_from_object(tuple);
}

Value tuple_from_values(Thread *thread, const Value *items, size_t count) {
    Value tuple = tuple_new(thread, count);
    if (!value_is_error(tuple) && count)
        memcpy(value_as_tuple(tuple)->items, items, count * sizeof(Value));
    return tuple;
}

Value tuple_of(Thread *thread, int count, ...) {
    Value tuple = tuple_new(thread, (size_t)count);
    if (value_is_error(tuple)) return tuple;
    va_list arguments;
    va_start(arguments, count);
    for (int i = 0; i < count; i++) value_as_tuple(tuple)->items[i] = va_arg(arguments, Value);
    va_end(arguments);
    return tuple;
}

static void trace(Marker *marker, Object *object) {
    Tuple *tuple = (Tuple *)object;
    mark_values(marker, tuple->items, tuple->length);
}

static Value make(Thread *thread, Type *type, Value *args, int count, Value names) {
    Value iterable;
    if (!arguments_bind(thread, "tuple", "iterable=(), /", args, count, names, &iterable))
        return VALUE_ERROR;
    Value plain =
        value_is_absent(iterable) ? tuple_new(thread, 0) : object_to_tuple(thread, iterable);
    if (value_is_error(plain) || type == &tuple_type) return plain;
    Tuple *from = value_as_tuple(plain);
    Tuple *tuple = (Tuple *)type_allocate(thread, type, from->length * sizeof(Value));
    if (!tuple) return VALUE_ERROR;
    tuple->length = from->length;
    if (from->length) memcpy(tuple->items, from->items, from->length * sizeof(Value));
    return value_from_object(tuple);
}

static Value repr(Thread *thread, Value self) {
    Tuple *tuple = value_as_tuple(self);
    if (tuple->length == 0) return str_from_c(thread, "()");
    int running = repr_enter(thread, self);
    if (running) return running < 0 ? VALUE_ERROR : str_from_c(thread, "(...)");
    StrBuilder builder;
    str_builder_start(&builder, thread);
    bool whole = str_builder_append_c(&builder, "(") && sequence_append_repr(&builder, self) &&
                 str_builder_append_c(&builder, tuple->length == 1 ? ",)" : ")");
    repr_leave(thread, self);
    return whole ? str_builder_finish(&builder) : VALUE_ERROR;
}

static bool hash(Thread *thread, Value self, int64_t *result) {
    if (!stack_has_room(thread)) return thread_check_stack(thread, "");
    Tuple *tuple = value_as_tuple(self);
    uint64_t state = hash_tuple_start();
    for (size_t i = 0; i < tuple->length; i++) {
        int64_t item_hash;
        if (!key_hash(thread, tuple->items[i], &item_hash)) return false;
        state = hash_tuple_add(state, item_hash);
    }
    *result = hash_tuple_finish(state, tuple->length);
    return true;
}

static Value compare(Thread *thread, Value self, Value other, CompareOperator op) {
    if (!value_is_tuple(self) || !value_is_tuple(other)) return VALUE_NOT_IMPLEMENTED;
    return sequence_compare(thread, self, other, op);
}

static Value iterate(Thread *thread, Value self) {
    return sequence_iterator_new(thread, SHAPE_tuple_iterator, self);
}

static ssize_t length(Thread *thread, Value self) {
    (void)thread;
    return (ssize_t)value_as_tuple(self)->length;
}

static Value get_slice(Thread *thread, Value self, Value slice) {
    Tuple *tuple = value_as_tuple(self);
    ssize_t start, stop, step, count;
    if (!slice_resolve(thread, slice, (ssize_t)tuple->length, &start, &stop, &step, &count))
        return VALUE_ERROR;
    if (step == 1) {
        if ((size_t)count == tuple->length && value_is_tuple_exact(self)) return self;
        return tuple_from_values(thread, tuple->items + start, (size_t)count);
    }
    Value part = tuple_new(thread, (size_t)count);
    if (value_is_error(part)) return part;
    for (ssize_t i = 0; i < count; i++)
        value_as_tuple(part)->items[i] = tuple->items[start + i * step];
    return part;
}

static Value get_item(Thread *thread, Value self, Value key) {
    Tuple *tuple = value_as_tuple(self);
    if (value_has_shape(key, SHAPE_slice)) return get_slice(thread, self, key);
    if (!value_is_fixnum(key) && !object_has_index(key))
        return raise_type_error(thread, "tuple indices must be integers or slices, not %T", key);
    size_t index;
    if (!sequence_index(thread, key, tuple->length, "tuple index out of range", &index))
        return VALUE_ERROR;
    return tuple->items[index];
}

static int contains(Thread *thread, Value self, Value item) {
    ssize_t found = sequence_find(thread, self, item, 0, PTRDIFF_MAX);
    return found == -2 ? -1 : found >= 0;
}

static Value concatenate(Thread *thread, Value self, Value other) {
    if (!value_is_tuple(other))
        return raise_type_error(thread, "can only concatenate tuple (not \"%T\") to tuple", other);
    Tuple *left = value_as_tuple(self), *right = value_as_tuple(other);
    if (left->length == 0 && value_is_tuple_exact(other)) return other;
    if (right->length == 0 && value_is_tuple_exact(self)) return self;
    Value sum = tuple_new(thread, left->length + right->length);
    if (value_is_error(sum)) return sum;
    Value *items = value_as_tuple(sum)->items;
    memcpy(items, left->items, left->length * sizeof(Value));
    memcpy(items + left->length, right->items, right->length * sizeof(Value));
    return sum;
}

static Value repeat(Thread *thread, Value self, ssize_t count) {
    Tuple *tuple = value_as_tuple(self);
    if (count == 1 && value_is_tuple_exact(self)) return self;
    if (count <= 0 || tuple->length == 0) return tuple_new(thread, 0);
    if ((size_t)count > PTRDIFF_MAX / sizeof(Value) / tuple->length)
        return raise_memory_error(thread);
    Value product = tuple_new(thread, tuple->length * (size_t)count);
    if (value_is_error(product)) return product;
    Value *items = value_as_tuple(product)->items;
    for (ssize_t i = 0; i < count; i++)
        memcpy(items + (size_t)i * tuple->length, tuple->items, tuple->length * sizeof(Value));
    return product;
}

static Value tuple_py_index(Thread *thread, Value *args, int count) {
    (void)count;
    size_t low, high;
    if (!sequence_bounds(thread, args[2], args[3], value_as_tuple(args[0])->length, &low, &high))
        return VALUE_ERROR;
    ssize_t found = sequence_find(thread, args[0], args[1], low, high);
    if (found >= 0) return value_from_fixnum(found);
    if (found == -2) return VALUE_ERROR;
    return raise_value_error(thread, "tuple.index(x): x not in tuple");
}

static Value tuple_py_count(Thread *thread, Value *args, int count) {
    (void)count;
    return sequence_count(thread, args[0], args[1]);
}

static Value tuple_py_getnewargs(Thread *thread, Value *args, int count) {
    (void)count;
    Tuple *tuple = value_as_tuple(args[0]);
    Value plain = tuple_from_values(thread, tuple->items, tuple->length);
    return value_is_error(plain) ? plain : tuple_of(thread, 1, plain);
}

static const MethodRow methods[] = {
    {"index", tuple_py_index, "self, value, start=0, stop=sys.maxsize, /",
     "Return first index of value.\n\nRaises ValueError if the value is not present.",
     METHOD_INSTANCE},
    {"count", tuple_py_count, "self, value, /", "Return number of occurrences of value.",
     METHOD_INSTANCE},
    {"__getnewargs__", tuple_py_getnewargs, "self, /", NULL, METHOD_INSTANCE},
    {"__class_getitem__", generic_alias_py_class_getitem, "cls, item, /", "See PEP 585",
     METHOD_CLASS},
    {0},
};

Type tuple_type = {
    TYPE_STATIC_HEADER(tuple),
    .name = "tuple",
    .documentation = "Built-in immutable sequence.\n\n"
                     "If no argument is given, the constructor returns an empty tuple.\n"
                     "If iterable is specified the tuple is initialized from iterable's items.\n\n"
                     "If the argument is a tuple, the return value is the same object.",
    .basic_size = sizeof(Tuple),
    .flags = TYPE_BASE | TYPE_SEQUENCE,
    .methods = methods,
    .trace = trace,
    .make = make,
    .repr = repr,
    .hash = hash,
    .compare = compare,
    .iterate = iterate,
    .length = length,
    .get_item = get_item,
    .contains = contains,
    .concatenate = concatenate,
    .repeat = repeat,
};
