// range.c — range and slice.
//
// A range keeps its bounds and its length as ints of any size. Arithmetic that stays within int64
// is done directly; the rest goes through int.c. A range whose numbers all fit iterates by machine
// ints (RangeIterator), another one by LongRangeIterator.
#include "objects/range.h"
#include "base/hash.h"
#include "objects/containers.h"
#include "objects/int.h"
#include "objects/native.h"

static Range *as_range(Value value) { return (Range *)value_as_object(value); }
static Slice *as_slice(Value value) { return (Slice *)value_as_object(value); }

// Number of items: 0 when the range is empty.
static Value compute_length(Thread *thread, Value start, Value stop, Value step) {
    bool up = int_sign(step) > 0;
    Value low = up ? start : stop, high = up ? stop : start;
    if (int_compare(low, high) >= 0) return value_from_fixnum(0);
    Value distance = int_subtract(thread, high, low);
    if (value_is_error(distance)) return distance;
    if (value_is_fixnum(step) && value_is_fixnum(distance)) {
        int64_t stride = value_as_fixnum(step);
        stride = stride < 0 ? -stride : stride;
        return value_from_fixnum((value_as_fixnum(distance) - 1) / stride + 1);
    }
    Value stride = up ? step : int_negate(thread, step);
    if (value_is_error(stride)) return stride;
    Value last = int_subtract(thread, distance, value_from_fixnum(1));
    if (value_is_error(last)) return last;
    Value steps = int_floor_divide(thread, last, stride);
    return value_is_error(steps) ? steps : int_add(thread, steps, value_from_fixnum(1));
}

static Value range_with_length(Thread *thread, Value start, Value stop, Value step, Value length) {
    Range *range = (Range *)heap_allocate(thread->heap, sizeof(Range), SHAPE_range);
    if (!range) return raise_memory_error(thread);
    range->start = start;
    range->stop = stop;
    range->step = step;
    range->length = length;
    return value_from_object(range);
}

Value range_new(Thread *thread, Value start, Value stop, Value step) {
    start = object_index(thread, start);
    if (value_is_error(start)) return start;
    stop = object_index(thread, stop);
    if (value_is_error(stop)) return stop;
    step = object_index(thread, step);
    if (value_is_error(step)) return step;
    if (int_sign(step) == 0) return raise_value_error(thread, "range() arg 3 must not be zero");
    Value length = compute_length(thread, start, stop, step);
    return value_is_error(length) ? length : range_with_length(thread, start, stop, step, length);
}

static Value make(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)type;
    if (!value_is_absent(names) && value_as_tuple(names)->length)
        return raise_type_error(thread, "range() takes no keyword arguments");
    if (count == 0) return raise_type_error(thread, "range expected at least 1 argument, got 0");
    if (count > 3)
        return raise_type_error(thread, "range expected at most 3 arguments, got %d", count);
    Value start = count == 1 ? value_from_fixnum(0) : args[0];
    Value step = count == 3 ? args[2] : value_from_fixnum(1);
    return range_new(thread, start, args[count > 1], step);
}

static void trace(Marker *marker, Object *object) {
    mark_values(marker, &((Range *)object)->start, 4);
}

static Value repr(Thread *thread, Value self) {
    Range *range = as_range(self);
    if (value_is_fixnum(range->step) && value_as_fixnum(range->step) == 1)
        return str_format(thread, "range(%R, %R)", range->start, range->stop);
    return str_format(thread, "range(%R, %R, %R)", range->start, range->stop, range->step);
}

static bool is_zero(Value number) { return int_sign(number) == 0; }
static bool is_one(Value number) { return value_same(number, value_from_fixnum(1)); }

// Ranges are equal if they yield the same numbers.
static Value compare(Thread *thread, Value self, Value other, CompareOperator op) {
    (void)thread;
    if (op != COMPARE_EQ && op != COMPARE_NE) return VALUE_NOT_IMPLEMENTED;
    if (!value_has_shape(self, SHAPE_range) || !value_has_shape(other, SHAPE_range))
        return VALUE_NOT_IMPLEMENTED;
    Range *a = as_range(self), *b = as_range(other);
    bool same = int_compare(a->length, b->length) == 0;
    if (same && !is_zero(a->length)) same = int_compare(a->start, b->start) == 0;
    if (same && !is_zero(a->length) && !is_one(a->length))
        same = int_compare(a->step, b->step) == 0;
    return value_from_bool(same == (op == COMPARE_EQ));
}

