// math.c — the module math: functions of floats, with CPython's rules for what is an error.
//
// libm computes; a NaN that no argument was is a domain error, an infinity from finite arguments a
// domain error at a pole and a range error where the function overflows.
#define _GNU_SOURCE // exp2, lgamma_r
#include "modules/math_internal.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include <float.h>
#include <math.h>

Value raise_domain_error(Thread *thread) { return raise_value_error(thread, "math domain error"); }

Value raise_range_error(Thread *thread) {
    return raise_error(thread, &exception_OverflowError, "math range error");
}

ALWAYS_INLINE RAISES bool read_double(Thread *thread, Value value, double *number) {
    if (value_is_float_exact(value)) {
        *number = value_as_double(value);
        return true;
    }
    return object_as_double(thread, value, number);
}

// A function of one float.
static Value apply(Thread *thread, Value argument, double (*function)(double), bool overflows) {
    double x;
    if (!read_double(thread, argument, &x)) return VALUE_ERROR;
    double result = function(x);
    if (UNLIKELY(!isfinite(result))) {
        if (isnan(result) && !isnan(x)) return raise_domain_error(thread);
        if (isinf(result) && isfinite(x))
            return overflows ? raise_range_error(thread) : raise_domain_error(thread);
    }
    return float_new(thread, result);
}

// libm's cube root may be off by one place, even for perfect cubes: one step of Newton's method,
// with the cube's rounding errors taken along, mends it.
static double accurate_cbrt(double x) {
    double root = cbrt(x);
    if (root == 0.0 || !isfinite(root)) return root;
    double square = root * root, square_error = fma(root, root, -square);
    double cube = square * root, cube_error = fma(square, root, -cube) + square_error * root;
    return root - ((cube - x) + cube_error) / (3.0 * square);
}

#define FUNCTION(name, overflows)                                                                  \
    static Value math_py_##name(Thread *thread, Value *args, int count) {                          \
        (void)count;                                                                               \
        return apply(thread, args[0], name, overflows);                                            \
    }
FUNCTION(acos, false)
FUNCTION(acosh, false)
FUNCTION(asin, false)
FUNCTION(asinh, false)
FUNCTION(atan, false)
FUNCTION(atanh, false)
FUNCTION(accurate_cbrt, false)
FUNCTION(cos, false)
FUNCTION(cosh, true)
FUNCTION(erf, false)
FUNCTION(erfc, false)
FUNCTION(exp, true)
FUNCTION(exp2, true)
FUNCTION(expm1, true)
FUNCTION(fabs, false)
FUNCTION(log1p, false)
FUNCTION(sin, false)
FUNCTION(sinh, true)
FUNCTION(sqrt, false)
FUNCTION(tan, false)
FUNCTION(tanh, false)
#undef FUNCTION

static Value math_py_gamma(Thread *thread, Value *args, int count) {
    (void)count;
    enum { EXACT = 23 }; // (EXACT - 1)! is the last factorial that a double holds exactly
    double x;
    if (!read_double(thread, args[0], &x)) return VALUE_ERROR;
    if (isnan(x) || (isinf(x) && x > 0)) return float_new(thread, x);
    if (isinf(x) || (x == floor(x) && x <= 0)) return raise_domain_error(thread);
    double result = 1.0;
    if (x == floor(x) && x <= EXACT)
        for (double factor = 2.0; factor < x; factor++) result *= factor;
    else
        result = tgamma(x);
    return isinf(result) ? raise_range_error(thread) : float_new(thread, result);
}

static Value math_py_lgamma(Thread *thread, Value *args, int count) {
    (void)count;
    double x;
    if (!read_double(thread, args[0], &x)) return VALUE_ERROR;
    if (isnan(x)) return float_new(thread, x);
    if (isinf(x)) return float_new(thread, INFINITY);
    if (x == floor(x) && x <= 0) return raise_domain_error(thread);
    int sign;
    double result = lgamma_r(x, &sign);
    return isinf(result) ? raise_range_error(thread) : float_new(thread, result);
}

// Logarithms: ints of any size are taken, as mantissa and exponent if need be.

