// builtins_aggregate.c — all, any, max, min, sorted, sum: builtins that consume an iterable.
#include "modules/builtins_internal.h"
#include "objects/bytes.h"
#include "objects/bytes_internal.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include <math.h>

// Stops at the first item whose truth is `wanted`: 1 found, 0 not, -1 error.
static int search_truth(Thread *thread, Value iterable, bool wanted) {
    Value iterator = object_iterate(thread, iterable);
    if (value_is_error(iterator)) return -1;
    for (;;) {
        Value item = object_next(thread, iterator);
        if (value_is_error(item)) return -1;
        if (value_is_absent(item)) return 0;
        if (!thread_poll_if_needed(thread)) return -1;
        int truth = object_is_true(thread, item);
        if (truth < 0) return -1;
        if ((truth != 0) == wanted) return 1;
    }
}

Value builtin_all(Thread *thread, Value *args, int count) {
    (void)count;
    int found = search_truth(thread, args[0], false);
    return found < 0 ? VALUE_ERROR : value_from_bool(!found);
}

Value builtin_any(Thread *thread, Value *args, int count) {
    (void)count;
    int found = search_truth(thread, args[0], true);
    return found < 0 ? VALUE_ERROR : value_from_bool(found);
}

// The best of the items seen so far by that comparison; `best` is absent before the first.
typedef struct {
    CompareOperator op;
    Value key; // None: items are compared themselves
    Value best, best_key;
} Extreme;

static bool consider(Thread *thread, Extreme *extreme, Value item) {
    Value key = value_is_none(extreme->key) ? item : object_call1(thread, extreme->key, item);
    if (value_is_error(key)) return false;
    int better = 1;
    if (!value_is_absent(extreme->best)) {
        if (value_is_fixnum(key) && value_is_fixnum(extreme->best_key))
            better = extreme->op == COMPARE_GT
                         ? (int64_t)key.bits > (int64_t)extreme->best_key.bits
                         : (int64_t)key.bits < (int64_t)extreme->best_key.bits;
        else
            better = object_compare_bool(thread, key, extreme->best_key, extreme->op);
    }
    if (better > 0) {
        extreme->best = item;
        extreme->best_key = key;
    }
    return better >= 0;
}

static bool consider_all(Thread *thread, Extreme *extreme, Value iterable) {
    Value iterator = object_iterate(thread, iterable);
    if (value_is_error(iterator)) return false;
    for (;;) {
        Value item = object_next(thread, iterator);
        if (value_is_error(item)) return false;
        if (value_is_absent(item)) return true;
        if (!thread_poll_if_needed(thread) || !consider(thread, extreme, item)) return false;
    }
}

static Value find_extreme(Thread *thread, Value *args, const char *name, CompareOperator op) {
    const Tuple *values = value_as_tuple(args[0]);
    Extreme extreme = {op, value_is_absent(args[1]) ? VALUE_NONE : args[1], VALUE_ABSENT,
                       VALUE_ABSENT};
    if (values->length == 0)
        return raise_type_error(thread, "%s expected at least 1 argument, got 0", name);
    if (values->length > 1 && !value_is_absent(args[2]))
        return raise_type_error(
            thread, "Cannot specify a default for %s() with multiple positional arguments", name);
    if (values->length == 1 && !consider_all(thread, &extreme, values->items[0]))
        return VALUE_ERROR;
    for (size_t i = 0; values->length > 1 && i < values->length; i++)
        if (!consider(thread, &extreme, values->items[i])) return VALUE_ERROR;
    if (!value_is_absent(extreme.best)) return extreme.best;
    if (!value_is_absent(args[2])) return args[2];
    return raise_value_error(thread, "%s() iterable argument is empty", name);
}

Value builtin_max(Thread *thread, Value *args, int count) {
    (void)count;
    return find_extreme(thread, args, "max", COMPARE_GT);
}

Value builtin_min(Thread *thread, Value *args, int count) {
    (void)count;
    return find_extreme(thread, args, "min", COMPARE_LT);
}