static bool hash(Thread *thread, Value self, int64_t *result) {
    Range *range = as_range(self);
    bool empty = is_zero(range->length), single = is_one(range->length);
    Value parts[] = {range->length, empty ? VALUE_NONE : range->start,
                     empty || single ? VALUE_NONE : range->step};
    uint64_t state = hash_tuple_start();
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        int64_t part;
        if (!object_hash(thread, parts[i], &part)) return false;
        state = hash_tuple_add(state, part);
    }
    *result = hash_tuple_finish(state, COUNT_OF(parts));
    return true;
}

static ssize_t length(Thread *thread, Value self) {
    int64_t count;
    if (int_as_int64(as_range(self)->length, &count)) return (ssize_t)count;
    raise_error(thread, &exception_OverflowError, "Python int too large to convert to C ssize_t");
    return -1;
}

static int truth(Thread *thread, Value self) {
    (void)thread;
    return !is_zero(as_range(self)->length);
}

// start + index * step
static Value item_at(Thread *thread, Range *range, Value index) {
    Value offset = is_one(range->step) ? index : int_multiply(thread, index, range->step);
    return value_is_error(offset) ? offset : int_add(thread, range->start, offset);
}

static Value slice_number(Thread *thread, Value bound) {
    if (object_has_index(bound)) return object_index(thread, bound);
    return raise_type_error(thread,
                            "slice indices must be integers or None or have an __index__ method");
}

// A bound of a slice as an index into a range of that length, clamped.
static Value clamp_bound(Thread *thread, Value bound, Value range_length, bool up, Value fallback) {
    if (value_is_none(bound)) return fallback;
    Value index = slice_number(thread, bound);
    if (value_is_error(index)) return index;
    Value low = value_from_fixnum(up ? 0 : -1);
    Value high = up ? range_length : int_subtract(thread, range_length, value_from_fixnum(1));
    if (value_is_error(high)) return high;
    if (int_sign(index) < 0) {
        index = int_add(thread, index, range_length);
        if (value_is_error(index)) return index;
        return int_compare(index, low) < 0 ? low : index;
    }
    return int_compare(index, high) > 0 ? high : index;
}

// slice.indices for a length of any size.
static bool slice_indices(Thread *thread, Slice *slice, Value range_length, Value *start,
                          Value *stop, Value *step) {
    *step = value_is_none(slice->step) ? value_from_fixnum(1) : slice_number(thread, slice->step);
    if (value_is_error(*step)) return false;
    if (is_zero(*step)) {
        raise_value_error(thread, "slice step cannot be zero");
        return false;
    }
    bool up = int_sign(*step) > 0;
    Value last = up ? range_length : int_subtract(thread, range_length, value_from_fixnum(1));
    if (value_is_error(last)) return false;
    Value first = value_from_fixnum(up ? 0 : -1);
    *start = clamp_bound(thread, slice->start, range_length, up, up ? first : last);
    if (value_is_error(*start)) return false;
    *stop = clamp_bound(thread, slice->stop, range_length, up, up ? last : first);
    return !value_is_error(*stop);
}

static Value get_slice(Thread *thread, Range *range, Slice *slice) {
    Value start, stop, step;
    if (!slice_indices(thread, slice, range->length, &start, &stop, &step)) return VALUE_ERROR;
    Value first = item_at(thread, range, start);
    if (value_is_error(first)) return first;
    Value last = item_at(thread, range, stop);
    if (value_is_error(last)) return last;
    Value stride = int_multiply(thread, range->step, step);
    return value_is_error(stride) ? stride : range_new(thread, first, last, stride);
}