// x = mantissa * 2**exponent with 0.5 <= mantissa < 1, for a positive int beyond the floats.
static double split_int(Value value, double *exponent) {
    enum { LIMB_BITS = 64 };
    uint64_t scratch;
    BigintView view = int_view(value, &scratch);
    int skipped = __builtin_clzll(view.limbs[view.count - 1]);
    double mantissa = 0.0;
    size_t used = view.count < 3 ? view.count : 3;
    for (size_t i = 1; i <= used; i++)
        mantissa += ldexp((double)view.limbs[view.count - i], -(int)(LIMB_BITS * i) + skipped);
    *exponent = (double)view.count * LIMB_BITS - skipped;
    return mantissa;
}

static Value logarithm(Thread *thread, Value argument, double (*function)(double), double *result) {
    double x, exponent = 0.0;
    if (value_is_int(argument)) {
        if (int_sign(argument) <= 0) return raise_domain_error(thread);
        if (!int_as_double(thread, argument, &x)) {
            if (!error_clear_if(thread, &exception_OverflowError)) return VALUE_ERROR;
            x = split_int(argument, &exponent);
        }
    } else {
        if (!read_double(thread, argument, &x)) return VALUE_ERROR;
        if (x <= 0.0) return raise_domain_error(thread);
    }
    *result = function(x);
    if (exponent != 0.0) *result += function == log2 ? exponent : function(2.0) * exponent;
    return VALUE_NONE;
}

static Value math_py_log(Thread *thread, Value *args, int count) {
    (void)count;
    double result, base;
    if (value_is_error(logarithm(thread, args[0], log, &result))) return VALUE_ERROR;
    if (value_is_absent(args[1])) return float_new(thread, result);
    if (value_is_error(logarithm(thread, args[1], log, &base))) return VALUE_ERROR;
    if (base == 0.0)
        return raise_error(thread, &exception_ZeroDivisionError, "float division by zero");
    return float_new(thread, result / base);
}

static Value math_py_log2(Thread *thread, Value *args, int count) {
    (void)count;
    double result;
    return value_is_error(logarithm(thread, args[0], log2, &result)) ? VALUE_ERROR
                                                                     : float_new(thread, result);
}

static Value math_py_log10(Thread *thread, Value *args, int count) {
    (void)count;
    double result;
    return value_is_error(logarithm(thread, args[0], log10, &result)) ? VALUE_ERROR
                                                                      : float_new(thread, result);
}

// Functions of two floats

static bool read_pair(Thread *thread, const Value *args, double *x, double *y) {
    return read_double(thread, args[0], x) && read_double(thread, args[1], y);
}

static Value math_py_atan2(Thread *thread, Value *args, int count) {
    (void)count;
    double y, x;
    return read_pair(thread, args, &y, &x) ? float_new(thread, atan2(y, x)) : VALUE_ERROR;
}

static Value math_py_copysign(Thread *thread, Value *args, int count) {
    (void)count;
    double x, y;
    return read_pair(thread, args, &x, &y) ? float_new(thread, copysign(x, y)) : VALUE_ERROR;
}

static Value math_py_fmod(Thread *thread, Value *args, int count) {
    (void)count;
    double x, y;
    if (!read_pair(thread, args, &x, &y)) return VALUE_ERROR;
    double result = isinf(y) && isfinite(x) ? x : fmod(x, y);
    if (isnan(result) && !isnan(x) && !isnan(y)) return raise_domain_error(thread);
    return float_new(thread, result);
}

static Value math_py_remainder(Thread *thread, Value *args, int count) {
    (void)count;
    double x, y;
    if (!read_pair(thread, args, &x, &y)) return VALUE_ERROR;
    double result = remainder(x, y);
    if (isnan(result) && !isnan(x) && !isnan(y)) return raise_domain_error(thread);
    return float_new(thread, result);
}

static Value math_py_pow(Thread *thread, Value *args, int count) {
    (void)count;
    double x, y;
    if (!read_pair(thread, args, &x, &y)) return VALUE_ERROR;
    double result = pow(x, y);
    if (isfinite(x) && isfinite(y) && !isfinite(result))
        return isnan(result) || x == 0.0 ? raise_domain_error(thread) : raise_range_error(thread);
    return float_new(thread, result);
}

