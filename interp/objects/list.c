// list.c — growable arrays.
//
// The items live in a ValueArray that is replaced when it is full; slots behind `length` are
// absent. Whatever runs Python may change the list, so items and length are read again after it.
#include "objects/list.h"
#include "objects/containers.h"
#include "objects/generic_alias.h"
#include "objects/iterators.h"
#include "objects/native.h"
#include "objects/range.h"

// Making and growing

Value list_new(Thread *thread, size_t capacity) {
    List *list = (List *)heap_allocate(thread->heap, sizeof(List), SHAPE_list);
    if (UNLIKELY(!list)) return raise_memory_error(thread);
    if (capacity) {
        ValueArray *items = value_array_new(thread, capacity);
        if (UNLIKELY(!items)) return VALUE_ERROR;
        list->items = items;
    }
    return value_from_object(list);
}

Value list_from_values(Thread *thread, const Value *items, size_t count) {
    Value value = list_new(thread, count);
    if (value_is_error(value) || count == 0) return value;
    List *list = value_as_list(value);
    memcpy(list->items->items, items, count * sizeof(Value));
    list->length = count;
    return value;
}

// Room for `needed` items in all; grows by an eighth at least, so that appending is linear.
static bool reserve(Thread *thread, List *list, size_t needed) {
    if (list->items && needed <= list->items->capacity) return true;
    if (needed > PTRDIFF_MAX / sizeof(Value) / 2) {
        raise_memory_error(thread);
        return false;
    }
    // Blocks come in size classes: the capacity uses up that of its block.
    size_t capacity = needed < 6 ? needed + 2 : needed + (needed >> 1) + 2;
    if (needed > 4096) capacity = needed + (needed >> 2);
    capacity += capacity & 1;
    ValueArray *items = value_array_grow(thread, list->items, list->length, capacity);
    if (!items) return false;
    object_store_pointer(thread->heap, list, &list->items, items);
    return true;
}

bool list_append_slow(Thread *thread, List *list, Value item) {
    if (!reserve(thread, list, list->length + 1)) return false;
    object_store(thread->heap, list->items, &list->items->items[list->length++], item);
    return true;
}

bool list_insert(Thread *thread, List *list, ssize_t index, Value item) {
    if (!reserve(thread, list, list->length + 1)) return false;
    ssize_t length = (ssize_t)list->length;
    if (index < 0) index = index + length < 0 ? 0 : index + length;
    if (index > length) index = length;
    Value *place = list->items->items + index;
    memmove(place + 1, place, (size_t)(length - index) * sizeof(Value));
    list->length++;
    object_store(thread->heap, list->items, place, item);
    return true;
}

static bool extend_with_values(Thread *thread, List *list, Value sequence) {
    size_t count;
    sequence_items(sequence, &count);
    if (count == 0) return true;
    if (!reserve(thread, list, list->length + count)) return false;
    // The sequence may be the list itself, whose items have just moved.
    const Value *items = sequence_items(sequence, &count);
    memcpy(list->items->items + list->length, items, count * sizeof(Value));
    list->length += count;
    return true;
}

bool list_extend(Thread *thread, List *list, Value iterable) {
    if (sequence_is_plain(iterable)) return extend_with_values(thread, list, iterable);
    Value iterator = object_iterate(thread, iterable);
    if (value_is_error(iterator)) return false;
    ssize_t hint = object_length_hint(thread, iterable, 8);
    if (hint < 0) return false;
    // A hint may be a lie; what it does not reserve, appending will.
    if ((size_t)hint > (list->items ? list->items->capacity - list->length : 0) && hint < 1 << 24 &&
        !reserve(thread, list, list->length + (size_t)hint))
        return false;
    for (;;) {
        Value item = object_next(thread, iterator);
        if (value_is_error(item)) return false;
        if (value_is_absent(item)) return true;
        if (!list_append(thread, list, item) || !thread_poll_if_needed(thread)) return false;
    }
}

Value list_as_tuple(Thread *thread, List *list) {
    return tuple_from_values(thread, list->items ? list->items->items : NULL, list->length);
}

void list_clear(Thread *thread, List *list) {
    (void)thread;
    list->items = NULL;
    list->length = 0;
}

static void trace(Marker *marker, Object *object) { mark_object(marker, ((List *)object)->items); }

static Value make(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)args, (void)count, (void)names;
    if (type == &list_type) return list_new(thread, 0);
    Object *list = type_allocate(thread, type, 0);
    return list ? value_from_object(list) : VALUE_ERROR;
}