static Value get_item(Thread *thread, Value self, Value key) {
    Range *range = as_range(self);
    if (value_has_shape(key, SHAPE_slice)) return get_slice(thread, range, as_slice(key));
    if (!object_has_index(key))
        return raise_type_error(thread, "range indices must be integers or slices, not %T", key);
    Value index = object_index(thread, key);
    if (value_is_error(index)) return index;
    if (int_sign(index) < 0) index = int_add(thread, index, range->length);
    if (value_is_error(index)) return index;
    if (int_sign(index) < 0 || int_compare(index, range->length) >= 0)
        return raise_error(thread, &exception_IndexError, "range object index out of range");
    return item_at(thread, range, index);
}

// Position of an int in a range: VALUE_ABSENT if it is not in it.
static Value position_of(Thread *thread, Range *range, Value number) {
    bool up = int_sign(range->step) > 0;
    if (int_compare(number, up ? range->start : range->stop) < (up ? 0 : 1)) return VALUE_ABSENT;
    if (int_compare(number, up ? range->stop : range->start) > (up ? -1 : 0)) return VALUE_ABSENT;
    Value offset = int_subtract(thread, number, range->start);
    if (value_is_error(offset)) return offset;
    Value rest = int_remainder(thread, offset, range->step);
    if (value_is_error(rest)) return rest;
    return is_zero(rest) ? int_floor_divide(thread, offset, range->step) : VALUE_ABSENT;
}

// What is no int is compared with each number.
static ssize_t search(Thread *thread, Value self, Value item, bool all) {
    Value iterator = object_iterate(thread, self);
    if (value_is_error(iterator)) return -2;
    ssize_t found = 0;
    for (ssize_t i = 0;; i++) {
        Value number = object_next(thread, iterator);
        if (value_is_error(number) || !thread_poll_if_needed(thread)) return -2;
        if (value_is_absent(number)) return all ? found : -1;
        int equal = items_equal(thread, number, item);
        if (equal < 0) return -2;
        if (equal && !all) return i;
        found += equal;
    }
}

static bool is_plain_int(Value value) { return value_is_int_exact(value) || value_is_bool(value); }

static int contains(Thread *thread, Value self, Value item) {
    if (is_plain_int(item)) {
        Value number = object_index(thread, item);
        Value position =
            value_is_error(number) ? number : position_of(thread, as_range(self), number);
        return value_is_error(position) ? -1 : !value_is_absent(position);
    }
    ssize_t found = search(thread, self, item, false);
    return found == -2 ? -1 : found >= 0;
}

static Value range_py_index(Thread *thread, Value *args, int count) {
    (void)count;
    Value position = VALUE_ABSENT;
    if (is_plain_int(args[1])) {
        Value number = object_index(thread, args[1]);
        position = value_is_error(number) ? number : position_of(thread, as_range(args[0]), number);
    } else {
        ssize_t found = search(thread, args[0], args[1], false);
        if (found == -2) return VALUE_ERROR;
        if (found >= 0) position = value_from_fixnum(found);
    }
    if (!value_is_absent(position)) return position;
    if (is_plain_int(args[1])) return raise_value_error(thread, "%R is not in range", args[1]);
    return raise_value_error(thread, "sequence.index(x): x not in sequence");
}

static Value range_py_count(Thread *thread, Value *args, int count) {
    (void)count;
    if (is_plain_int(args[1])) {
        int contained = contains(thread, args[0], args[1]);
        return contained < 0 ? VALUE_ERROR : value_from_fixnum(contained);
    }
    ssize_t found = search(thread, args[0], args[1], true);
    return found < 0 ? VALUE_ERROR : value_from_fixnum(found);
}

static Value range_py_reduce(Thread *thread, Value *args, int count) {
    (void)count;
    Range *range = as_range(args[0]);
    Value parts = tuple_of(thread, 3, range->start, range->stop, range->step);
    if (value_is_error(parts)) return parts;
    return tuple_of(thread, 2, value_from_type(&range_type), parts);
}

// Iterators

typedef struct {
    Object header;
    Value next, step, remaining; // ints
} LongRangeIterator;

