// iterator_builtins.c — enumerate, zip, map and filter.
//
// Each holds the iterators it draws from and makes one result a step; nothing is read ahead.
#include "objects/containers.h"
#include "objects/generic_alias.h"
#include "objects/int.h"
#include "objects/iterators.h"
#include "objects/native.h"

static Value iterate_self(Thread *thread, Value self) {
    (void)thread;
    return self;
}

// The iterators of some arguments, as a tuple.
static Value iterators_of(Thread *thread, const Value *iterables, int count) {
    Value tuple = tuple_new(thread, (size_t)count);
    if (value_is_error(tuple)) return tuple;
    for (int i = 0; i < count; i++) {
        Value iterator = object_iterate(thread, iterables[i]);
        if (value_is_error(iterator)) return iterator;
        object_store(thread->heap, value_as_tuple(tuple), &value_as_tuple(tuple)->items[i],
                     iterator);
    }
    return tuple;
}

static bool has_keywords(Value names) {
    return !value_is_absent(names) && value_as_tuple(names)->length > 0;
}

// enumerate

typedef struct {
    Object header;
    Value iterator;
    Value index; // an int
} Enumerate;

static void trace_enumerate(Marker *marker, Object *object) {
    mark_values(marker, &((Enumerate *)object)->iterator, 2);
}

static Value make_enumerate(Thread *thread, Type *type, Value *args, int count, Value names) {
    Value bound[2];
    if (count == 0 && value_is_absent(names))
        return raise_type_error(thread, "enumerate() missing required argument 'iterable'");
    if (!arguments_bind(thread, "enumerate", "iterable, start=0", args, count, names, bound))
        return VALUE_ERROR;
    Value start = value_from_fixnum(0);
    if (!value_is_absent(bound[1])) start = object_index(thread, bound[1]);
    if (value_is_error(start)) return start;
    Value iterator = object_iterate(thread, bound[0]);
    if (value_is_error(iterator)) return iterator;
    Enumerate *self = (Enumerate *)type_allocate(thread, type, 0);
    if (!self) return VALUE_ERROR;
    self->iterator = iterator;
    self->index = start;
    return value_from_object(self);
}

static PairStep next_pair_of_enumerate(Thread *thread, Value value, Value *pair) {
    Enumerate *self = (Enumerate *)value_as_object(value);
    Value item = object_next(thread, self->iterator);
    if (value_is_error(item)) return PAIR_ERROR;
    if (value_is_absent(item)) return PAIR_END;
    Value index = self->index, one = value_from_fixnum(1);
    Value following = value_is_fixnum(index) ? fixnum_add(index, one) : VALUE_ABSENT;
    if (UNLIKELY(value_is_absent(following))) following = int_add(thread, index, one);
    if (value_is_error(following)) return PAIR_ERROR;
    object_store(thread->heap, self, &self->index, following);
    pair[1] = index;
    pair[0] = item;
    return PAIR_TAKEN;
}

static Value next_of_enumerate(Thread *thread, Value value) {
    Value pair[2];
    PairStep step = next_pair_of_enumerate(thread, value, pair);
    return step == PAIR_TAKEN ? tuple_of(thread, 2, pair[1], pair[0])
           : step == PAIR_END ? VALUE_ABSENT
                              : VALUE_ERROR;
}

static const MethodRow enumerate_methods[] = {
    {"__class_getitem__", generic_alias_py_class_getitem, "cls, item, /", "See PEP 585",
     METHOD_CLASS},
    {0},
};

Type enumerate_type = {
    TYPE_STATIC_HEADER(enumerate),
    .name = "enumerate",
    .documentation = "Return an enumerate object.\n\n"
                     "  iterable\n"
                     "    an object supporting iteration\n\n"
                     "The enumerate object yields pairs containing a count (from start, which\n"
                     "defaults to zero) and a value yielded by the iterable argument.\n\n"
                     "enumerate is useful for obtaining an indexed list:\n"
                     "    (0, seq[0]), (1, seq[1]), (2, seq[2]), ...",
    .basic_size = sizeof(Enumerate),
    .flags = TYPE_BASE,
    .methods = enumerate_methods,
    .trace = trace_enumerate,
    .make = make_enumerate,
    .iterate = iterate_self,
    .next = next_of_enumerate,
    .next_pair = next_pair_of_enumerate,
};

// zip

