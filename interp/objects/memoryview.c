// memoryview.c — memoryview: making views, and indexing, slicing, comparing and hashing them.
//
// Every operation that runs Python checks afterwards whether the view was released meanwhile.
#include "objects/memoryview.h"
#include "objects/bytes_internal.h"
#include "objects/iterators.h"
#include "objects/native.h"
#include "objects/range.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include <string.h>

bool memoryview_check(Thread *thread, Value view) {
    if (!value_as_memoryview(view)->released) return true;
    raise_value_error(thread, "operation forbidden on released memoryview object");
    return false;
}

// Making views

static Memoryview *allocate(Thread *thread, uint64_t dimensions, bool counted) {
    size_t size = sizeof(Memoryview) + 2 * dimensions * sizeof(ssize_t);
    Object *object = heap_allocate(thread->heap, size, SHAPE_memoryview);
    if (!object || (counted && !heap_register_release(thread->heap, object))) {
        raise_memory_error(thread);
        return NULL;
    }
    Memoryview *view = (Memoryview *)object;
    view->owner = view->inner = view->array = VALUE_ABSENT;
    view->dimensions = dimensions;
    view->released = true; // until it is complete
    return view;
}

// Enters the counts of those who must know that the memory is in use.
static void retain(Memoryview *view) {
    view->released = false;
    if (!value_is_absent(view->array)) value_as_bytearray(view->array)->views++;
    if (!value_is_absent(view->inner)) value_as_memoryview(view->inner)->children++;
}

Memoryview *memoryview_derive(Thread *thread, Memoryview *view, uint64_t dimensions) {
    Memoryview *made = allocate(thread, dimensions, !value_is_absent(view->array));
    if (!made) return NULL;
    made->owner = view->owner;
    made->inner = view->inner;
    made->array = view->array;
    made->block = view->block;
    made->data = view->data;
    made->item_size = view->item_size;
    memcpy(made->format, view->format, sizeof made->format);
    made->read_only = view->read_only;
    retain(made);
    return made;
}

static Value copy_view(Thread *thread, Value value) {
    Memoryview *view = value_as_memoryview(value);
    Memoryview *made = memoryview_derive(thread, view, view->dimensions);
    if (!made) return VALUE_ERROR;
    memcpy(made->extents, view->extents, 2 * view->dimensions * sizeof(ssize_t));
    return value_from_object(made);
}

static Value view_bytes(Thread *thread, Value owner) {
    static unsigned char nothing[1];
    bool is_array = value_is_bytearray(owner);
    Memoryview *view = allocate(thread, 1, is_array);
    if (!view) return VALUE_ERROR;
    view->owner = owner;
    if (is_array) {
        Bytearray *array = value_as_bytearray(owner);
        view->array = owner;
        view->block = array->buffer ? &array->buffer->header : NULL;
        view->data = array->buffer ? array->buffer->bytes : nothing;
        view->extents[0] = (ssize_t)array->length;
    } else {
        view->block = value_as_object(owner);
        view->data = value_as_bytes(owner)->data;
        view->extents[0] = (ssize_t)value_as_bytes(owner)->length;
    }
    view->read_only = !is_array;
    view->item_size = 1;
    memcpy(view->format, "B", 2);
    view->extents[1] = 1;
    retain(view);
    return value_from_object(view);
}

// What a class written in Python exports (PEP 688).
static Value view_exporter(Thread *thread, Value owner, Value function) {
    enum { FULL_READ_ONLY = 0x11C }; // PyBUF_FULL_RO
    Value inner = object_call1(thread, function, value_from_fixnum(FULL_READ_ONLY));
    if (value_is_error(inner)) return inner;
    if (!value_is_memoryview(inner))
        return raise_type_error(thread, "__buffer__ returned non-memoryview object");
    if (!memoryview_check(thread, inner)) return VALUE_ERROR;
    Value made = copy_view(thread, inner);
    if (value_is_error(made)) return made;
    Memoryview *view = value_as_memoryview(made);
    object_store(thread->heap, view, &view->owner, owner);
    object_store(thread->heap, view, &view->inner, inner);
    value_as_memoryview(inner)->children++;
    return made;
}

Value memoryview_new(Thread *thread, Value object) {
    if (value_is_memoryview(object))
        return memoryview_check(thread, object) ? copy_view(thread, object) : VALUE_ERROR;
    if (value_is_bytes(object) || value_is_bytearray(object)) return view_bytes(thread, object);
    Value function = value_is_object(object)
                         ? object_find_special(thread, object, NAMES(thread)->__buffer__)
                         : VALUE_ABSENT;
    if (value_is_error(function)) return function;
    if (!value_is_absent(function)) return view_exporter(thread, object, function);
    return raise_type_error(thread, "memoryview: a bytes-like object is required, not '%T'",
                            object);
}