static Value iterator_new(Thread *thread, Value start, Value step, Value count) {
    int64_t first, stride, total, product, end;
    if (int_as_int64(start, &first) && int_as_int64(step, &stride) && int_as_int64(count, &total) &&
        value_fits_fixnum(first) && !__builtin_mul_overflow(total, stride, &product) &&
        !__builtin_add_overflow(first, product, &end) && value_fits_fixnum(end)) {
        RangeIterator *iterator = (RangeIterator *)heap_allocate(
            thread->heap, sizeof(RangeIterator), SHAPE_range_iterator);
        if (!iterator) return raise_memory_error(thread);
        iterator->next = first;
        iterator->step = stride;
        iterator->remaining = total;
        return value_from_object(iterator);
    }
    LongRangeIterator *iterator = (LongRangeIterator *)heap_allocate(
        thread->heap, sizeof(LongRangeIterator), SHAPE_long_range_iterator);
    if (!iterator) return raise_memory_error(thread);
    iterator->next = start;
    iterator->step = step;
    iterator->remaining = count;
    return value_from_object(iterator);
}

static Value iterate(Thread *thread, Value self) {
    Range *range = as_range(self);
    return iterator_new(thread, range->start, range->step, range->length);
}

static Value range_py_reversed(Thread *thread, Value *args, int count) {
    (void)count;
    Range *range = as_range(args[0]);
    Value last = int_subtract(thread, range->length, value_from_fixnum(1));
    if (value_is_error(last)) return last;
    Value start = item_at(thread, range, last);
    if (value_is_error(start)) return start;
    Value step = int_negate(thread, range->step);
    return value_is_error(step) ? step : iterator_new(thread, start, step, range->length);
}

static Value iterate_iterator(Thread *thread, Value self) {
    (void)thread;
    return self;
}

static Value next(Thread *thread, Value self) {
    (void)thread;
    RangeIterator *iterator = (RangeIterator *)value_as_object(self);
    if (iterator->remaining == 0) return VALUE_ABSENT;
    iterator->remaining--;
    Value number = value_from_fixnum(iterator->next);
    iterator->next += iterator->step;
    return number;
}

static Value next_long(Thread *thread, Value self) {
    LongRangeIterator *iterator = (LongRangeIterator *)value_as_object(self);
    if (is_zero(iterator->remaining)) return VALUE_ABSENT;
    Value number = iterator->next;
    Value following = int_add(thread, number, iterator->step);
    if (value_is_error(following)) return following;
    Value remaining = int_subtract(thread, iterator->remaining, value_from_fixnum(1));
    if (value_is_error(remaining)) return remaining;
    object_store(thread->heap, iterator, &iterator->next, following);
    object_store(thread->heap, iterator, &iterator->remaining, remaining);
    return number;
}

static void trace_long(Marker *marker, Object *object) {
    mark_values(marker, &((LongRangeIterator *)object)->next, 3);
}

static Value iterator_py_length_hint(Thread *thread, Value *args, int count) {
    (void)count;
    return int_from_int64(thread, ((RangeIterator *)value_as_object(args[0]))->remaining);
}
static Value long_iterator_py_length_hint(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    return ((LongRangeIterator *)value_as_object(args[0]))->remaining;
}

// Slices

Value slice_new(Thread *thread, Value start, Value stop, Value step) {
    Slice *slice = (Slice *)heap_allocate(thread->heap, sizeof(Slice), SHAPE_slice);
    if (!slice) return raise_memory_error(thread);
    slice->start = start;
    slice->stop = stop;
    slice->step = step;
    return value_from_object(slice);
}

static bool machine_bound(Thread *thread, Value bound, ssize_t fallback, ssize_t *result) {
    *result = fallback;
    if (value_is_none(bound)) return true;
    if (value_is_fixnum(bound)) {
        *result = (ssize_t)value_as_fixnum(bound);
        return true;
    }
    if (object_has_index(bound)) return object_as_clamped(thread, bound, result);
    raise_type_error(thread, "slice indices must be integers or None or have an __index__ method");
    return false;
}

static ssize_t adjust_bound(ssize_t bound, ssize_t length, bool up) {
    if (bound < 0) {
        bound += length;
        return bound < 0 ? (up ? 0 : -1) : bound;
    }
    return bound < length ? bound : up ? length : length - 1;
}

