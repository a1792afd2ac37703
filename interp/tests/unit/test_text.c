// test_text.c — numbers and text as C code uses them: exact results at the borders of fixnum and
// flonum, limits that are checked before the work, formatting, codecs.
#include "harness.h"
#include "objects/builtin_types.h"
#include "objects/bytes_internal.h"
#include "objects/float_internal.h"
#include "objects/format_spec.h"
#include "objects/int.h"
#include "objects/str_internal.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include <math.h>

static Thread *thread;

static Value text(const char *utf8) { return str_from_c(thread, utf8); }
static Value number(int64_t n) { return int_from_int64(thread, n); }
static Value real(double x) { return float_new(thread, x); }
static Value parsed(const char *digits) { return int_parse(thread, text(digits), 10); }
static Value raw(const char *bytes) { return bytes_new(thread, bytes, strlen(bytes)); }

// The repr of a value is this text; what was raised instead is shown.
static bool shows(Value value, const char *wanted) {
    if (value_is_error(value)) {
        Value error = error_take(thread);
        Value message = object_str(thread, error);
        printf("    raised %s: %s\n", type_of(error)->name,
               str_as_utf8_lossy(thread, message, NULL));
        return false;
    }
    const char *found = str_as_utf8_lossy(thread, object_repr(thread, value), NULL);
    if (strcmp(found, wanted) == 0) return true;
    printf("    found:  %s\n    wanted: %s\n", found, wanted);
    return false;
}
#define CHECK_SHOWS(value, wanted) CHECK(shows((value), (wanted)))

static bool fails(Value value, const Type *type, const char *wanted) {
    if (!value_is_error(value)) {
        printf("    nothing raised; wanted %s: %s\n", type->name, wanted);
        return false;
    }
    Value error = error_take(thread);
    const char *found = str_as_utf8_lossy(thread, object_str(thread, error), NULL);
    if (type_of(error) == type && strcmp(found, wanted) == 0) return true;
    printf("    found:  %s: %s\n    wanted: %s: %s\n", type_of(error)->name, found, type->name,
           wanted);
    return false;
}
#define CHECK_FAILS(value, type, wanted) CHECK(fails((value), &exception_##type, (wanted)))

static Value operate(BinaryOperator op, Value left, Value right) {
    return object_binary_op(thread, (int)op, left, right);
}

static void test_int_borders(void) {
    Value most = number(FIXNUM_MAX), least = number(FIXNUM_MIN), one = number(1);
    CHECK(value_is_fixnum(most) && value_is_fixnum(least));
    Value beyond = int_add(thread, most, one);
    CHECK(!value_is_fixnum(beyond) && value_is_int_exact(beyond));
    CHECK_SHOWS(beyond, "4611686018427387904");
    CHECK(value_is_fixnum(int_subtract(thread, beyond, one)));
    CHECK_SHOWS(int_subtract(thread, least, one), "-4611686018427387905");
    CHECK_SHOWS(int_negate(thread, least), "4611686018427387904");
    CHECK(value_same(int_negate(thread, int_negate(thread, least)), least));
    CHECK_SHOWS(int_multiply(thread, most, most), "21267647932558653957237540927630737409");
    CHECK_SHOWS(int_floor_divide(thread, least, number(-1)), "4611686018427387904");
    CHECK_SHOWS(int_floor_divide(thread, number(-7), number(2)), "-4");
    CHECK_SHOWS(int_remainder(thread, number(-7), number(2)), "1");
    CHECK_SHOWS(int_remainder(thread, number(7), number(-2)), "-1");
    CHECK_SHOWS(int_divmod(thread, parsed("-100000000000000000000"), number(7)),
                "(-14285714285714285715, 5)");
    CHECK(int_compare(beyond, most) > 0 && int_compare(least, beyond) < 0);
    int64_t hash;
    CHECK(int_hash(number(-1), &hash) && hash == -2);
    CHECK(int_hash(parsed("2305843009213693951"), &hash) && hash == 0);
    double exact;
    CHECK(int_as_double(thread, parsed("9007199254740993"), &exact) && exact == 9007199254740992.0);
}