static bool initialize(Thread *thread, Value self, Value *args, int count, Value names) {
    Value iterable;
    if (!arguments_bind(thread, "list", "iterable=(), /", args, count, names, &iterable))
        return false;
    list_clear(thread, value_as_list(self));
    return value_is_absent(iterable) || list_extend(thread, value_as_list(self), iterable);
}

static Value repr(Thread *thread, Value self) {
    if (value_as_list(self)->length == 0) return str_from_c(thread, "[]");
    int running = repr_enter(thread, self);
    if (running) return running < 0 ? VALUE_ERROR : str_from_c(thread, "[...]");
    StrBuilder builder;
    str_builder_start(&builder, thread);
    bool whole = str_builder_append_c(&builder, "[") && sequence_append_repr(&builder, self) &&
                 str_builder_append_c(&builder, "]");
    repr_leave(thread, self);
    return whole ? str_builder_finish(&builder) : VALUE_ERROR;
}

static Value compare(Thread *thread, Value self, Value other, CompareOperator op) {
    if (!value_is_list(self) || !value_is_list(other)) return VALUE_NOT_IMPLEMENTED;
    return sequence_compare(thread, self, other, op);
}

static Value iterate(Thread *thread, Value self) {
    return sequence_iterator_new(thread, SHAPE_list_iterator, self);
}

static ssize_t length(Thread *thread, Value self) {
    (void)thread;
    return (ssize_t)value_as_list(self)->length;
}

static int contains(Thread *thread, Value self, Value item) {
    ssize_t found = sequence_find(thread, self, item, 0, PTRDIFF_MAX);
    return found == -2 ? -1 : found >= 0;
}

// Subscripts

static bool check_key(Thread *thread, Value key) {
    if (value_is_fixnum(key) || object_has_index(key)) return true;
    raise_type_error(thread, "list indices must be integers or slices, not %T", key);
    return false;
}

static Value get_slice(Thread *thread, Value self, Value slice) {
    List *list = value_as_list(self);
    ssize_t start, stop, step;
    if (!slice_unpack(thread, slice, &start, &stop, &step)) return VALUE_ERROR;
    ssize_t count = slice_adjust((ssize_t)list->length, &start, &stop, step);
    if (count == 0) return list_new(thread, 0);
    if (step == 1) return list_from_values(thread, list->items->items + start, (size_t)count);
    Value part = list_new(thread, (size_t)count);
    if (value_is_error(part)) return part;
    for (ssize_t i = 0; i < count; i++)
        value_as_list(part)->items->items[i] = list->items->items[start + i * step];
    value_as_list(part)->length = (size_t)count;
    return part;
}

static Value get_item(Thread *thread, Value self, Value key) {
    List *list = value_as_list(self);
    if (value_has_shape(key, SHAPE_slice)) return get_slice(thread, self, key);
    size_t index;
    if (!check_key(thread, key)) return VALUE_ERROR;
    if (!sequence_index(thread, key, list->length, "list index out of range", &index))
        return VALUE_ERROR;
    // An __index__ written in Python may have shortened the list.
    if (UNLIKELY(index >= list->length))
        return raise_error(thread, &exception_IndexError, "list index out of range");
    return list->items->items[index];
}

static void remove_range(List *list, size_t start, size_t count) {
    Value *items = list->items->items;
    memmove(items + start, items + start + count, (list->length - start - count) * sizeof(Value));
    list->length -= count;
    memset(items + list->length, 0, count * sizeof(Value));
    if (list->length == 0) list->items = NULL;
}

// list[start:start + removed] = the values.
static bool replace_range(Thread *thread, List *list, size_t start, size_t removed,
                          Value replacement) {
    size_t added;
    sequence_items(replacement, &added);
    if (added > removed && !reserve(thread, list, list->length + added - removed)) return false;
    const Value *values = sequence_items(replacement, &added);
    if (list->length + added == 0) return true;
    if (added < removed) {
        remove_range(list, start + added, removed - added);
    } else if (added > removed) {
        Value *tail = list->items->items + start + removed;
        memmove(tail + (added - removed), tail, (list->length - start - removed) * sizeof(Value));
        list->length += added - removed;
    }
    for (size_t i = 0; i < added; i++)
        object_store(thread->heap, list->items, &list->items->items[start + i], values[i]);
    return true;
}