bool slice_unpack(Thread *thread, Value value, ssize_t *start, ssize_t *stop, ssize_t *step) {
    Slice *slice = as_slice(value);
    if (!machine_bound(thread, slice->step, 1, step)) return false;
    if (*step == 0) {
        raise_value_error(thread, "slice step cannot be zero");
        return false;
    }
    // The negative of a step must exist too.
    if (*step < -PTRDIFF_MAX) *step = -PTRDIFF_MAX;
    bool up = *step > 0;
    return machine_bound(thread, slice->start, up ? 0 : PTRDIFF_MAX, start) &&
           machine_bound(thread, slice->stop, up ? PTRDIFF_MAX : PTRDIFF_MIN, stop);
}

ssize_t slice_adjust(ssize_t length, ssize_t *start, ssize_t *stop, ssize_t step) {
    bool up = step > 0;
    *start = adjust_bound(*start, length, up);
    *stop = adjust_bound(*stop, length, up);
    if (up && *start < *stop) return (*stop - *start - 1) / step + 1;
    if (!up && *stop < *start) return (*start - *stop - 1) / -step + 1;
    return 0;
}

bool slice_resolve(Thread *thread, Value value, ssize_t length, ssize_t *start, ssize_t *stop,
                   ssize_t *step, ssize_t *count) {
    if (!slice_unpack(thread, value, start, stop, step)) return false;
    *count = slice_adjust(length, start, stop, *step);
    return true;
}

static Value make_slice(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)type;
    if (!value_is_absent(names) && value_as_tuple(names)->length)
        return raise_type_error(thread, "slice() takes no keyword arguments");
    if (count == 0) return raise_type_error(thread, "slice expected at least 1 argument, got 0");
    if (count > 3)
        return raise_type_error(thread, "slice expected at most 3 arguments, got %d", count);
    return slice_new(thread, count == 1 ? VALUE_NONE : args[0], args[count > 1],
                     count == 3 ? args[2] : VALUE_NONE);
}

static void trace_slice(Marker *marker, Object *object) {
    mark_values(marker, &((Slice *)object)->start, 3);
}

static Value repr_slice(Thread *thread, Value self) {
    Slice *slice = as_slice(self);
    return str_format(thread, "slice(%R, %R, %R)", slice->start, slice->stop, slice->step);
}

static Value slice_parts(Thread *thread, Value slice) {
    return tuple_from_values(thread, &as_slice(slice)->start, 3);
}

static Value compare_slices(Thread *thread, Value self, Value other, CompareOperator op) {
    if (!value_has_shape(self, SHAPE_slice) || !value_has_shape(other, SHAPE_slice))
        return VALUE_NOT_IMPLEMENTED;
    Value a = slice_parts(thread, self);
    if (value_is_error(a)) return a;
    Value b = slice_parts(thread, other);
    return value_is_error(b) ? b : sequence_compare(thread, a, b, op);
}

// CPython 3.12 hashes slices, though with constants of its own instead of a tuple's start.
static bool hash_slice(Thread *thread, Value self, int64_t *result) {
    uint64_t state = hash_tuple_start();
    for (int i = 0; i < 3; i++) {
        int64_t part;
        if (!object_hash(thread, (&as_slice(self)->start)[i], &part)) return false;
        state = hash_tuple_add(state, part);
    }
    *result = state == UINT64_MAX ? INT64_C(1546275796) : (int64_t)state;
    return true;
}

static Value slice_py_indices(Thread *thread, Value *args, int count) {
    (void)count;
    Value range_length = object_index(thread, args[1]);
    if (value_is_error(range_length)) return range_length;
    if (int_sign(range_length) < 0)
        return raise_value_error(thread, "length should not be negative");
    Value start, stop, step;
    if (!slice_indices(thread, as_slice(args[0]), range_length, &start, &stop, &step))
        return VALUE_ERROR;
    return tuple_of(thread, 3, start, stop, step);
}

static Value slice_py_reduce(Thread *thread, Value *args, int count) {
    (void)count;
    Value parts = slice_parts(thread, args[0]);
    return value_is_error(parts) ? parts : tuple_of(thread, 2, value_from_type(&slice_type), parts);
}