static void test_int_power_and_shift(void) {
    CHECK_SHOWS(int_power(thread, number(3), number(40), VALUE_ABSENT), "12157665459056928801");
    CHECK_SHOWS(int_power(thread, number(2), number(-2), VALUE_ABSENT), "0.25");
    CHECK_SHOWS(int_power(thread, number(3), number(-1), number(7)), "5");
    CHECK_FAILS(int_power(thread, number(2), number(-1), number(4)), ValueError,
                "base is not invertible for the given modulus");
    CHECK_FAILS(int_power(thread, number(2), parsed("10000000000"), VALUE_ABSENT), MemoryError, "");
    CHECK_SHOWS(int_power(thread, number(-1), parsed("100000000000000000001"), VALUE_ABSENT), "-1");
    CHECK_SHOWS(int_shift(thread, number(-1), number(70), true), "-1180591620717411303424");
    CHECK_SHOWS(int_shift(thread, number(-5), parsed("100000000000000000000"), false), "-1");
    CHECK_FAILS(int_shift(thread, number(1), parsed("100000000000000000000"), true), OverflowError,
                "too many digits in integer");
    CHECK_FAILS(int_shift(thread, number(1), number(-1), true), ValueError, "negative shift count");
    CHECK_SHOWS(int_bitwise(thread, BINARY_XOR, number(-1), parsed("36893488147419103232")),
                "-36893488147419103233");
    CHECK_SHOWS(int_gcd(thread, number(-12), number(18)), "6");
    CHECK_SHOWS(int_isqrt(thread, parsed("100000000000000000000")), "10000000000");
}

static void test_int_text(void) {
    CHECK_SHOWS(int_parse(thread, text(" -0x_ff "), 0), "-255");
    CHECK_SHOWS(int_parse(thread, text("\u0663\u0664"), 10), "34");
    CHECK_FAILS(int_parse(thread, text("1__2"), 10), ValueError,
                "invalid literal for int() with base 10: '1__2'");
    CHECK_SHOWS(int_to_str(thread, number(-255), 16), "'-ff'");
    CHECK_SHOWS(int_from_text(thread, "zz", 2, 36), "1295");
    char digits[4401];
    memset(digits, '9', sizeof digits - 1);
    digits[sizeof digits - 1] = 0;
    CHECK_FAILS(parsed(digits), ValueError,
                "Exceeds the limit (4300 digits) for integer string conversion: value has 4400 "
                "digits; use sys.set_int_max_str_digits() to increase the limit");
    Value large = int_power(thread, number(10), number(4300), VALUE_ABSENT);
    CHECK_FAILS(int_to_str(thread, large, 10), ValueError,
                "Exceeds the limit (4300 digits) for integer string conversion; use "
                "sys.set_int_max_str_digits() to increase the limit");
    large = int_floor_divide(thread, large, number(10));
    CHECK(value_as_str(int_to_str(thread, large, 10))->length == 4300);
}