static Value make(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)type;
    Value object;
    if (!arguments_bind(thread, "memoryview", "object", args, count, names, &object))
        return VALUE_ERROR;
    return memoryview_new(thread, object);
}

// The last view of what a Python class exports hands it back.
static bool release_exporter(Thread *thread, Memoryview *view) {
    Value inner = view->inner, owner = view->owner;
    if (value_is_absent(inner) || --value_as_memoryview(inner)->children > 0) return true;
    Value function = object_find_special(thread, owner, NAMES(thread)->__release_buffer__);
    if (value_is_error(function)) return false;
    if (!value_is_absent(function) && value_is_error(object_call1(thread, function, inner)))
        return false;
    return memoryview_release(thread, inner);
}

bool memoryview_release(Thread *thread, Value value) {
    Memoryview *view = value_as_memoryview(value);
    if (view->released) return true;
    if (view->children) {
        raise_error(thread, &exception_BufferError, "memoryview has %zu exported buffer%s",
                    (size_t)view->children, view->children == 1 ? "" : "s");
        return false;
    }
    view->released = true;
    if (!value_is_absent(view->array)) value_as_bytearray(view->array)->views--;
    return release_exporter(thread, view);
}

// A view that is collected; its bytearray, alive or just as dead, is still in memory.
static void release_dead(Heap *heap, Object *object) {
    (void)heap;
    Memoryview *view = (Memoryview *)object;
    if (!view->released && !value_is_absent(view->array))
        ((Bytearray *)value_as_object(view->array))->views--;
    view->released = true;
}

static void trace(Marker *marker, Object *object) {
    Memoryview *view = (Memoryview *)object;
    mark_value(marker, view->owner);
    mark_value(marker, view->inner);
    mark_value(marker, view->array);
    if (view->block) mark_object(marker, view->block);
}

// Layout

size_t memoryview_count(const Memoryview *view) {
    size_t count = 1;
    for (uint64_t i = 0; i < view->dimensions; i++) count *= (size_t)view->extents[i];
    return count;
}

void memoryview_set_strides(Memoryview *view) {
    ssize_t stride = (ssize_t)view->item_size;
    for (uint64_t i = view->dimensions; i-- > 0;) {
        memoryview_strides(view)[i] = stride;
        stride *= view->extents[i];
    }
}

bool memoryview_is_contiguous(const Memoryview *view, bool column_major) {
    if (memoryview_count(view) == 0) return true;
    ssize_t stride = (ssize_t)view->item_size;
    for (uint64_t i = 0; i < view->dimensions; i++) {
        uint64_t axis = column_major ? i : view->dimensions - 1 - i;
        ssize_t length = view->extents[axis];
        if (length > 1 && view->extents[view->dimensions + axis] != stride) return false;
        stride *= length;
    }
    return true;
}

void memoryview_copy_items(const Memoryview *view, unsigned char *target, bool column_major) {
    size_t size = view->item_size, count = memoryview_count(view);
    if (memoryview_is_contiguous(view, column_major)) {
        memcpy(target, view->data, count * size);
        return;
    }
    ssize_t place[MEMORYVIEW_DIMENSION_LIMIT] = {0};
    const unsigned char *item = view->data;
    for (size_t done = 0; done < count; done++, target += size) {
        memcpy(target, item, size);
        // Steps to the next item like an odometer.
        for (uint64_t i = 0; i < view->dimensions; i++) {
            uint64_t axis = column_major ? i : view->dimensions - 1 - i;
            ssize_t stride = view->extents[view->dimensions + axis];
            item += stride;
            if (++place[axis] < view->extents[axis]) break;
            item -= stride * view->extents[axis];
            place[axis] = 0;
        }
    }
}

Value memoryview_to_bytes(Thread *thread, Value value) {
    Memoryview *view = value_as_memoryview(value);
    Value bytes = bytes_new(thread, NULL, memoryview_count(view) * view->item_size);
    if (!value_is_error(bytes)) memoryview_copy_items(view, value_as_bytes(bytes)->data, false);
    return bytes;
}

