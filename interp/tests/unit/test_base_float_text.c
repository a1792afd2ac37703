// test_base_float_text.c — doubles as text: CPython's results for the cases that break printers,
// and random doubles that must read back.
#include "base/float_text.h"

#include <math.h>
#include <stdint.h>

#include "tests/unit/harness.h"

static void check_repr(double value, const char *wanted) {
    char text[FLOAT_TEXT_REPR_SIZE];
    size_t length = float_text_repr(value, text);
    CHECK(length == strlen(text));
    CHECK_TEXT(text, wanted);
}

static void test_repr(void) {
    check_repr(0.0, "0.0");
    check_repr(-0.0, "-0.0");
    check_repr(1.0, "1.0");
    check_repr(-1.5, "-1.5");
    check_repr(0.1, "0.1");
    check_repr(0.1 + 0.2, "0.30000000000000004");
    check_repr(1e15, "1000000000000000.0");
    check_repr(9999999999999998.0, "9999999999999998.0");
    check_repr(1e16, "1e+16");
    check_repr(1e22, "1e+22");
    check_repr(1e23, "1e+23");
    check_repr(123456789012345680.0, "1.2345678901234568e+17");
    check_repr(0.0001, "0.0001");
    check_repr(0.00001, "1e-05");
    check_repr(0.00012345, "0.00012345");
    check_repr(5e-324, "5e-324");
    check_repr(2.2250738585072014e-308, "2.2250738585072014e-308");
    check_repr(2.225073858507201e-308, "2.225073858507201e-308");
    check_repr(1.7976931348623157e308, "1.7976931348623157e+308");
    check_repr(0x1p-44, "5.684341886080802e-14");
    check_repr(9007199254740993.0, "9007199254740992.0");
    check_repr(INFINITY, "inf");
    check_repr(-INFINITY, "-inf");
    check_repr((double)NAN, "nan");
}

static void check_format(double value, char code, int precision, unsigned flags,
                         const char *wanted) {
    TextBuffer buffer = {0};
    CHECK(float_text_format(&buffer, value, code, precision, flags));
    CHECK_TEXT(text_buffer_text(&buffer), wanted);
    text_buffer_free(&buffer);
}

static void test_format(void) {
    check_format(2.5, 'f', 0, 0, "2");
    check_format(2.675, 'f', 2, 0, "2.67");
    check_format(1e22, 'f', 1, 0, "10000000000000000000000.0");
    check_format(-0.0, 'f', 1, 0, "-0.0");
    check_format(3.0, 'f', 0, FLOAT_TEXT_ALTERNATIVE, "3.");
    check_format(1234.5, 'e', 2, 0, "1.23e+03");
    check_format(1234.5, 'E', 0, FLOAT_TEXT_ALTERNATIVE, "1.E+03");
    check_format(100000.0, 'g', 6, 0, "100000");
    check_format(1000000.0, 'g', 6, 0, "1e+06");
    check_format(0.0001, 'g', 6, FLOAT_TEXT_ALTERNATIVE, "0.000100000");
    check_format(123456.0, 'g', 6, FLOAT_TEXT_ADD_DOT_0, "1.23456e+05");
    check_format(12345.0, 'g', 6, FLOAT_TEXT_ADD_DOT_0, "12345.0");
    check_format(0.5, 'g', 0, 0, "0.5");
    check_format(1e16, 'r', 0, FLOAT_TEXT_ALTERNATIVE, "1.e+16");
    check_format(2.0, 'r', 0, 0, "2");
    check_format(2.0, 'r', 0, FLOAT_TEXT_SIGN | FLOAT_TEXT_ADD_DOT_0, "+2.0");
    check_format(INFINITY, 'F', 2, FLOAT_TEXT_SIGN, "+INF");
    check_format(-INFINITY, 'g', 2, 0, "-inf");
    check_format((double)NAN, 'e', 2, FLOAT_TEXT_SIGN, "+nan");
    check_format(0.1, 'f', 55, 0, "0.1000000000000000055511151231257827021181583404541015625");
    TextBuffer buffer = {0};
    CHECK(float_text_format(&buffer, 1e300, 'f', 10000, 0) && buffer.length == 301 + 1 + 10000);
    text_buffer_free(&buffer);
}

static void check_parse(const char *text, FloatTextStatus status, double wanted) {
    double value = -77.0;
    CHECK(float_text_parse(text, strlen(text), &value) == status);
    if (status == FLOAT_TEXT_OK)
        CHECK(memcmp(&value, &wanted, sizeof value) == 0);
    else
        CHECK(value == -77.0);
}