static void test_floats(void) {
    CHECK(value_is_flonum(real(1.5)) && value_is_flonum(real(0.0)));
    CHECK(!value_is_flonum(real(-0.0)) && !value_is_flonum(real(1e300)));
    CHECK_SHOWS(real(-0.0), "-0.0");
    CHECK_SHOWS(real(1e16), "1e+16");
    CHECK_SHOWS(operate(BINARY_FLOOR_DIVIDE, real(-7.5), number(2)), "-4.0");
    CHECK_SHOWS(operate(BINARY_REMAINDER, real(-7.5), number(2)), "0.5");
    CHECK_SHOWS(operate(BINARY_POWER, real(-8.0), real(0.5)),
                "(1.7319121124709868e-16+2.8284271247461903j)");
    CHECK_FAILS(operate(BINARY_TRUE_DIVIDE, number(1), real(0.0)), ZeroDivisionError,
                "float division by zero");
    CHECK_FAILS(operate(BINARY_POWER, real(10.0), number(400)), OverflowError,
                "(34, 'Numerical result out of range')");
    // Equal as doubles, different as numbers.
    Value large = parsed("9007199254740993");
    CHECK_SHOWS(object_compare(thread, large, real(9007199254740992.0), COMPARE_GT), "True");
    CHECK_SHOWS(object_compare(thread, real(INFINITY), large, COMPARE_GT), "True");
    CHECK_SHOWS(object_compare(thread, real(NAN), large, COMPARE_NE), "True");
    CHECK_SHOWS(float_round(thread, 2.675, 2), "2.67");
    CHECK_SHOWS(float_round(thread, 25.0, -1), "20.0");
    CHECK_SHOWS(float_parse(thread, text(" 1_000.5e1 ")), "10005.0");
    CHECK_SHOWS(int_true_divide(thread, parsed("100000000000000000000000"), number(3)),
                "3.333333333333333e+22");
}

static Value format_text(Value value, const char *specification) {
    return object_format(thread, value, text(specification));
}

static void test_formats(void) {
    CHECK_SHOWS(format_text(number(1234567), "+15,"), "'     +1,234,567'");
    CHECK_SHOWS(format_text(number(255), "#010x"), "'0x000000ff'");
    CHECK_SHOWS(format_text(number(1234), "08,"), "'0,001,234'");
    CHECK_SHOWS(format_text(number(65536), "_b"), "'1_0000_0000_0000_0000'");
    CHECK_SHOWS(format_text(real(3.14159), "*^+10.2f"), "'**+3.14***'");
    CHECK_SHOWS(format_text(real(-0.001), "z.1f"), "'0.0'");
    CHECK_SHOWS(format_text(real(0.256), ".1%"), "'25.6%'");
    CHECK_SHOWS(format_text(text("\u65e5\u672c"), "\u00e9>4"), "'\u00e9\u00e9\u65e5\u672c'");
    CHECK_FAILS(format_text(number(1), "q"), ValueError,
                "Unknown format code 'q' for object of type 'int'");
    CHECK_FAILS(format_text(text("a"), ",x"), ValueError, "Cannot specify ',' with 'x'.");
    CHECK_SHOWS(str_percent_format(thread, text("%-6.3s|%#06x|%c"),
                                   tuple_of(thread, 3, text("abcdef"), number(-255), number(65))),
                "'abc   |-0x0ff|A'");
    CHECK_FAILS(str_percent_format(thread, text("%d"), text("a")), TypeError,
                "%d format: a real number is required, not str");
    CHECK_SHOWS(bytes_percent_format(thread, raw("<%b>"), raw("\xff")), "b'<\\xff>'");
}

static void test_strings(void) {
    Str *mixed = value_as_str(text("a\u00e9\u65e5a\U0001F600a"));
    CHECK(str_kind(mixed) == 4 && mixed->length == 6);
    Str *needle = value_as_str(text("a"));
    CHECK(str_find_last(mixed, needle, 0, SIZE_MAX) == 5);
    CHECK(str_find_last(mixed, needle, 0, 5) == 3);
    CHECK(str_count(mixed, needle, 0, SIZE_MAX) == 3);
    CHECK(str_count(mixed, value_as_str(text("")), 0, SIZE_MAX) == 7);
    CHECK_SHOWS(text("it's\n\u00e9\u200b\U0010FFFF"), "\"it's\\n\u00e9\\u200b\\U0010ffff\"");
    CHECK_SHOWS(operate(BINARY_MULTIPLY, text("ab"), number(3)), "'ababab'");
    CHECK_FAILS(operate(BINARY_MULTIPLY, text("ab"), number(INT64_MAX / 4)), MemoryError, "");
    CHECK_FAILS(operate(BINARY_ADD, text("a"), number(1)), TypeError,
                "can only concatenate str (not \"int\") to str");
    size_t low, high;
    CHECK(text_bounds(thread, number(-2), VALUE_NONE, 5, &low, &high) && low == 3 && high == 5);
    CHECK(text_bounds(thread, number(9), number(-9), 5, &low, &high) && low == 9 && high == 0);
}