static const MethodRow range_methods[] = {
    {"__reversed__", range_py_reversed, "self, /", "Return a reverse iterator.", METHOD_INSTANCE},
    {"__reduce__", range_py_reduce, "self, /", NULL, METHOD_INSTANCE},
    {"count", range_py_count, "self, value, /",
     "rangeobject.count(value) -> integer -- return number of occurrences of value",
     METHOD_INSTANCE},
    {"index", range_py_index, "self, value, /",
     "rangeobject.index(value) -> integer -- return index of value.\n"
     "Raise ValueError if the value is not present.",
     METHOD_INSTANCE},
    {0},
};
static const MemberRow range_members[] = {
    {"start", offsetof(Range, start), true, false, NULL},
    {"stop", offsetof(Range, stop), true, false, NULL},
    {"step", offsetof(Range, step), true, false, NULL},
    {0},
};
static const MethodRow slice_methods[] = {
    {"indices", slice_py_indices, "self, object, /",
     "S.indices(len) -> (start, stop, stride)\n\n"
     "Assuming a sequence of length len, calculate the start and stop\n"
     "indices, and the stride length of the extended slice described by\n"
     "S. Out of bounds indices are clipped in a manner consistent with the\n"
     "handling of normal slices.",
     METHOD_INSTANCE},
    {"__reduce__", slice_py_reduce, "self, /", "Return state information for pickling.",
     METHOD_INSTANCE},
    {0},
};
static const MemberRow slice_members[] = {
    {"start", offsetof(Slice, start), true, false, NULL},
    {"stop", offsetof(Slice, stop), true, false, NULL},
    {"step", offsetof(Slice, step), true, false, NULL},
    {0},
};
static const MethodRow iterator_methods[] = {
    {"__length_hint__", iterator_py_length_hint, "self, /",
     "Private method returning an estimate of len(list(it)).", METHOD_INSTANCE},
    {0},
};
static const MethodRow long_iterator_methods[] = {
    {"__length_hint__", long_iterator_py_length_hint, "self, /",
     "Private method returning an estimate of len(list(it)).", METHOD_INSTANCE},
    {0},
};

Type range_type = {
    TYPE_STATIC_HEADER(range),
    .name = "range",
    .documentation =
        "range(stop) -> range object\n"
        "range(start, stop[, step]) -> range object\n\n"
        "Return an object that produces a sequence of integers from start (inclusive)\n"
        "to stop (exclusive) by step.  range(i, j) produces i, i+1, i+2, ..., j-1.\n"
        "start defaults to 0, and stop is omitted!  range(4) produces 0, 1, 2, 3.\n"
        "These are exactly the valid indices for a list of 4 elements.\n"
        "When step is given, it specifies the increment (or decrement).",
    .basic_size = sizeof(Range),
    .flags = TYPE_SEQUENCE,
    .methods = range_methods,
    .members = range_members,
    .trace = trace,
    .make = make,
    .repr = repr,
    .hash = hash,
    .compare = compare,
    .iterate = iterate,
    .length = length,
    .get_item = get_item,
    .contains = contains,
    .truth = truth,
};

Type range_iterator_type = {
    TYPE_STATIC_HEADER(range_iterator),  .name = "range_iterator",
    .basic_size = sizeof(RangeIterator), .methods = iterator_methods,
    .iterate = iterate_iterator,         .next = next,
};

Type long_range_iterator_type = {
    TYPE_STATIC_HEADER(long_range_iterator),
    .name = "longrange_iterator",
    .basic_size = sizeof(LongRangeIterator),
    .methods = long_iterator_methods,
    .trace = trace_long,
    .iterate = iterate_iterator,
    .next = next_long,
};

Type slice_type = {
    TYPE_STATIC_HEADER(slice),
    .name = "slice",
    .documentation = "slice(stop)\n"
                     "slice(start, stop[, step])\n\n"
                     "Create a slice object.  This is used for extended slicing (e.g. a[0:10:2]).",
    .basic_size = sizeof(Slice),
    .methods = slice_methods,
    .members = slice_members,
    .trace = trace_slice,
    .make = make_slice,
    .repr = repr_slice,
    .hash = hash_slice,
    .compare = compare_slices,
};