// A list or tuple with the items to be stored that is not the list itself.
static Value materialize(Thread *thread, Value self, Value value) {
    if (value_same(self, value)) {
        List *list = value_as_list(self);
        return list_from_values(thread, list->items ? list->items->items : NULL, list->length);
    }
    if (sequence_is_plain(value)) return value;
    Value iterator = object_iterate(thread, value);
    if (value_is_error(iterator)) {
        if (!error_clear_if(thread, &exception_TypeError)) return VALUE_ERROR;
        return raise_type_error(thread, "must assign iterable to extended slice");
    }
    return object_to_list(thread, iterator);
}

static bool delete_slice(Thread *thread, List *list, Value slice) {
    ssize_t start, stop, step;
    if (!slice_unpack(thread, slice, &start, &stop, &step)) return false;
    ssize_t count = slice_adjust((ssize_t)list->length, &start, &stop, step);
    if (count == 0) return true;
    if (step < 0) {
        start += (count - 1) * step;
        step = -step;
    }
    if (step == 1) {
        remove_range(list, (size_t)start, (size_t)count);
        return true;
    }
    Value *items = list->items->items;
    size_t kept = (size_t)start;
    for (size_t i = (size_t)start, skip = i, gone = 0; i < list->length; i++) {
        if (i == skip && gone < (size_t)count) {
            gone++;
            skip += (size_t)step;
        } else {
            items[kept++] = items[i];
        }
    }
    memset(items + kept, 0, (list->length - kept) * sizeof(Value));
    list->length = kept;
    return true;
}

static bool set_slice(Thread *thread, Value self, Value slice, Value value) {
    List *list = value_as_list(self);
    ssize_t start, stop, step;
    if (value_is_absent(value)) return delete_slice(thread, list, slice);
    if (!slice_unpack(thread, slice, &start, &stop, &step)) return false;
    Value values = materialize(thread, self, value);
    if (value_is_error(values)) return false;
    // Making the values may have run Python.
    ssize_t count = slice_adjust((ssize_t)list->length, &start, &stop, step);
    if (step == 1) return replace_range(thread, list, (size_t)start, (size_t)count, values);
    size_t given;
    const Value *items = sequence_items(values, &given);
    if (given != (size_t)count) {
        raise_value_error(thread,
                          "attempt to assign sequence of size %zu to extended slice of size %zd",
                          given, count);
        return false;
    }
    for (ssize_t i = 0; i < count; i++)
        object_store(thread->heap, list->items, &list->items->items[start + i * step], items[i]);
    return true;
}

static bool set_item(Thread *thread, Value self, Value key, Value value) {
    List *list = value_as_list(self);
    if (value_has_shape(key, SHAPE_slice)) return set_slice(thread, self, key, value);
    size_t index;
    const char *message = "list assignment index out of range";
    if (!check_key(thread, key) || !sequence_index(thread, key, list->length, message, &index))
        return false;
    if (UNLIKELY(index >= list->length)) {
        raise_error(thread, &exception_IndexError, "%s", message);
        return false;
    }
    if (value_is_absent(value)) {
        remove_range(list, index, 1);
    } else {
        object_store(thread->heap, list->items, &list->items->items[index], value);
    }
    return true;
}

// Operators

static Value concatenate(Thread *thread, Value self, Value other) {
    if (!value_is_list(other))
        return raise_type_error(thread, "can only concatenate list (not \"%T\") to list", other);
    Value sum = list_new(thread, value_as_list(self)->length + value_as_list(other)->length);
    if (value_is_error(sum) || !extend_with_values(thread, value_as_list(sum), self) ||
        !extend_with_values(thread, value_as_list(sum), other))
        return VALUE_ERROR;
    return sum;
}

// Fills items[filled..total) with copies of items[0..filled).
static void fill_by_doubling(Value *items, size_t filled, size_t total) {
    if (filled == 1) {
        for (size_t i = 1; i < total; i++) items[i] = items[0];
        return;
    }
    while (filled < total) {
        size_t more = filled < total - filled ? filled : total - filled;
        memcpy(items + filled, items, more * sizeof(Value));
        filled += more;
    }
}

static bool check_product(Thread *thread, size_t length, ssize_t count) {
    if (count <= 0 || (size_t)count <= PTRDIFF_MAX / sizeof(Value) / length) return true;
    raise_memory_error(thread);
    return false;
}

