// math_sums.c — math's sums: fsum, sumprod, prod, hypot, dist.
//
// A sum or product of two doubles is kept exactly as the rounded result and its error (Knuth's and
// Dekker's error-free transformations; the product's by a fused multiply-add).
#include "modules/math_internal.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/tuple.h"
#include <float.h>
#include <math.h>
#include <stdlib.h>

typedef struct {
    double high, low;
} Exact;

static Exact sum_exact(double a, double b) {
    double sum = a + b, part = sum - a;
    return (Exact){sum, (a - (sum - part)) + (b - part)};
}

// |a| >= |b|
static Exact sum_exact_ordered(double a, double b) {
    double sum = a + b;
    return (Exact){sum, (a - sum) + b};
}

static Exact multiply_exact(double a, double b) {
    double product = a * b;
    return (Exact){product, fma(a, b, -product)};
}

// fsum: Shewchuk's partials, non-overlapping doubles of increasing magnitude whose exact sum is the
// total (CPython: math_fsum).
typedef struct {
    double *items;
    size_t count, capacity;
    double special, infinities; // sums of what is not finite
} Partials;

static bool push_partial(Thread *thread, Partials *partials, double x) {
    if (partials->count == partials->capacity) {
        size_t capacity = 2 * partials->capacity + 32;
        double *grown = realloc(partials->items, capacity * sizeof *grown);
        if (!grown) {
            raise_memory_error(thread);
            return false;
        }
        partials->items = grown;
        partials->capacity = capacity;
    }
    partials->items[partials->count++] = x;
    return true;
}

static bool add_partial(Thread *thread, Partials *partials, double x) {
    double original = x;
    size_t kept = 0;
    for (size_t i = 0; i < partials->count; i++) {
        double y = partials->items[i];
        Exact sum = fabs(x) < fabs(y) ? sum_exact_ordered(y, x) : sum_exact_ordered(x, y);
        if (sum.low != 0.0) partials->items[kept++] = sum.low;
        x = sum.high;
    }
    partials->count = kept;
    if (x == 0.0) return true;
    if (isfinite(x)) return push_partial(thread, partials, x);
    if (isfinite(original)) {
        raise_error(thread, &exception_OverflowError, "intermediate overflow in fsum");
        return false;
    }
    if (isinf(original)) partials->infinities += original;
    partials->special += original;
    partials->count = 0;
    return true;
}

// The partials' sum, rounded once, half to even.
static double round_partials(const Partials *partials) {
    size_t n = partials->count;
    if (n == 0) return 0.0;
    double high = partials->items[--n], low = 0.0;
    while (n > 0) {
        double x = high, y = partials->items[--n];
        high = x + y;
        low = y - (high - x);
        if (low != 0.0) break;
    }
    // A partial below decides a tie.
    if (n > 0 && ((low < 0.0 && partials->items[n - 1] < 0.0) ||
                  (low > 0.0 && partials->items[n - 1] > 0.0))) {
        double y = low * 2.0, x = high + y;
        if (y == x - high) high = x;
    }
    return high;
}

static bool sum_into(Thread *thread, Value iterable, Partials *partials) {
    Value iterator = object_iterate(thread, iterable);
    if (value_is_error(iterator)) return false;
    for (;;) {
        Value item = object_next(thread, iterator);
        if (value_is_absent(item)) return true;
        double x;
        if (value_is_error(item) || !object_as_double(thread, item, &x) ||
            !add_partial(thread, partials, x))
            return false;
    }
}

Value math_py_fsum(Thread *thread, Value *args, int count) {
    (void)count;
    Partials partials = {0};
    Value result = VALUE_ERROR;
    if (sum_into(thread, args[0], &partials)) {
        if (partials.special == 0.0)
            result = float_new(thread, round_partials(&partials));
        else if (isnan(partials.infinities))
            raise_value_error(thread, "-inf + inf in fsum");
        else
            result = float_new(thread, partials.special);
    }
    free(partials.items);
    return result;
}