static Value math_py_ldexp(Thread *thread, Value *args, int count) {
    (void)count;
    double x;
    if (!read_double(thread, args[0], &x)) return VALUE_ERROR;
    if (!value_is_int(args[1]))
        return raise_type_error(thread, "Expected an int as second argument to ldexp.");
    if (x == 0.0 || !isfinite(x)) return float_new(thread, x);
    int64_t exponent;
    if (!int_as_int64(args[1], &exponent)) exponent = int_sign(args[1]) < 0 ? INT64_MIN : INT64_MAX;
    if (exponent > INT32_MAX) return raise_range_error(thread);
    if (exponent < INT32_MIN) return float_new(thread, copysign(0.0, x));
    double result = ldexp(x, (int)exponent);
    return isinf(result) ? raise_range_error(thread) : float_new(thread, result);
}

// The float `steps` places from x on the way to y; on float bits in order of magnitude.
static double step_towards(double x, double y, uint64_t steps) {
    uint64_t ux, uy;
    memcpy(&ux, &x, sizeof ux);
    memcpy(&uy, &y, sizeof uy);
    const uint64_t sign = (uint64_t)1 << 63;
    uint64_t ax = ux & ~sign, ay = uy & ~sign;
    if ((ux ^ uy) & sign) {
        // Through zero: ax steps down, then ay up the other side.
        if (steps >= ax && steps - ax >= ay) return y;
        ux = steps <= ax ? ux - steps : (uy & sign) | (steps - ax);
    } else if (ax > ay) {
        ux = ax - ay >= steps ? ux - steps : uy;
    } else {
        ux = ay - ax >= steps ? ux + steps : uy;
    }
    memcpy(&x, &ux, sizeof x);
    return x;
}

static Value math_py_nextafter(Thread *thread, Value *args, int count) {
    (void)count;
    double x, y;
    if (!read_pair(thread, args, &x, &y)) return VALUE_ERROR;
    if (value_is_absent(args[2]) || value_is_none(args[2]))
        return float_new(thread, nextafter(x, y));
    Value steps = object_index(thread, args[2]);
    if (value_is_error(steps)) return steps;
    if (int_sign(steps) < 0)
        return raise_value_error(thread, "steps must be a non-negative integer");
    if (int_sign(steps) == 0) return float_new(thread, x);
    if (isnan(x) || isnan(y)) return float_new(thread, isnan(x) ? x : y);
    if (x == y) return float_new(thread, y);
    uint64_t scratch;
    BigintView view = int_view(steps, &scratch);
    return float_new(thread, step_towards(x, y, view.count > 1 ? UINT64_MAX : view.limbs[0]));
}

static Value math_py_isclose(Thread *thread, Value *args, int count) {
    (void)count;
    double a, b, relative = 1e-09, absolute = 0.0;
    if (!read_pair(thread, args, &a, &b) ||
        (!value_is_absent(args[2]) && !read_double(thread, args[2], &relative)) ||
        (!value_is_absent(args[3]) && !read_double(thread, args[3], &absolute)))
        return VALUE_ERROR;
    if (relative < 0.0 || absolute < 0.0)
        return raise_value_error(thread, "tolerances must be non-negative");
    if (a == b) return VALUE_TRUE;
    if (isinf(a) || isinf(b)) return VALUE_FALSE;
    double difference = fabs(b - a);
    return value_from_bool(difference <= fabs(relative * b) || difference <= fabs(relative * a) ||
                           difference <= absolute);
}

// Functions with other results

static Value math_py_frexp(Thread *thread, Value *args, int count) {
    (void)count;
    double x;
    int exponent = 0;
    if (!read_double(thread, args[0], &x)) return VALUE_ERROR;
    if (isfinite(x) && x != 0.0) x = frexp(x, &exponent);
    Value mantissa = float_new(thread, x);
    return value_is_error(mantissa) ? mantissa
                                    : tuple_of(thread, 2, mantissa, value_from_fixnum(exponent));
}

static Value math_py_modf(Thread *thread, Value *args, int count) {
    (void)count;
    double x, whole;
    if (!read_double(thread, args[0], &x)) return VALUE_ERROR;
    double fraction = modf(x, &whole);
    Value first = float_new(thread, fraction), second = float_new(thread, whole);
    return value_is_error(first) || value_is_error(second) ? VALUE_ERROR
                                                           : tuple_of(thread, 2, first, second);
}