static Value repeat(Thread *thread, Value self, ssize_t count) {
    List *list = value_as_list(self);
    if (list->length == 0 || count <= 0) return list_new(thread, 0);
    if (!check_product(thread, list->length, count)) return VALUE_ERROR;
    size_t total = list->length * (size_t)count;
    Value product = list_new(thread, total);
    if (value_is_error(product) || !extend_with_values(thread, value_as_list(product), self))
        return VALUE_ERROR;
    fill_by_doubling(value_as_list(product)->items->items, list->length, total);
    value_as_list(product)->length = total;
    return product;
}

static Value inplace_repeat(Thread *thread, Value self, ssize_t count) {
    List *list = value_as_list(self);
    if (list->length == 0) return self;
    if (count <= 0) {
        list_clear(thread, list);
        return self;
    }
    if (!check_product(thread, list->length, count)) return VALUE_ERROR;
    size_t total = list->length * (size_t)count;
    if (!reserve(thread, list, total)) return VALUE_ERROR;
    fill_by_doubling(list->items->items, list->length, total);
    list->length = total;
    return self;
}

static Value inplace_concatenate(Thread *thread, Value self, Value other) {
    return list_extend(thread, value_as_list(self), other) ? self : VALUE_ERROR;
}

// Methods

static Value list_py_append(Thread *thread, Value *args, int count) {
    (void)count;
    return list_append(thread, value_as_list(args[0]), args[1]) ? VALUE_NONE : VALUE_ERROR;
}

static Value list_py_extend(Thread *thread, Value *args, int count) {
    (void)count;
    return list_extend(thread, value_as_list(args[0]), args[1]) ? VALUE_NONE : VALUE_ERROR;
}

static Value list_py_insert(Thread *thread, Value *args, int count) {
    (void)count;
    ssize_t index;
    if (!object_as_size(thread, args[1], &index)) return VALUE_ERROR;
    return list_insert(thread, value_as_list(args[0]), index, args[2]) ? VALUE_NONE : VALUE_ERROR;
}

static Value list_py_pop(Thread *thread, Value *args, int count) {
    (void)count;
    List *list = value_as_list(args[0]);
    ssize_t index = -1;
    if (!value_is_absent(args[1]) && !object_as_size(thread, args[1], &index)) return VALUE_ERROR;
    if (list->length == 0) return raise_error(thread, &exception_IndexError, "pop from empty list");
    if (index < 0) index += (ssize_t)list->length;
    if (index < 0 || (size_t)index >= list->length)
        return raise_error(thread, &exception_IndexError, "pop index out of range");
    Value item = list->items->items[index];
    if ((size_t)index == list->length - 1) {
        list->items->items[--list->length] = VALUE_ABSENT;
    } else {
        remove_range(list, (size_t)index, 1);
    }
    return item;
}

static Value list_py_remove(Thread *thread, Value *args, int count) {
    (void)count;
    ssize_t found = sequence_find(thread, args[0], args[1], 0, PTRDIFF_MAX);
    if (found == -2) return VALUE_ERROR;
    if (found < 0) return raise_value_error(thread, "list.remove(x): x not in list");
    List *list = value_as_list(args[0]);
    if ((size_t)found < list->length) remove_range(list, (size_t)found, 1);
    return VALUE_NONE;
}

static Value list_py_clear(Thread *thread, Value *args, int count) {
    (void)count;
    list_clear(thread, value_as_list(args[0]));
    return VALUE_NONE;
}

static Value list_py_copy(Thread *thread, Value *args, int count) {
    (void)count;
    List *list = value_as_list(args[0]);
    return list_from_values(thread, list->items ? list->items->items : NULL, list->length);
}

static Value list_py_index(Thread *thread, Value *args, int count) {
    (void)count;
    size_t low, high;
    if (!sequence_bounds(thread, args[2], args[3], value_as_list(args[0])->length, &low, &high))
        return VALUE_ERROR;
    ssize_t found = sequence_find(thread, args[0], args[1], low, high);
    if (found >= 0) return value_from_fixnum(found);
    if (found == -2) return VALUE_ERROR;
    return raise_value_error(thread, "%R is not in list", args[1]);
}

static Value list_py_count(Thread *thread, Value *args, int count) {
    (void)count;
    return sequence_count(thread, args[0], args[1]);
}

void list_reverse(Thread *thread, List *list) {
    for (size_t low = 0, high = list->length; low + 1 < high; low++) {
        Value *a = &list->items->items[low], *b = &list->items->items[--high];
        Value swapped = *a;
        object_store(thread->heap, list->items, a, *b);
        object_store(thread->heap, list->items, b, swapped);
    }
}