// The keywords are list.sort's, and its messages name that.
static bool sort_keywords(Thread *thread, Dict *keywords, Value *key, bool *reverse) {
    size_t position = 0;
    Value name, value;
    while (dict_next(keywords, &position, &name, &value)) {
        if (str_equals_c(value_as_str(name), "key")) {
            *key = value;
        } else if (str_equals_c(value_as_str(name), "reverse")) {
            int truth = object_is_true(thread, value);
            if (truth < 0) return false;
            *reverse = truth;
        } else {
            raise_type_error(thread, "'%U' is an invalid keyword argument for sort()", name);
            return false;
        }
    }
    return true;
}

Value builtin_sorted(Thread *thread, Value *args, int count) {
    (void)count;
    const Tuple *given = value_as_tuple(args[0]);
    if (given->length != 1)
        return raise_type_error(thread, "sorted expected 1 argument, got %zu",
                                (size_t)given->length);
    Value list = object_to_list(thread, given->items[0]), key = VALUE_NONE;
    bool reverse = false;
    if (value_is_error(list) || !sort_keywords(thread, value_as_dict(args[1]), &key, &reverse))
        return VALUE_ERROR;
    return list_sort(thread, value_as_list(list), key, reverse) ? list : VALUE_ERROR;
}

// sum keeps an int total, then a float one, then any other, as the items demand.
typedef struct {
    Thread *thread;
    Value iterator;
    Value total;
    Value item; // drawn but not yet added; VALUE_ABSENT at the end
} Summation;

static bool draw(Summation *sum) {
    sum->item = object_next(sum->thread, sum->iterator);
    return !value_is_error(sum->item) && thread_poll_if_needed(sum->thread);
}

// Adds items while they are ints that fit a fixnum; false on error.
static bool sum_ints(Summation *sum) {
    while (value_is_fixnum(sum->total) && !value_is_absent(sum->item)) {
        Value item =
            value_is_bool(sum->item) ? value_from_fixnum(value_as_bool(sum->item)) : sum->item;
        if (!value_is_fixnum(item)) return true;
        Value total = fixnum_add(sum->total, item);
        if (value_is_absent(total)) return true;
        sum->total = total;
        if (!draw(sum)) return false;
    }
    return true;
}

// Adds items while they are floats or small ints, with the compensation of Neumaier's variant of
// Kahan's and Babuska's algorithm.
static bool sum_floats(Summation *sum) {
    double total = value_as_double(sum->total), compensation = 0.0;
    while (!value_is_absent(sum->item)) {
        int64_t small;
        if (value_is_float_exact(sum->item)) {
            double x = value_as_double(sum->item), t = total + x;
            compensation += fabs(total) >= fabs(x) ? (total - t) + x : (x - t) + total;
            total = t;
        } else if (value_is_int(sum->item) && int_as_int64(sum->item, &small)) {
            total += (double)small;
        } else {
            break;
        }
        if (!draw(sum)) return false;
    }
    // A compensation that is no finite number would spoil an infinite total.
    if (compensation != 0.0 && isfinite(compensation)) total += compensation;
    sum->total = float_new(sum->thread, total);
    return !value_is_error(sum->total);
}

Value builtin_sum(Thread *thread, Value *args, int count) {
    (void)count;
    Value start = value_is_absent(args[1]) ? value_from_fixnum(0) : args[1];
    Summation sum = {.thread = thread, .iterator = object_iterate(thread, args[0]), .total = start};
    if (value_is_error(sum.iterator)) return VALUE_ERROR;
    if (value_is_str(start))
        return raise_type_error(thread, "sum() can't sum strings [use ''.join(seq) instead]");
    if (value_is_bytes(start))
        return raise_type_error(thread, "sum() can't sum bytes [use b''.join(seq) instead]");
    if (value_is_bytearray(start))
        return raise_type_error(thread, "sum() can't sum bytearray [use b''.join(seq) instead]");
    if (!draw(&sum) || !sum_ints(&sum)) return VALUE_ERROR;
    while (!value_is_absent(sum.item)) {
        if (value_is_float_exact(sum.total)) {
            if (!sum_floats(&sum)) return VALUE_ERROR;
            if (value_is_absent(sum.item)) break;
        }
        sum.total = object_binary_op(thread, BINARY_ADD, sum.total, sum.item);
        if (value_is_error(sum.total) || !draw(&sum)) return VALUE_ERROR;
    }
    return sum.total;
}
