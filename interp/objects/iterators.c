// iterators.c — the iterators over sequences, and those that iter() makes of other things.
//
// SequenceIterator serves five shapes that differ in how they read an item. An exhausted one drops
// its sequence and stays exhausted, whatever happens to the sequence later.
#include "objects/iterators.h"
#include "objects/bytes.h"
#include "objects/containers.h"
#include "objects/int.h"
#include "objects/native.h"

Value sequence_iterator_new(Thread *thread, uint32_t shape, Value sequence) {
    SequenceIterator *iterator =
        (SequenceIterator *)heap_allocate(thread->heap, sizeof(SequenceIterator), shape);
    if (UNLIKELY(!iterator)) return raise_memory_error(thread);
    iterator->sequence = sequence;
    return value_from_object(iterator);
}

static SequenceIterator *as_iterator(Value value) {
    return (SequenceIterator *)value_as_object(value);
}

static void trace_sequence_iterator(Marker *marker, Object *object) {
    mark_value(marker, ((SequenceIterator *)object)->sequence);
}

static Value iterate_self(Thread *thread, Value self) {
    (void)thread;
    return self;
}

static Value exhaust(SequenceIterator *iterator) {
    iterator->sequence = VALUE_ABSENT;
    return VALUE_ABSENT;
}

static Value next_of_list(Thread *thread, Value self) {
    (void)thread;
    SequenceIterator *iterator = as_iterator(self);
    if (value_is_absent(iterator->sequence)) return VALUE_ABSENT;
    List *list = value_as_list(iterator->sequence);
    if (iterator->index >= list->length) return exhaust(iterator);
    return list->items->items[iterator->index++];
}

static Value next_of_list_backwards(Thread *thread, Value self) {
    (void)thread;
    SequenceIterator *iterator = as_iterator(self);
    if (value_is_absent(iterator->sequence)) return VALUE_ABSENT;
    List *list = value_as_list(iterator->sequence);
    if (iterator->index == 0 || iterator->index > list->length) return exhaust(iterator);
    return list->items->items[--iterator->index];
}

static Value next_of_tuple(Thread *thread, Value self) {
    (void)thread;
    SequenceIterator *iterator = as_iterator(self);
    if (value_is_absent(iterator->sequence)) return VALUE_ABSENT;
    Tuple *tuple = value_as_tuple(iterator->sequence);
    if (iterator->index >= tuple->length) return exhaust(iterator);
    return tuple->items[iterator->index++];
}

static Value next_of_str(Thread *thread, Value self) {
    SequenceIterator *iterator = as_iterator(self);
    if (value_is_absent(iterator->sequence)) return VALUE_ABSENT;
    Str *str = value_as_str(iterator->sequence);
    if (iterator->index >= str->length) return exhaust(iterator);
    return str_from_character(thread, str_at(str, iterator->index++));
}

static Value next_of_bytes(Thread *thread, Value self) {
    (void)thread;
    SequenceIterator *iterator = as_iterator(self);
    const unsigned char *data;
    size_t size;
    if (value_is_absent(iterator->sequence)) return VALUE_ABSENT;
    if (!bytes_view(iterator->sequence, &data, &size) || iterator->index >= size)
        return exhaust(iterator);
    return value_from_fixnum(data[iterator->index++]);
}

// Anything with __getitem__: IndexError and StopIteration end it.
static Value next_of_sequence(Thread *thread, Value self) {
    SequenceIterator *iterator = as_iterator(self);
    if (value_is_absent(iterator->sequence)) return VALUE_ABSENT;
    Value index = value_from_fixnum((int64_t)iterator->index);
    Value item = object_get_item(thread, iterator->sequence, index);
    if (!value_is_error(item)) {
        iterator->index++;
        return item;
    }
    if (error_clear_if(thread, &exception_IndexError) ||
        error_clear_if(thread, &exception_StopIteration))
        return exhaust(iterator);
    return VALUE_ERROR;
}

static Value iterator_py_length_hint(Thread *thread, Value *args, int count) {
    (void)count;
    SequenceIterator *iterator = as_iterator(args[0]);
    if (value_is_absent(iterator->sequence)) return value_from_fixnum(0);
    if (value_as_object(args[0])->shape == SHAPE_list_reverse_iterator)
        return value_from_fixnum((int64_t)iterator->index);
    ssize_t length = object_length(thread, iterator->sequence);
    if (length < 0) {
        // A sequence need not have a length.
        return error_clear_if(thread, &exception_TypeError) ? VALUE_NOT_IMPLEMENTED : VALUE_ERROR;
    }
    ssize_t left = length - (ssize_t)iterator->index;
    return value_from_fixnum(left > 0 ? left : 0);
}

static const MethodRow iterator_methods[] = {
    {"__length_hint__", iterator_py_length_hint, "self, /",
     "Private method returning an estimate of len(list(it)).", METHOD_INSTANCE},
    {0},
};

#define SEQUENCE_ITERATOR_TYPE(type_name, python_name, next_function)                              \
    Type type_name##_type = {                                                                      \
        TYPE_STATIC_HEADER(type_name),                                                             \
        .name = python_name,                                                                       \
        .basic_size = sizeof(SequenceIterator),                                                    \
        .methods = iterator_methods,                                                               \
        .trace = trace_sequence_iterator,                                                          \
        .iterate = iterate_self,                                                                   \
        .next = next_function,                                                                     \
    }