bool memoryview_bytes(Value value, const unsigned char **data, size_t *size) {
    const Memoryview *view = value_as_memoryview(value);
    if (view->released || !memoryview_is_contiguous(view, false)) return false;
    *data = view->data;
    *size = memoryview_count(view) * view->item_size;
    return true;
}

// Indexing

// Adds the place of item `index` of a dimension to *data.
static bool step_into(Thread *thread, Memoryview *view, uint64_t axis, Value index,
                      unsigned char **data) {
    ssize_t place;
    if (!object_as_index(thread, index, &place) ||
        !memoryview_check(thread, value_from_object(view)))
        return false;
    ssize_t length = view->extents[axis];
    if (place < 0) place += length;
    if (place < 0 || place >= length) {
        raise_error(thread, &exception_IndexError, "index out of bounds on dimension %d",
                    (int)axis + 1);
        return false;
    }
    *data += place * memoryview_strides(view)[axis];
    return true;
}

static bool all_are(const Tuple *tuple, bool (*test)(Value)) {
    for (size_t i = 0; i < tuple->length; i++)
        if (!test(tuple->items[i])) return false;
    return true;
}

static bool is_slice(Value value) { return value_has_shape(value, SHAPE_slice); }

static bool fail(Thread *thread, Type *type, const char *message) {
    raise_error(thread, type, "%s", message);
    return false;
}

// Where the one item is that an int or a tuple of ints names.
static bool find_item(Thread *thread, Memoryview *view, Value key, unsigned char **data) {
    *data = view->data;
    if (!value_is_tuple(key)) {
        if (view->dimensions == 1) return step_into(thread, view, 0, key, data);
        return fail(thread, &exception_NotImplementedError,
                    view->dimensions ? "multi-dimensional sub-views are not implemented"
                                     : "sub-views are not implemented");
    }
    const Tuple *tuple = value_as_tuple(key);
    if (tuple->length > view->dimensions) {
        raise_type_error(thread, "cannot index %d-dimension view with %zu-element tuple",
                         (int)view->dimensions, (size_t)tuple->length);
        return false;
    }
    if (tuple->length < view->dimensions)
        return fail(thread, &exception_NotImplementedError, "sub-views are not implemented");
    for (uint64_t i = 0; i < view->dimensions; i++)
        if (!step_into(thread, view, i, tuple->items[i], data)) return false;
    return true;
}

// view[slice] along the first dimension.
static Value slice_view(Thread *thread, Value self, Value slice) {
    ssize_t start, stop, step;
    if (!slice_unpack(thread, slice, &start, &stop, &step) || !memoryview_check(thread, self))
        return VALUE_ERROR;
    Memoryview *view = value_as_memoryview(self);
    ssize_t count = slice_adjust(view->extents[0], &start, &stop, step);
    Value made = copy_view(thread, self);
    if (value_is_error(made)) return made;
    Memoryview *part = value_as_memoryview(made);
    ssize_t *strides = memoryview_strides(part);
    part->data += start * strides[0];
    part->extents[0] = count;
    strides[0] *= step;
    return made;
}

static Value get_item(Thread *thread, Value self, Value key) {
    if (!memoryview_check(thread, self)) return VALUE_ERROR;
    Memoryview *view = value_as_memoryview(self);
    bool is_tuple = value_is_tuple(key);
    if (view->dimensions == 0) {
        if (is_tuple && value_as_tuple(key)->length == 0)
            return memoryview_unpack(thread, view->format, view->data);
        if (value_same(key, VALUE_ELLIPSIS)) return self;
        return raise_type_error(thread, "invalid indexing of 0-dim memory");
    }
    if (is_slice(key)) return slice_view(thread, self, key);
    if (is_tuple && value_as_tuple(key)->length && all_are(value_as_tuple(key), is_slice))
        return raise_error(thread, &exception_NotImplementedError,
                           "multi-dimensional slicing is not implemented");
    if (is_tuple ? !all_are(value_as_tuple(key), object_has_index) : !object_has_index(key))
        return raise_type_error(thread, "memoryview: invalid slice key");
    unsigned char *item;
    return find_item(thread, view, key, &item) ? memoryview_unpack(thread, view->format, item)
                                               : VALUE_ERROR;
}

static bool same_format(const Memoryview *a, const Memoryview *b) {
    return strcmp(a->format + (a->format[0] == '@'), b->format + (b->format[0] == '@')) == 0;
}