Value math_py_prod(Thread *thread, Value *args, int count) {
    (void)count;
    Value product = value_is_absent(args[1]) ? value_from_fixnum(1) : args[1];
    Value iterator = object_iterate(thread, args[0]);
    if (value_is_error(iterator)) return iterator;
    for (;;) {
        Value item = object_next(thread, iterator);
        if (value_is_absent(item)) return product;
        if (value_is_error(item)) return item;
        Value next = value_is_fixnum(product) && value_is_fixnum(item)
                         ? fixnum_multiply(product, item)
                         : VALUE_ABSENT;
        product =
            value_is_absent(next) ? object_binary_op(thread, BINARY_MULTIPLY, product, item) : next;
        if (value_is_error(product)) return product;
    }
}

// The Euclidean norm, correctly rounded in nearly all cases: squares are summed exactly after
// scaling by a power of two, and the root is corrected once (CPython: vector_norm).
static double norm(double *vector, size_t count, double maximum, bool has_nan) {
    if (isinf(maximum)) return maximum;
    if (has_nan) return NAN;
    if (maximum == 0.0 || count <= 1) return maximum;
    int exponent;
    frexp(maximum, &exponent);
    if (exponent < -1023) { // the scale itself would overflow
        for (size_t i = 0; i < count; i++) vector[i] /= DBL_MIN;
        return DBL_MIN * norm(vector, count, maximum / DBL_MIN, has_nan);
    }
    double scale = ldexp(1.0, -exponent), total = 1.0, errors = 0.0, sum_errors = 0.0;
    for (size_t i = 0; i < count; i++) {
        Exact square = multiply_exact(vector[i] * scale, vector[i] * scale);
        Exact sum = sum_exact_ordered(total, square.high);
        total = sum.high;
        errors += square.low;
        sum_errors += sum.low;
    }
    double root = sqrt(total - 1.0 + (errors + sum_errors));
    Exact square = multiply_exact(-root, root);
    Exact sum = sum_exact_ordered(total, square.high);
    double rest = sum.high - 1.0 + (errors + square.low + (sum_errors + sum.low));
    root += rest / (2.0 * root);
    return root / scale;
}

// The norm of `count` coordinates, each the difference of a pair where `others` is given.
static Value norm_of(Thread *thread, const Value *coordinates, const Value *others, size_t count) {
    enum { INLINE_COUNT = 32 };
    double local[INLINE_COUNT],
        *vector = count > INLINE_COUNT ? malloc(count * sizeof *vector) : local;
    if (!vector) return raise_memory_error(thread);
    double maximum = 0.0;
    bool has_nan = false, good = true;
    for (size_t i = 0; good && i < count; i++) {
        double x, y = 0.0;
        good = object_as_double(thread, coordinates[i], &x) &&
               (!others || object_as_double(thread, others[i], &y));
        if (!good) break;
        vector[i] = fabs(x - y);
        has_nan |= isnan(vector[i]);
        if (vector[i] > maximum) maximum = vector[i];
    }
    Value result = good ? float_new(thread, norm(vector, count, maximum, has_nan)) : VALUE_ERROR;
    if (vector != local) free(vector);
    return result;
}

Value math_py_hypot(Thread *thread, Value *args, int count) {
    return norm_of(thread, args, NULL, (size_t)count);
}

Value math_py_dist(Thread *thread, Value *args, int count) {
    (void)count;
    Value p = object_to_tuple(thread, args[0]);
    Value q = value_is_error(p) ? p : object_to_tuple(thread, args[1]);
    if (value_is_error(q)) return q;
    size_t length = value_as_tuple(p)->length;
    if (length != value_as_tuple(q)->length)
        return raise_value_error(thread, "both points must have the same number of dimensions");
    return norm_of(thread, value_as_tuple(p)->items, value_as_tuple(q)->items, length);
}