SEQUENCE_ITERATOR_TYPE(list_iterator, "list_iterator", next_of_list);
SEQUENCE_ITERATOR_TYPE(list_reverse_iterator, "list_reverseiterator", next_of_list_backwards);
SEQUENCE_ITERATOR_TYPE(tuple_iterator, "tuple_iterator", next_of_tuple);
SEQUENCE_ITERATOR_TYPE(str_iterator, "str_iterator", next_of_str);
SEQUENCE_ITERATOR_TYPE(str_ascii_iterator, "str_ascii_iterator", next_of_str);
SEQUENCE_ITERATOR_TYPE(bytes_iterator, "bytes_iterator", next_of_bytes);
SEQUENCE_ITERATOR_TYPE(bytearray_iterator, "bytearray_iterator", next_of_bytes);
SEQUENCE_ITERATOR_TYPE(sequence_iterator, "iterator", next_of_sequence);

// iter(callable, sentinel)

typedef struct {
    Object header;
    Value callable; // absent: exhausted
    Value sentinel;
} CallableIterator;

Value callable_iterator_new(Thread *thread, Value callable, Value sentinel) {
    CallableIterator *iterator = (CallableIterator *)heap_allocate(
        thread->heap, sizeof(CallableIterator), SHAPE_callable_iterator);
    if (!iterator) return raise_memory_error(thread);
    iterator->callable = callable;
    iterator->sentinel = sentinel;
    return value_from_object(iterator);
}

static void trace_callable_iterator(Marker *marker, Object *object) {
    mark_values(marker, &((CallableIterator *)object)->callable, 2);
}

static Value next_of_callable(Thread *thread, Value self) {
    CallableIterator *iterator = (CallableIterator *)value_as_object(self);
    if (value_is_absent(iterator->callable)) return VALUE_ABSENT;
    Value result = object_call0(thread, iterator->callable);
    if (value_is_error(result)) {
        if (!error_clear_if(thread, &exception_StopIteration)) return VALUE_ERROR;
        iterator->callable = VALUE_ABSENT;
        return VALUE_ABSENT;
    }
    // The call may have exhausted the iterator itself.
    if (value_is_absent(iterator->callable)) return VALUE_ABSENT;
    int equal = items_equal(thread, iterator->sentinel, result);
    if (equal < 0) return VALUE_ERROR;
    if (!equal) return result;
    iterator->callable = VALUE_ABSENT;
    return VALUE_ABSENT;
}

Type callable_iterator_type = {
    TYPE_STATIC_HEADER(callable_iterator),
    .name = "callable_iterator",
    .basic_size = sizeof(CallableIterator),
    .trace = trace_callable_iterator,
    .iterate = iterate_self,
    .next = next_of_callable,
};

// reversed

static Value make_reversed(Thread *thread, Type *type, Value *args, int count, Value names) {
    if (type == &reversed_type && !value_is_absent(names) && value_as_tuple(names)->length)
        return raise_type_error(thread, "reversed() takes no keyword arguments");
    if (count != 1) return raise_type_error(thread, "reversed expected 1 argument, got %d", count);
    Value sequence = args[0];
    Value method = object_find_special(thread, sequence, NAMES(thread)->__reversed__);
    if (value_is_error(method)) return method;
    if (!value_is_absent(method) && !value_is_none(method)) return object_call0(thread, method);
    Type *sequence_type = type_of(sequence);
    bool reversible = value_is_absent(method) && sequence_type->get_item && sequence_type->length &&
                      !(sequence_type->flags & TYPE_DICT_SUBCLASS);
    if (!reversible) return raise_type_error(thread, "'%T' object is not reversible", sequence);
    ssize_t length = object_length(thread, sequence);
    if (length < 0) return VALUE_ERROR;
    SequenceIterator *iterator = (SequenceIterator *)type_allocate(thread, type, 0);
    if (!iterator) return VALUE_ERROR;
    iterator->sequence = sequence;
    iterator->index = (uint64_t)length;
    return value_from_object(iterator);
}

static Value next_reversed(Thread *thread, Value self) {
    SequenceIterator *iterator = as_iterator(self);
    if (value_is_absent(iterator->sequence)) return VALUE_ABSENT;
    if (iterator->index == 0) return exhaust(iterator);
    Value index = int_from_int64(thread, (int64_t)--iterator->index);
    if (value_is_error(index)) return index;
    Value item = object_get_item(thread, iterator->sequence, index);
    if (!value_is_error(item)) return item;
    if (error_clear_if(thread, &exception_IndexError) ||
        error_clear_if(thread, &exception_StopIteration))
        return exhaust(iterator);
    return VALUE_ERROR;
}

static Value reversed_py_length_hint(Thread *thread, Value *args, int count) {
    (void)count;
    SequenceIterator *iterator = as_iterator(args[0]);
    if (value_is_absent(iterator->sequence)) return value_from_fixnum(0);
    ssize_t length = object_length(thread, iterator->sequence);
    if (length < 0) return VALUE_ERROR;
    bool fits = iterator->index <= (uint64_t)length;
    return value_from_fixnum(fits ? (int64_t)iterator->index : 0);
}

static const MethodRow reversed_methods[] = {
    {"__length_hint__", reversed_py_length_hint, "self, /",
     "Private method returning an estimate of len(list(it)).", METHOD_INSTANCE},
    {0},
};

Type reversed_type = {
    TYPE_STATIC_HEADER(reversed),
    .name = "reversed",
    .documentation = "Return a reverse iterator over the values of the given sequence.",
    .basic_size = sizeof(SequenceIterator),
    .flags = TYPE_BASE,
    .methods = reversed_methods,
    .trace = trace_sequence_iterator,
    .make = make_reversed,
    .iterate = iterate_self,
    .next = next_reversed,
};