// view[slice] = a buffer of as many items of the same format; the two may overlap.
static bool set_slice(Thread *thread, Value self, Value slice, Value value) {
    if (value_as_memoryview(self)->dimensions != 1)
        return fail(thread, &exception_NotImplementedError,
                    "memoryview slice assignments are currently restricted to ndim = 1");
    Value target = slice_view(thread, self, slice);
    if (value_is_error(target)) return false;
    bool is_buffer =
        value_is_memoryview(value) || value_is_bytes(value) || value_is_bytearray(value);
    if (!is_buffer) {
        raise_type_error(thread, "a bytes-like object is required, not '%T'", value);
        return false;
    }
    Value source = memoryview_new(thread, value);
    Value copy = value_is_error(source) ? source : memoryview_to_bytes(thread, source);
    if (value_is_error(copy)) return false;
    Memoryview *to = value_as_memoryview(target), *from = value_as_memoryview(source);
    if (from->dimensions != 1 || from->extents[0] != to->extents[0] || !same_format(to, from))
        return fail(thread, &exception_ValueError,
                    "memoryview assignment: lvalue and rvalue have different structures");
    const unsigned char *item = value_as_bytes(copy)->data;
    ssize_t stride = memoryview_strides(to)[0];
    for (ssize_t i = 0; i < to->extents[0]; i++, item += to->item_size)
        memcpy(to->data + i * stride, item, to->item_size);
    return memoryview_release(thread, target) && memoryview_release(thread, source);
}

static bool set_item(Thread *thread, Value self, Value key, Value value) {
    if (!memoryview_check(thread, self)) return false;
    Memoryview *view = value_as_memoryview(self);
    if (view->read_only)
        return fail(thread, &exception_TypeError, "cannot modify read-only memory");
    if (value_is_absent(value)) return fail(thread, &exception_TypeError, "cannot delete memory");
    bool is_tuple = value_is_tuple(key);
    unsigned char *item = view->data;
    if (view->dimensions == 0) {
        if (!value_same(key, VALUE_ELLIPSIS) && !(is_tuple && value_as_tuple(key)->length == 0))
            return fail(thread, &exception_TypeError, "invalid indexing of 0-dim memory");
    } else if (is_slice(key)) {
        return set_slice(thread, self, key, value);
    } else if (is_tuple && value_as_tuple(key)->length && all_are(value_as_tuple(key), is_slice)) {
        return fail(thread, &exception_NotImplementedError,
                    "memoryview slice assignments are currently restricted to ndim = 1");
    } else if (is_tuple ? !all_are(value_as_tuple(key), object_has_index)
                        : !object_has_index(key)) {
        return fail(thread, &exception_TypeError, "memoryview: invalid slice key");
    } else if (!is_tuple && view->dimensions > 1) {
        return fail(thread, &exception_NotImplementedError, "sub-views are not implemented");
    } else if (!find_item(thread, view, key, &item)) {
        return false;
    }
    // The value is converted aside: its __index__ may release the view.
    unsigned char packed[8];
    if (!memoryview_pack(thread, view->format, packed, value) || !memoryview_check(thread, self))
        return false;
    memcpy(item, packed, view->item_size);
    return true;
}

static ssize_t length(Thread *thread, Value self) {
    if (!memoryview_check(thread, self)) return -1;
    if (value_as_memoryview(self)->dimensions) return value_as_memoryview(self)->extents[0];
    raise_type_error(thread, "0-dim memory has no length");
    return -1;
}

// Comparing

static bool same_structure(const Memoryview *a, const Memoryview *b) {
    if (a->dimensions != b->dimensions) return false;
    return memcmp(a->extents, b->extents, a->dimensions * sizeof(ssize_t)) == 0;
}

// Item by item where the formats differ or equal bytes do not make equal items.
static int items_equal(Thread *thread, Value left, Value right) {
    Value a = memoryview_to_bytes(thread, left);
    Value b = value_is_error(a) ? a : memoryview_to_bytes(thread, right);
    if (value_is_error(b)) return -1;
    const Memoryview *x = value_as_memoryview(left), *y = value_as_memoryview(right);
    const unsigned char *p = value_as_bytes(a)->data, *q = value_as_bytes(b)->data;
    if (same_format(x, y) && !strpbrk(x->format, "fd?"))
        return memcmp(p, q, value_as_bytes(a)->length) == 0;
    size_t count = memoryview_count(x);
    for (size_t i = 0; i < count; i++) {
        Value one = memoryview_unpack(thread, x->format, p + i * x->item_size);
        Value other =
            value_is_error(one) ? one : memoryview_unpack(thread, y->format, q + i * y->item_size);
        if (value_is_error(other)) return -1;
        int equal = object_compare_bool(thread, one, other, COMPARE_EQ);
        bool is_nan = equal > 0 && type_of(one) == &float_type &&
                      value_same(object_compare(thread, one, other, COMPARE_EQ), VALUE_FALSE);
        if (equal <= 0 || is_nan) return equal < 0 ? -1 : 0;
    }
    return 1;
}