static Value list_py_reverse(Thread *thread, Value *args, int count) {
    (void)count;
    list_reverse(thread, value_as_list(args[0]));
    return VALUE_NONE;
}

static Value list_py_sort(Thread *thread, Value *args, int count) {
    (void)count;
    Value key = value_is_absent(args[1]) ? VALUE_NONE : args[1];
    int reverse = value_is_absent(args[2]) ? 0 : object_is_true(thread, args[2]);
    if (reverse < 0 || !list_sort(thread, value_as_list(args[0]), key, reverse)) return VALUE_ERROR;
    return VALUE_NONE;
}

static Value list_py_reversed(Thread *thread, Value *args, int count) {
    (void)count;
    Value iterator = sequence_iterator_new(thread, SHAPE_list_reverse_iterator, args[0]);
    if (!value_is_error(iterator))
        ((SequenceIterator *)value_as_object(iterator))->index = value_as_list(args[0])->length;
    return iterator;
}

static Value list_py_sizeof(Thread *thread, Value *args, int count) {
    (void)count, (void)thread;
    List *list = value_as_list(args[0]);
    size_t size = type_of(args[0])->basic_size;
    if (list->items) size += sizeof(ValueArray) + list->items->capacity * sizeof(Value);
    return value_from_fixnum((int64_t)size);
}

static const MethodRow methods[] = {
    {"append", list_py_append, "self, object, /", "Append object to the end of the list.",
     METHOD_INSTANCE},
    {"clear", list_py_clear, "self, /", "Remove all items from list.", METHOD_INSTANCE},
    {"copy", list_py_copy, "self, /", "Return a shallow copy of the list.", METHOD_INSTANCE},
    {"count", list_py_count, "self, value, /", "Return number of occurrences of value.",
     METHOD_INSTANCE},
    {"extend", list_py_extend, "self, iterable, /",
     "Extend list by appending elements from the iterable.", METHOD_INSTANCE},
    {"index", list_py_index, "self, value, start=0, stop=sys.maxsize, /",
     "Return first index of value.\n\nRaises ValueError if the value is not present.",
     METHOD_INSTANCE},
    {"insert", list_py_insert, "self, index, object, /", "Insert object before index.",
     METHOD_INSTANCE},
    {"pop", list_py_pop, "self, index=-1, /",
     "Remove and return item at index (default last).\n\n"
     "Raises IndexError if list is empty or index is out of range.",
     METHOD_INSTANCE},
    {"remove", list_py_remove, "self, value, /",
     "Remove first occurrence of value.\n\nRaises ValueError if the value is not present.",
     METHOD_INSTANCE},
    {"reverse", list_py_reverse, "self, /", "Reverse *IN PLACE*.", METHOD_INSTANCE},
    {"sort", list_py_sort, "self, /, *, key=None, reverse=False",
     "Sort the list in ascending order and return None.\n\n"
     "The sort is in-place (i.e. the list itself is modified) and stable (i.e. the\n"
     "order of two equal elements is maintained).\n\n"
     "If a key function is given, apply it once to each list item and sort them,\n"
     "ascending or descending, according to their function values.\n\n"
     "The reverse flag can be set to sort in descending order.",
     METHOD_INSTANCE},
    {"__reversed__", list_py_reversed, "self, /", "Return a reverse iterator over the list.",
     METHOD_INSTANCE},
    {"__sizeof__", list_py_sizeof, "self, /", "Return the size of the list in memory, in bytes.",
     METHOD_INSTANCE},
    {"__class_getitem__", generic_alias_py_class_getitem, "cls, item, /", "See PEP 585",
     METHOD_CLASS},
    {0},
};

Type list_type = {
    TYPE_STATIC_HEADER(list),
    .name = "list",
    .documentation = "Built-in mutable sequence.\n\n"
                     "If no argument is given, the constructor creates a new empty list.\n"
                     "The argument must be an iterable if specified.",
    .basic_size = sizeof(List),
    .flags = TYPE_BASE | TYPE_SEQUENCE,
    .methods = methods,
    .trace = trace,
    .make = make,
    .initialize = initialize,
    .repr = repr,
    .compare = compare,
    .iterate = iterate,
    .length = length,
    .get_item = get_item,
    .set_item = set_item,
    .contains = contains,
    .concatenate = concatenate,
    .repeat = repeat,
    .inplace_concatenate = inplace_concatenate,
    .inplace_repeat = inplace_repeat,
};