typedef struct {
    Object header;
    Value iterators; // tuple
    bool strict;
} Zip;

static void trace_zip(Marker *marker, Object *object) {
    mark_value(marker, ((Zip *)object)->iterators);
}

// The keyword strict; -1 with an exception pending.
static int read_strict(Thread *thread, const Value *values, Value names) {
    if (!has_keywords(names)) return 0;
    Tuple *tuple = value_as_tuple(names);
    int strict = 0;
    for (size_t i = 0; i < tuple->length; i++) {
        if (!str_equals_c(value_as_str(tuple->items[i]), "strict")) {
            raise_type_error(thread, "'%U' is an invalid keyword argument for zip()",
                             tuple->items[i]);
            return -1;
        }
        strict = object_is_true(thread, values[i]);
    }
    return strict;
}

static Value make_zip(Thread *thread, Type *type, Value *args, int count, Value names) {
    int strict = read_strict(thread, args + count, names);
    if (strict < 0) return VALUE_ERROR;
    Value iterators = iterators_of(thread, args, count);
    if (value_is_error(iterators)) return iterators;
    Zip *self = (Zip *)type_allocate(thread, type, 0);
    if (!self) return VALUE_ERROR;
    self->iterators = iterators;
    self->strict = strict;
    return value_from_object(self);
}

// Iterator number `ended` was the first to end: with strict all others must end as well.
static Value end_of_zip(Thread *thread, Zip *self, size_t ended) {
    if (!self->strict) return VALUE_ABSENT;
    if (ended > 0)
        return raise_value_error(thread, "zip() argument %zu is shorter than argument%s%zu",
                                 ended + 1, ended == 1 ? " " : "s 1-", ended);
    Tuple *iterators = value_as_tuple(self->iterators);
    for (size_t i = 1; i < iterators->length; i++) {
        Value item = object_next(thread, iterators->items[i]);
        if (value_is_error(item)) return item;
        if (!value_is_absent(item))
            return raise_value_error(thread, "zip() argument %zu is longer than argument%s%zu",
                                     i + 1, i == 1 ? " " : "s 1-", i);
    }
    return VALUE_ABSENT;
}

static Value next_of_zip(Thread *thread, Value value) {
    Zip *self = (Zip *)value_as_object(value);
    Tuple *iterators = value_as_tuple(self->iterators);
    if (iterators->length == 0) return VALUE_ABSENT;
    Value result = tuple_new(thread, iterators->length);
    if (value_is_error(result)) return result;
    for (size_t i = 0; i < iterators->length; i++) {
        Value item = object_next(thread, iterators->items[i]);
        if (value_is_error(item)) return item;
        if (value_is_absent(item)) return end_of_zip(thread, self, i);
        object_store(thread->heap, value_as_tuple(result), &value_as_tuple(result)->items[i], item);
    }
    return result;
}

static PairStep next_pair_of_zip(Thread *thread, Value value, Value *pair) {
    Zip *self = (Zip *)value_as_object(value);
    Tuple *iterators = value_as_tuple(self->iterators);
    if (iterators->length != 2) return PAIR_REFUSED;
    for (size_t i = 0; i < 2; i++) {
        Value item = object_next(thread, iterators->items[i]);
        if (value_is_absent(item)) item = end_of_zip(thread, self, i);
        if (value_is_error(item)) return PAIR_ERROR;
        if (value_is_absent(item)) return PAIR_END;
        pair[1 - i] = item;
    }
    return PAIR_TAKEN;
}

Type zip_type = {
    TYPE_STATIC_HEADER(zip),
    .name = "zip",
    .documentation = "The zip object yields n-length tuples, where n is the number of iterables\n"
                     "passed as positional arguments to zip().  The i-th element in every tuple\n"
                     "comes from the i-th iterable argument to zip().  This continues until the\n"
                     "shortest argument is exhausted.\n\n"
                     "If strict is true and one of the arguments is exhausted before the others,\n"
                     "raise a ValueError.\n\n"
                     "   >>> list(zip('abcdefg', range(3), range(4)))\n"
                     "   [('a', 0, 0), ('b', 1, 1), ('c', 2, 2)]",
    .basic_size = sizeof(Zip),
    .flags = TYPE_BASE,
    .trace = trace_zip,
    .make = make_zip,
    .iterate = iterate_self,
    .next = next_of_zip,
    .next_pair = next_pair_of_zip,
};

// map