static Value decode(const char *bytes, size_t size, const char *encoding, const char *errors) {
    return str_decode(thread, (const unsigned char *)bytes, size, encoding, errors);
}

static void test_codecs(void) {
    Value mixed = text("a\u00e9\U0001F600");
    CHECK_SHOWS(str_encode(thread, mixed, "UTF_8", "strict"), "b'a\\xc3\\xa9\\xf0\\x9f\\x98\\x80'");
    CHECK_SHOWS(str_encode(thread, mixed, "utf-16-be", "strict"),
                "b'\\x00a\\x00\\xe9\\xd8=\\xde\\x00'");
    CHECK_SHOWS(str_encode(thread, mixed, "ascii", "xmlcharrefreplace"), "b'a&#233;&#128512;'");
    CHECK_FAILS(
        str_encode(thread, mixed, "latin-1", "strict"), UnicodeEncodeError,
        "'latin-1' codec can't encode character '\\U0001f600' in position 2: ordinal not in "
        "range(256)");
    CHECK_FAILS(str_encode(thread, mixed, "koi", "strict"), LookupError, "unknown encoding: koi");
    CHECK_SHOWS(decode("a\xff", 2, "ascii", "surrogateescape"), "'a\\udcff'");
    CHECK_SHOWS(decode("\xff\xfe"
                       "a\0",
                       4, "utf-16", "strict"),
                "'a'");
    CHECK_FAILS(decode("\x3d\xd8"
                       "a\0",
                       4, "utf-16-le", "strict"),
                UnicodeDecodeError,
                "'utf-16-le' codec can't decode bytes in position 0-1: illegal UTF-16 surrogate");
    Value escaped = decode("\x80", 1, "utf-8", "surrogateescape");
    CHECK_SHOWS(str_encode(thread, escaped, "utf-8", "surrogateescape"), "b'\\x80'");
}

static void test_bytes(void) {
    Value array = bytearray_new(thread, "abc", 3);
    CHECK_SHOWS(object_binary_op(thread, BINARY_INPLACE + BINARY_ADD, array, raw("de")),
                "bytearray(b'abcde')");
    CHECK(object_set_item(thread, array, number(0), number(65)));
    CHECK_SHOWS(array, "bytearray(b'Abcde')");
    CHECK_SHOWS(operate(BINARY_ADD, raw("x"), array), "b'xAbcde'");
    CHECK(!object_set_item(thread, array, number(0), number(256)));
    CHECK_FAILS(VALUE_ERROR, ValueError, "byte must be in range(0, 256)");
    CHECK_SHOWS(bytes_from_object(thread, tuple_of(thread, 2, number(1), number(255))),
                "b'\\x01\\xff'");
    CHECK_FAILS(bytes_from_object(thread, number(3)), TypeError,
                "cannot convert 'int' object to bytes");
    CHECK_SHOWS(raw("it's"), "b\"it's\"");
    CHECK_SHOWS(bytearray_new(thread, "it's", 4), "bytearray(b\"it\\'s\")");
}

int main(void) {
    RuntimeOptions options = {.hash_seed = "0", .heap.stress_interval = 97};
    Runtime *runtime = runtime_new(&options);
    if (!CHECK(runtime != NULL)) return harness_finish();
    thread = runtime->main_thread;
    test_int_borders();
    test_int_power_and_shift();
    test_int_text();
    test_floats();
    test_formats();
    test_strings();
    test_codecs();
    test_bytes();
    runtime_delete(runtime);
    return harness_finish();
}