static Value compare(Thread *thread, Value self, Value other, CompareOperator op) {
    if (op != COMPARE_EQ && op != COMPARE_NE) return VALUE_NOT_IMPLEMENTED;
    if (!value_is_memoryview(self)) return VALUE_NOT_IMPLEMENTED;
    bool released = value_as_memoryview(self)->released ||
                    (value_is_memoryview(other) && value_as_memoryview(other)->released);
    if (released) return value_from_bool(value_same(self, other) == (op == COMPARE_EQ));
    if (!value_is_memoryview(other)) {
        if (!value_is_bytes(other) && !value_is_bytearray(other)) return VALUE_NOT_IMPLEMENTED;
        other = memoryview_new(thread, other);
        if (value_is_error(other)) return other;
    }
    int equal = same_structure(value_as_memoryview(self), value_as_memoryview(other))
                    ? items_equal(thread, self, other)
                    : 0;
    return equal < 0 ? VALUE_ERROR : value_from_bool((equal != 0) == (op == COMPARE_EQ));
}

static bool hash(Thread *thread, Value self, int64_t *result) {
    if (!memoryview_check(thread, self)) return false;
    const Memoryview *view = value_as_memoryview(self);
    if (view->read_only && !strpbrk(view->format, "Bbc"))
        return fail(thread, &exception_ValueError,
                    "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
    if (!view->read_only)
        return fail(thread, &exception_ValueError, "cannot hash writable memoryview object");
    Value bytes = memoryview_to_bytes(thread, self);
    return !value_is_error(bytes) && object_hash(thread, bytes, result);
}

static Value repr(Thread *thread, Value self) {
    return str_format(thread, "<%s at %p>",
                      value_as_memoryview(self)->released ? "released memory" : "memory",
                      (void *)self.bits);
}

// Iterating: the first dimension; an item of more than one dimension is a sub-view.

static Value iterate(Thread *thread, Value self) {
    if (!memoryview_check(thread, self)) return VALUE_ERROR;
    const Memoryview *view = value_as_memoryview(self);
    if (view->dimensions == 1) return sequence_iterator_new(thread, SHAPE_memory_iterator, self);
    if (view->dimensions == 0) return raise_type_error(thread, "invalid indexing of 0-dim memory");
    return raise_error(thread, &exception_NotImplementedError,
                       "multi-dimensional sub-views are not implemented");
}

static Value iterate_self(Thread *thread, Value self) {
    (void)thread;
    return self;
}

static Value next_item(Thread *thread, Value self) {
    SequenceIterator *iterator = (SequenceIterator *)value_as_object(self);
    if (value_is_absent(iterator->sequence)) return VALUE_ABSENT;
    if (!memoryview_check(thread, iterator->sequence)) return VALUE_ERROR;
    Memoryview *view = value_as_memoryview(iterator->sequence);
    if ((ssize_t)iterator->index >= view->extents[0]) {
        iterator->sequence = VALUE_ABSENT;
        return VALUE_ABSENT;
    }
    ssize_t offset = (ssize_t)iterator->index++ * memoryview_strides(view)[0];
    return memoryview_unpack(thread, view->format, view->data + offset);
}

static void trace_iterator(Marker *marker, Object *object) {
    mark_value(marker, ((SequenceIterator *)object)->sequence);
}

Type memoryview_type = {
    TYPE_STATIC_HEADER(memoryview),
    .name = "memoryview",
    .documentation = "Create a new memoryview object which references the given object.",
    .basic_size = sizeof(Memoryview),
    .flags = TYPE_SEQUENCE | TYPE_HAS_WEAK_REFERENCES,
    .methods = memoryview_methods,
    .getsets = memoryview_getsets,
    .trace = trace,
    .release = release_dead,
    .make = make,
    .repr = repr,
    .hash = hash,
    .compare = compare,
    .iterate = iterate,
    .length = length,
    .get_item = get_item,
    .set_item = set_item,
};

Type memory_iterator_type = {
    TYPE_STATIC_HEADER(memory_iterator),
    .name = "memory_iterator",
    .basic_size = sizeof(SequenceIterator),
    .trace = trace_iterator,
    .iterate = iterate_self,
    .next = next_item,
};