enum { MAP_STACK_ARGUMENTS = 6 };

typedef struct {
    Object header;
    Value callable;
    Value iterators; // tuple
} Map;

static void trace_map(Marker *marker, Object *object) {
    mark_values(marker, &((Map *)object)->callable, 2);
}

static Value make_map(Thread *thread, Type *type, Value *args, int count, Value names) {
    if (type == &map_type && has_keywords(names))
        return raise_type_error(thread, "map() takes no keyword arguments");
    if (count < 2) return raise_type_error(thread, "map() must have at least two arguments.");
    Value iterators = iterators_of(thread, args + 1, count - 1);
    if (value_is_error(iterators)) return iterators;
    Map *self = (Map *)type_allocate(thread, type, 0);
    if (!self) return VALUE_ERROR;
    self->callable = args[0];
    self->iterators = iterators;
    return value_from_object(self);
}

static Value next_of_map(Thread *thread, Value value) {
    Map *self = (Map *)value_as_object(value);
    Tuple *iterators = value_as_tuple(self->iterators);
    if (iterators->length == 1) {
        Value item = object_next(thread, iterators->items[0]);
        if (value_is_error(item) || value_is_absent(item)) return item;
        return object_call1(thread, self->callable, item);
    }
    Value on_stack[MAP_STACK_ARGUMENTS], *args = on_stack;
    if (iterators->length > MAP_STACK_ARGUMENTS) {
        Value tuple = tuple_new(thread, iterators->length);
        if (value_is_error(tuple)) return tuple;
        args = value_as_tuple(tuple)->items;
    }
    for (size_t i = 0; i < iterators->length; i++) {
        args[i] = object_next(thread, iterators->items[i]);
        if (value_is_error(args[i]) || value_is_absent(args[i])) {
            Value end = args[i];
            args[i] = VALUE_ABSENT;
            return end;
        }
    }
    return object_call(thread, self->callable, args, (int)iterators->length, VALUE_ABSENT);
}

Type map_type = {
    TYPE_STATIC_HEADER(map),
    .name = "map",
    .documentation = "Make an iterator that computes the function using arguments from\n"
                     "each of the iterables.  Stops when the shortest iterable is exhausted.",
    .basic_size = sizeof(Map),
    .flags = TYPE_BASE,
    .trace = trace_map,
    .make = make_map,
    .iterate = iterate_self,
    .next = next_of_map,
};

// filter

typedef struct {
    Object header;
    Value callable; // None: the item's own truth
    Value iterator;
} Filter;

static void trace_filter(Marker *marker, Object *object) {
    mark_values(marker, &((Filter *)object)->callable, 2);
}

static Value make_filter(Thread *thread, Type *type, Value *args, int count, Value names) {
    if (type == &filter_type && has_keywords(names))
        return raise_type_error(thread, "filter() takes no keyword arguments");
    if (count != 2) return raise_type_error(thread, "filter expected 2 arguments, got %d", count);
    Value iterator = object_iterate(thread, args[1]);
    if (value_is_error(iterator)) return iterator;
    Filter *self = (Filter *)type_allocate(thread, type, 0);
    if (!self) return VALUE_ERROR;
    self->callable = args[0];
    self->iterator = iterator;
    return value_from_object(self);
}

static Value next_of_filter(Thread *thread, Value value) {
    Filter *self = (Filter *)value_as_object(value);
    for (;;) {
        Value item = object_next(thread, self->iterator);
        if (value_is_error(item) || value_is_absent(item)) return item;
        Value verdict = item;
        bool own = value_is_none(self->callable) ||
                   value_same(self->callable, value_from_type(&bool_type));
        if (!own) verdict = object_call1(thread, self->callable, item);
        if (value_is_error(verdict)) return verdict;
        int truth = object_is_true(thread, verdict);
        if (truth) return truth < 0 ? VALUE_ERROR : item;
        if (!thread_poll_if_needed(thread)) return VALUE_ERROR;
    }
}

Type filter_type = {
    TYPE_STATIC_HEADER(filter),
    .name = "filter",
    .documentation =
        "Return an iterator yielding those items of iterable for which function(item)\n"
        "is true. If function is None, return the items that are true.",
    .basic_size = sizeof(Filter),
    .flags = TYPE_BASE,
    .trace = trace_filter,
    .make = make_filter,
    .iterate = iterate_self,
    .next = next_of_filter,
};