// sumprod: ints exactly; floats in triple length (CPython: tl_fma, after Ogita, Rump and Oishi);
// anything else by its own operators.
typedef struct {
    Thread *thread;
    Value total;
    Value ints;               // sum of products of ints
    double high, low, lowest; // sum of products of floats
    bool ints_used, floats_used;
    bool only_ints, only_floats; // so far
} ProductSum;

static bool add_total(ProductSum *sum, Value part) {
    sum->total =
        value_is_error(part) ? part : object_binary_op(sum->thread, BINARY_ADD, sum->total, part);
    return !value_is_error(sum->total);
}

static bool flush_ints(ProductSum *sum) {
    if (!sum->ints_used) return true;
    sum->ints_used = false;
    Value ints = sum->ints;
    sum->ints = value_from_fixnum(0);
    return add_total(sum, ints);
}

static bool flush_floats(ProductSum *sum) {
    if (!sum->floats_used) return true;
    sum->floats_used = false;
    Exact last = sum_exact(sum->low, sum->high);
    double total = sum->lowest + last.low + last.high;
    if (!isfinite(total)) total = sum->high;
    sum->high = sum->low = sum->lowest = 0.0;
    return add_total(sum, float_new(sum->thread, total));
}

static bool add_ints(ProductSum *sum, Value a, Value b) {
    Value product = int_multiply(sum->thread, a, b);
    if (value_is_error(product)) return false;
    sum->ints = int_add(sum->thread, sum->ints, product);
    sum->ints_used = true;
    return !value_is_error(sum->ints);
}

static void add_floats(ProductSum *sum, double a, double b) {
    Exact product = multiply_exact(a, b);
    Exact total = sum_exact(sum->high, product.high);
    Exact first = sum_exact(sum->low, product.low), second = sum_exact(first.high, total.low);
    sum->high = total.high;
    sum->low = second.high;
    sum->lowest += first.low + second.low;
    sum->floats_used = true;
}

// A float, or an int that a double can hold.
static bool float_factor(ProductSum *sum, Value value, double *number) {
    if (value_is_float_exact(value))
        *number = value_as_double(value);
    else if (!value_is_int_exact(value) && !value_is_bool(value))
        return false;
    else if (!int_as_double(sum->thread, value, number)) {
        error_clear(sum->thread);
        return false;
    }
    return true;
}

static bool add_product(ProductSum *sum, Value a, Value b) {
    if (sum->only_ints) {
        if (value_is_int_exact(a) && value_is_int_exact(b)) return add_ints(sum, a, b);
        if (!flush_ints(sum)) return false;
        sum->only_ints = false;
    }
    if (sum->only_floats) {
        double x, y;
        if ((value_is_float_exact(a) || value_is_float_exact(b)) && float_factor(sum, a, &x) &&
            float_factor(sum, b, &y)) {
            add_floats(sum, x, y);
            return true;
        }
        if (!flush_floats(sum)) return false;
        sum->only_floats = false;
    }
    Value product = object_binary_op(sum->thread, BINARY_MULTIPLY, a, b);
    return !value_is_error(product) && add_total(sum, product);
}

Value math_py_sumprod(Thread *thread, Value *args, int count) {
    (void)count;
    ProductSum sum = {.thread = thread,
                      .total = value_from_fixnum(0),
                      .ints = value_from_fixnum(0),
                      .only_ints = true,
                      .only_floats = true};
    Value p = object_iterate(thread, args[0]);
    Value q = value_is_error(p) ? p : object_iterate(thread, args[1]);
    if (value_is_error(q)) return q;
    for (;;) {
        Value a = object_next(thread, p);
        Value b = value_is_error(a) ? a : object_next(thread, q);
        if (value_is_error(b)) return b;
        if (value_is_absent(a) != value_is_absent(b))
            return raise_value_error(thread, "Inputs are not the same length");
        if (value_is_absent(a)) break;
        if (!add_product(&sum, a, b)) return VALUE_ERROR;
    }
    return flush_ints(&sum) && flush_floats(&sum) ? sum.total : VALUE_ERROR;
}