static Value math_py_isfinite(Thread *thread, Value *args, int count) {
    (void)count;
    double x;
    return read_double(thread, args[0], &x) ? value_from_bool(isfinite(x)) : VALUE_ERROR;
}

static Value math_py_isinf(Thread *thread, Value *args, int count) {
    (void)count;
    double x;
    return read_double(thread, args[0], &x) ? value_from_bool(isinf(x)) : VALUE_ERROR;
}

static Value math_py_isnan(Thread *thread, Value *args, int count) {
    (void)count;
    double x;
    return read_double(thread, args[0], &x) ? value_from_bool(isnan(x)) : VALUE_ERROR;
}

static Value math_py_degrees(Thread *thread, Value *args, int count) {
    (void)count;
    double x;
    return read_double(thread, args[0], &x) ? float_new(thread, x * (180.0 / M_PI)) : VALUE_ERROR;
}

static Value math_py_radians(Thread *thread, Value *args, int count) {
    (void)count;
    double x;
    return read_double(thread, args[0], &x) ? float_new(thread, x * (M_PI / 180.0)) : VALUE_ERROR;
}

static Value math_py_ulp(Thread *thread, Value *args, int count) {
    (void)count;
    double x;
    if (!read_double(thread, args[0], &x)) return VALUE_ERROR;
    if (isnan(x)) return args[0];
    x = fabs(x);
    if (isinf(x)) return float_new(thread, x);
    double next = nextafter(x, INFINITY);
    return float_new(thread, isinf(next) ? x - nextafter(x, -INFINITY) : next - x);
}

// floor and ceil: a float's own, the class's special method, or what __float__ gives.
static Value round_to_int(Thread *thread, Value value, Value name, double (*function)(double)) {
    double x;
    if (value_is_float_exact(value))
        return int_from_double(thread, function(value_as_double(value)));
    if (value_is_int_exact(value)) return value;
    Value method = object_find_special(thread, value, name);
    if (value_is_error(method)) return method;
    if (!value_is_absent(method)) return object_call0(thread, method);
    if (!object_as_double(thread, value, &x)) return VALUE_ERROR;
    return int_from_double(thread, function(x));
}

static Value math_py_floor(Thread *thread, Value *args, int count) {
    (void)count;
    return round_to_int(thread, args[0], NAMES(thread)->__floor__, floor);
}

static Value math_py_ceil(Thread *thread, Value *args, int count) {
    (void)count;
    return round_to_int(thread, args[0], NAMES(thread)->__ceil__, ceil);
}

static Value math_py_trunc(Thread *thread, Value *args, int count) {
    (void)count;
    if (value_is_float_exact(args[0])) return int_from_double(thread, value_as_double(args[0]));
    Value method = object_find_special(thread, args[0], NAMES(thread)->__trunc__);
    if (value_is_error(method)) return method;
    if (value_is_absent(method))
        return raise_type_error(thread, "type %T doesn't define __trunc__ method", args[0]);
    return object_call0(thread, method);
}