static void test_parse(void) {
    check_parse("1.5", FLOAT_TEXT_OK, 1.5);
    check_parse("  -1_000.5e-0_3\n", FLOAT_TEXT_OK, -1.0005);
    check_parse("+.5", FLOAT_TEXT_OK, 0.5);
    check_parse("5.", FLOAT_TEXT_OK, 5.0);
    check_parse("-0", FLOAT_TEXT_OK, -0.0);
    check_parse("Infinity", FLOAT_TEXT_OK, INFINITY);
    check_parse("-iNf", FLOAT_TEXT_OK, -INFINITY);
    check_parse("nan", FLOAT_TEXT_OK, (double)NAN);
    check_parse("1e400", FLOAT_TEXT_OK, INFINITY);
    check_parse("1e-400", FLOAT_TEXT_OK, 0.0);
    check_parse("0e99999999999999999999", FLOAT_TEXT_OK, 0.0);
    check_parse("9007199254740993", FLOAT_TEXT_OK, 9007199254740992.0);
    check_parse("9007199254740993.00000000000000000000000001", FLOAT_TEXT_OK, 9007199254740994.0);
    check_parse("2.4703282292062327e-324", FLOAT_TEXT_OK, 0.0);
    check_parse("2.4703282292062328e-324", FLOAT_TEXT_OK, 5e-324);
    static const char *const invalid[] = {"",    " ",    ".",    "e5",    "1e",   "1e+",  "1_",
                                          "_1",  "1__2", "1_.5", "1._5",  "1e_5", "+-1",  "1 2",
                                          "0x1", "infi", "nans", "1.2.3", "- 1",  "1e5.0"};
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++)
        check_parse(invalid[i], FLOAT_TEXT_INVALID, 0.0);
    char longest[2000];
    memset(longest, '0', sizeof longest);
    longest[1] = '.';
    longest[1500] = '1';
    double value;
    CHECK(float_text_parse(longest, sizeof longest, &value) == FLOAT_TEXT_OK && value == 0.0);
}

static void check_hex(const char *text, FloatTextStatus status, double wanted) {
    double value = 0.0;
    CHECK(float_text_parse_hex(text, strlen(text), &value) == status);
    if (status == FLOAT_TEXT_OK) CHECK(memcmp(&value, &wanted, sizeof value) == 0);
}

static void test_hex(void) {
    char text[FLOAT_TEXT_HEX_SIZE];
    float_text_hex(-0.1, text);
    CHECK_TEXT(text, "-0x1.999999999999ap-4");
    float_text_hex(5e-324, text);
    CHECK_TEXT(text, "0x0.0000000000001p-1022");
    float_text_hex(-0.0, text);
    CHECK_TEXT(text, "-0x0.0p+0");
    float_text_hex(-INFINITY, text);
    CHECK_TEXT(text, "-inf");
    check_hex("0x1.8p1", FLOAT_TEXT_OK, 3.0);
    check_hex(" -ffp-4 ", FLOAT_TEXT_OK, -15.9375);
    check_hex("0x1.00000000000008p0", FLOAT_TEXT_OK, 1.0);
    check_hex("0x1.000000000000080000000000000001p0", FLOAT_TEXT_OK, 0x1.0000000000001p0);
    check_hex("0x1p-1075", FLOAT_TEXT_OK, 0.0);
    check_hex("0x1.1p-1075", FLOAT_TEXT_OK, 5e-324);
    check_hex("0x1p-99999999999999999999999", FLOAT_TEXT_OK, 0.0);
    check_hex("0x1p1024", FLOAT_TEXT_OVERFLOW, 0.0);
    check_hex("0x1.fffffffffffff8p1023", FLOAT_TEXT_OVERFLOW, 0.0);
    check_hex("nan", FLOAT_TEXT_OK, (double)NAN);
    check_hex("0x", FLOAT_TEXT_INVALID, 0.0);
    check_hex("1p", FLOAT_TEXT_INVALID, 0.0);
    check_hex("0x1 2", FLOAT_TEXT_INVALID, 0.0);
}

static void test_round_trips(void) {
    uint64_t state = 88172645463325252u;
    bool decimal_holds = true, hex_holds = true, shortest = true;
    for (int i = 0; i < 100000; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        double value, back;
        memcpy(&value, &state, sizeof value);
        if (!isfinite(value)) continue;
        char text[FLOAT_TEXT_REPR_SIZE], hex[FLOAT_TEXT_HEX_SIZE], digits[FLOAT_TEXT_MAX_DIGITS];
        float_text_parse(text, float_text_repr(value, text), &back);
        decimal_holds = decimal_holds && back == value;
        float_text_parse_hex(hex, float_text_hex(value, hex), &back);
        hex_holds = hex_holds && back == value;
        // One digit less must not be enough.
        int point;
        unsigned count = float_text_shortest(fabs(value), digits, &point);
        snprintf(text, sizeof text, "%.*e", count < 2 ? 0 : (int)count - 2, fabs(value));
        shortest = shortest && (count == 1 || strtod(text, NULL) != fabs(value));
    }
    CHECK(decimal_holds);
    CHECK(hex_holds);
    CHECK(shortest);
}

int main(void) {
    test_repr();
    test_format();
    test_parse();
    test_hex();
    test_round_trips();
    return harness_finish();
}