#define ROW1(name, text)                                                                           \
    { #name, math_py_##name, "x, /", text, 0 }
static const MethodRow functions[] = {
    ROW1(acos, "Return the arc cosine (measured in radians) of x."),
    ROW1(acosh, "Return the inverse hyperbolic cosine of x."),
    ROW1(asin, "Return the arc sine (measured in radians) of x."),
    ROW1(asinh, "Return the inverse hyperbolic sine of x."),
    ROW1(atan, "Return the arc tangent (measured in radians) of x."),
    {"atan2", math_py_atan2, "y, x, /", "Return the arc tangent of y/x, in the right quadrant.", 0},
    ROW1(atanh, "Return the inverse hyperbolic tangent of x."),
    {"cbrt", math_py_accurate_cbrt, "x, /", "Return the cube root of x.", 0},
    ROW1(ceil, "Return the smallest integer >= x."),
    {"comb", math_py_comb, "n, k, /", "Number of ways to choose k items from n items, in no order.",
     0},
    {"copysign", math_py_copysign, "x, y, /", "Return x with the sign of y.", 0},
    ROW1(cos, "Return the cosine of x (measured in radians)."),
    ROW1(cosh, "Return the hyperbolic cosine of x."),
    ROW1(degrees, "Convert angle x from radians to degrees."),
    {"dist", math_py_dist, "p, q, /", "Return the Euclidean distance between two points p and q.",
     0},
    ROW1(erf, "Error function at x."),
    ROW1(erfc, "Complementary error function at x."),
    ROW1(exp, "Return e raised to the power of x."),
    ROW1(exp2, "Return 2 raised to the power of x."),
    ROW1(expm1, "Return exp(x)-1 without loss of precision for small x."),
    ROW1(fabs, "Return the absolute value of the float x."),
    {"factorial", math_py_factorial, "n, /", "Find n!.", 0},
    ROW1(floor, "Return the largest integer <= x."),
    {"fmod", math_py_fmod, "x, y, /", "Return fmod(x, y), according to platform C.", 0},
    ROW1(frexp, "Return the mantissa and exponent of x, as pair (m, e)."),
    {"fsum", math_py_fsum, "seq, /",
     "Return an accurate floating point sum of values in the iterable.", 0},
    ROW1(gamma, "Gamma function at x."),
    {"gcd", math_py_gcd, "*integers", "Greatest Common Divisor.", 0},
    {"hypot", math_py_hypot, "*coordinates", "Multidimensional Euclidean distance from the origin.",
     0},
    {"isclose", math_py_isclose, "a, b, *, rel_tol=1e-09, abs_tol=0.0",
     "Are two floats close in value?", 0},
    ROW1(isfinite, "Return True if x is neither an infinity nor a NaN."),
    ROW1(isinf, "Return True if x is a positive or negative infinity."),
    ROW1(isnan, "Return True if x is a NaN (not a number)."),
    {"isqrt", math_py_isqrt, "n, /", "Return the integer part of the square root of the input.", 0},
    {"lcm", math_py_lcm, "*integers", "Least Common Multiple.", 0},
    {"ldexp", math_py_ldexp, "x, i, /", "Return x * (2**i).", 0},
    ROW1(lgamma, "Natural logarithm of absolute value of Gamma function at x."),
    {"log", math_py_log, "x, base=math.e, /", "Return the logarithm of x to the given base.", 0},
    ROW1(log10, "Return the base 10 logarithm of x."),
    ROW1(log1p, "Return the natural logarithm of 1+x (base e)."),
    ROW1(log2, "Return the base 2 logarithm of x."),
    ROW1(modf, "Return the fractional and integer parts of x."),
    {"nextafter", math_py_nextafter, "x, y, /, *, steps=None",
     "Return the floating-point value the given number of steps after x towards y.", 0},
    {"perm", math_py_perm, "n, k=None, /",
     "Number of ways to choose k items from n items, in order.", 0},
    {"pow", math_py_pow, "x, y, /", "Return x**y (x to the power of y).", 0},
    {"prod", math_py_prod, "iterable, /, *, start=1", "Calculate the product of all the elements.",
     0},
    ROW1(radians, "Convert angle x from degrees to radians."),
    {"remainder", math_py_remainder, "x, y, /",
     "Difference between x and the closest multiple of y.", 0},
    ROW1(sin, "Return the sine of x (measured in radians)."),
    ROW1(sinh, "Return the hyperbolic sine of x."),
    ROW1(sqrt, "Return the square root of x."),
    {"sumprod", math_py_sumprod, "p, q, /",
     "Return the sum of products of values from two iterables.", 0},
    ROW1(tan, "Return the tangent of x (measured in radians)."),
    ROW1(tanh, "Return the hyperbolic tangent of x."),
    ROW1(trunc, "Truncates the Real x to the nearest Integral toward 0."),
    ROW1(ulp, "Return the value of the least significant bit of the float x."),
    {NULL, NULL, NULL, NULL, 0},
};

Value math_module_new(Thread *thread) {
    Value module = native_module_new(thread, "math",
                                     "This module provides access to the mathematical functions\n"
                                     "defined by the C standard.",
                                     functions);
    if (value_is_error(module)) return module;
    const struct {
        const char *name;
        double value;
    } constants[] = {{"pi", M_PI}, {"e", M_E}, {"tau", 2 * M_PI}, {"inf", INFINITY}, {"nan", NAN}};
    for (size_t i = 0; i < COUNT_OF(constants); i++) {
        Value value = float_new(thread, constants[i].value);
        if (value_is_error(value) || !module_set(thread, module, constants[i].name, value))
            return VALUE_ERROR;
    }
    return module;
}
