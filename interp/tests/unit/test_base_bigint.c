// test_base_bigint.c — integers of any size: known results, edge cases of Python's semantics, and
// identities between the operations over random operands.
#include "base/bigint.h"

#include <math.h>

#include "base/hash.h"
#include "tests/unit/harness.h"

enum { MAX_LIMBS = 256 };

// A number with room of its own.
typedef struct {
    uint64_t limbs[MAX_LIMBS];
    Bigint value;
} Number;

static Number *ready(Number *number) {
    number->value = (Bigint){number->limbs, 0, false};
    return number;
}

static BigintView view(const Number *number) { return bigint_view(&number->value); }

static Number *read_number(Number *number, const char *text) {
    BigintText parts;
    ready(number);
    CHECK(bigint_scan_text(text, strlen(text), 0, &parts));
    CHECK(bigint_from_text_limbs(&parts) <= MAX_LIMBS);
    CHECK(bigint_from_text(&parts, &number->value) == BIGINT_OK);
    return number;
}

static void check_number(const Bigint *value, unsigned base, const char *wanted) {
    char text[20000];
    size_t length, sign = value->negative;
    text[0] = '-';
    CHECK(bigint_to_text_size(bigint_view(value), base) < sizeof text);
    CHECK(bigint_to_text(bigint_view(value), base, text + sign, &length) == BIGINT_OK);
    CHECK_BYTES(text, length + sign, wanted);
}

static uint64_t random_state = 88172645463325252u;

static uint64_t draw(void) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

// Random numbers with many limbs of all zeros and all ones.
static BigintView draw_number(Number *number, size_t max_limbs) {
    size_t count = draw() % (max_limbs + 1);
    for (size_t i = 0; i < count; i++) {
        unsigned kind = draw() % 4;
        number->limbs[i] = kind == 0 ? 0 : kind == 1 ? UINT64_MAX : draw() >> draw() % 64;
    }
    while (count > 0 && number->limbs[count - 1] == 0) count--;
    number->value = (Bigint){number->limbs, count, count > 0 && draw() % 2};
    return view(number);
}

static void test_text(void) {
    Number number;
    check_number(&read_number(&number, " -1_000 ")->value, 10, "-1000");
    check_number(&read_number(&number, "0xFFFF_ffff_ffff_ffff_f")->value, 16, "fffffffffffffffff");
    check_number(&read_number(&number, "0b101")->value, 2, "101");
    check_number(&read_number(&number, "-0")->value, 10, "0");
    check_number(&read_number(&number, "000_0")->value, 10, "0");
    const char *digits = "123456789012345678901234567890";
    check_number(&read_number(&number, digits)->value, 10, digits);
    check_number(&read_number(&number, digits)->value, 36, "byw97um9s91dlz68tsi");
    static const char *const invalid[] = {"",    " ",    "-",   "_1",  "1_",  "1__2", "0x",
                                          "0xg", "0b12", "012", "0_1", "+-1", "1 2",  "0x__1"};
    BigintText parts;
    for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++)
        CHECK(!bigint_scan_text(invalid[i], strlen(invalid[i]), 0, &parts));
    CHECK(bigint_scan_text("0b1", 3, 16, &parts) && parts.digit_count == 3 && parts.base == 16);
    CHECK(bigint_scan_text("0b1", 3, 2, &parts) && parts.digit_count == 1);
    CHECK(bigint_scan_text("012", 3, 10, &parts) && parts.digit_count == 3);
    CHECK(bigint_scan_text("z", 1, 36, &parts) && !bigint_scan_text("z", 1, 35, &parts));
}

static void test_machine_numbers(void) {
    static const int64_t values[] = {0, 1, -1, 42, INT64_MAX, INT64_MIN, INT64_MIN + 1};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        Number number;
        int64_t back = 0;
        bigint_from_int64(values[i], &ready(&number)->value);
        CHECK(bigint_to_int64(view(&number), &back) && back == values[i]);
        CHECK(bigint_hash(view(&number)) == hash_int64(values[i]));
        CHECK(bigint_low_bits(view(&number)) == (uint64_t)values[i]);
        uint64_t limb;
        CHECK(bigint_equal(view(&number), bigint_view_of_int64(values[i], &limb)));
    }
    Number number;
    int64_t back = 7;
    uint64_t natural;
    CHECK(!bigint_to_int64(view(read_number(&number, "9223372036854775808")), &back) && back == 7);
    CHECK(bigint_to_uint64(view(&number), &natural) && natural == UINT64_C(1) << 63);
    CHECK(!bigint_to_int64(view(read_number(&number, "-9223372036854775809")), &back));
    CHECK(!bigint_to_uint64(view(read_number(&number, "-1")), &natural));
    bigint_from_int128((__int128)INT64_MIN * INT64_MAX, &ready(&number)->value);
    check_number(&number.value, 10, "-85070591730234615856620279821087277056");
}

static void test_doubles(void) {
    Number number;
    double value;
    bigint_from_double(-1e40, &ready(&number)->value);
    check_number(&number.value, 10, "-10000000000000000303786028427003666890752");
    bigint_from_double(0.99, &ready(&number)->value);
    check_number(&number.value, 10, "0");
    bigint_from_double(0x1.fffffffffffffp1023, &ready(&number)->value);
    CHECK(bigint_to_double(view(&number), &value) && value == 0x1.fffffffffffffp1023);
    CHECK(bigint_compare_double(view(&number), INFINITY) == -1);
    CHECK(bigint_compare_double(view(&number), -INFINITY) == 1);
    CHECK(bigint_to_double(view(read_number(&number, "9007199254740993")), &value));
    CHECK(value == 9007199254740992.0);
    CHECK(bigint_compare_double(view(&number), 9007199254740992.0) == 1);
    CHECK(bigint_compare_double(view(read_number(&number, "2")), 2.5) == -1);
    CHECK(bigint_compare_double(view(read_number(&number, "-2")), -2.5) == 1);
    // 2^54 + 2 + a bit far below: over the half.
    CHECK(bigint_to_double(view(read_number(&number, "0x400000000000020000000000000000001")),
                           &value));
    CHECK(value == 0x1.0000000000001p130);
    Number power;
    bigint_shift_left(view(read_number(&number, "1")), 1024, &ready(&power)->value);
    CHECK(!bigint_to_double(view(&power), &value) && value == INFINITY);
    int64_t exponent;
    CHECK(bigint_to_fraction(view(&power), &exponent) == 0.5 && exponent == 1025);
}

static double divide_texts(const char *a, const char *b, BigintStatus wanted) {
    Number first, second;
    double quotient = -1.0;
    BigintStatus status =
        bigint_true_divide(view(read_number(&first, a)), view(read_number(&second, b)), &quotient);
    CHECK(status == wanted);
    return quotient;
}

static void test_true_division(void) {
    CHECK(divide_texts("1", "3", BIGINT_OK) == 1.0 / 3.0);
    CHECK(divide_texts("-10000000000000000000000000", "3", BIGINT_OK) == -3.3333333333333335e24);
    CHECK(signbit(divide_texts("0", "-5", BIGINT_OK)));
    divide_texts("1", "0", BIGINT_ZERO_DIVISION);
    Number one, huge, larger;
    double quotient;
    bigint_shift_left(view(read_number(&one, "1")), 1074, &ready(&huge)->value);
    bigint_shift_left(view(&one), 1075, &ready(&larger)->value);
    CHECK(bigint_true_divide(view(&one), view(&huge), &quotient) == BIGINT_OK &&
          quotient == 5e-324);
    CHECK(bigint_true_divide(view(&one), view(&larger), &quotient) == BIGINT_OK && quotient == 0.0);
    CHECK(bigint_true_divide(view(&huge), view(&one), &quotient) == BIGINT_OVERFLOW);
    CHECK(bigint_true_divide(view(&larger), view(&huge), &quotient) == BIGINT_OK &&
          quotient == 2.0);
}

static void check_division(const char *a, const char *b, const char *quotient_text,
                           const char *remainder_text) {
    Number first, second, quotient, remainder;
    CHECK(bigint_floor_divide(view(read_number(&first, a)), view(read_number(&second, b)),
                              &ready(&quotient)->value, &ready(&remainder)->value) == BIGINT_OK);
    check_number(&quotient.value, 10, quotient_text);
    check_number(&remainder.value, 10, remainder_text);
}

static void test_division(void) {
    check_division("7", "2", "3", "1");
    check_division("-7", "2", "-4", "1");
    check_division("7", "-2", "-4", "-1");
    check_division("-7", "-2", "3", "-1");
    check_division("-1", "10000000000000000000000", "-1", "9999999999999999999999");
    check_division("0", "-3", "0", "0");
    check_division("10000000000000000000000000000000000000000", "-1000000007",
                   "-9999999930000000489999996570001", "-975990007");
    check_division("-18446744073709551616", "18446744073709551616", "-1", "0");
    check_division("-340282366920938463463374607431768211455", "1",
                   "-340282366920938463463374607431768211455", "0");
    Number number, quotient;
    CHECK(bigint_floor_divide(view(read_number(&number, "1")), view(read_number(&quotient, "0")),
                              NULL, NULL) == BIGINT_ZERO_DIVISION);
}

static void check_power_modulo(const char *base, const char *exponent, const char *modulus,
                               BigintStatus wanted, const char *text) {
    Number a, b, c, power;
    BigintStatus status =
        bigint_power_modulo(view(read_number(&a, base)), view(read_number(&b, exponent)),
                            view(read_number(&c, modulus)), &ready(&power)->value);
    CHECK(status == wanted);
    if (status == BIGINT_OK) check_number(&power.value, 10, text);
}

static void test_powers(void) {
    Number base, power;
    CHECK(bigint_power(view(read_number(&base, "-10")), 25, &ready(&power)->value) == BIGINT_OK);
    check_number(&power.value, 10, "-10000000000000000000000000");
    CHECK(bigint_power(view(read_number(&base, "0")), 0, &ready(&power)->value) == BIGINT_OK);
    check_number(&power.value, 10, "1");
    CHECK(bigint_power(view(read_number(&base, "3")), 200, &ready(&power)->value) == BIGINT_OK);
    CHECK(bigint_hash(view(&power)) == INT64_C(424410663027747676));
    CHECK(bigint_power_limbs(view(read_number(&base, "2")), UINT64_C(10000000000)) ==
          BIGINT_TOO_LARGE);
    CHECK(bigint_power_limbs(view(&base), UINT64_MAX) == BIGINT_TOO_LARGE);
    CHECK(bigint_power_limbs(view(read_number(&base, "-1")), UINT64_MAX) == 1);
    CHECK(bigint_shift_left_limbs(view(&base), UINT64_MAX) == BIGINT_TOO_LARGE);
    check_power_modulo("-3", "-5", "100000000000000000039", BIGINT_OK, "36213991769547325117");
    check_power_modulo("3", "10000000000000000000000000", "-100000000000000000039", BIGINT_OK,
                       "-56190401234286673868");
    check_power_modulo("5", "0", "1", BIGINT_OK, "0");
    check_power_modulo("5", "-2", "1", BIGINT_OK, "0");
    check_power_modulo("5", "3", "0", BIGINT_ZERO_DIVISION, "");
    check_power_modulo("6", "-1", "9", BIGINT_NOT_INVERTIBLE, "");
}

static void test_number_theory(void) {
    Number a, b, result;
    CHECK(bigint_gcd(view(read_number(&a, "-60000000000000000000000000000000000000000")),
                     view(read_number(&b, "11408855402054064613470328848384")),
                     &ready(&result)->value) == BIGINT_OK);
    check_number(&result.value, 10, "6597069766656");
    CHECK(bigint_gcd(view(read_number(&a, "0")), view(read_number(&b, "-5")),
                     &ready(&result)->value) == BIGINT_OK);
    check_number(&result.value, 10, "5");
    read_number(&a, "1000000000000000000000000000000000000000000000000000000012345");
    CHECK(bigint_square_root(view(&a), &ready(&result)->value) == BIGINT_OK);
    check_number(&result.value, 10, "1000000000000000000000000000000");
}

static void check_shift_right(const char *text, uint64_t bits, const char *wanted) {
    Number number, result;
    bigint_shift_right(view(read_number(&number, text)), bits, &ready(&result)->value);
    check_number(&result.value, 10, wanted);
}

static void test_bits(void) {
    check_shift_right("-1", 200, "-1");
    check_shift_right("-18446744073709551616", 64, "-1");
    check_shift_right("-18446744073709551617", 64, "-2");
    check_shift_right("5", 1, "2");
    check_shift_right("-5", 1, "-3");
    Number number, result;
    bigint_invert(view(read_number(&number, "18446744073709551615")), &ready(&result)->value);
    check_number(&result.value, 10, "-18446744073709551616");
    Number both;
    bigint_and(view(read_number(&number, "-18446744073709551616")), view(&result),
               &ready(&both)->value);
    check_number(&both.value, 10, "-18446744073709551616");
    CHECK(bigint_bit_length(view(&number)) == 65 && bigint_bit_count(view(&number)) == 1);
    CHECK(bigint_trailing_zeros(view(&number)) == 64);
}

static void check_bytes(const char *text, size_t size, bool is_signed, BigintStatus wanted,
                        const char *bytes) {
    Number number, back;
    uint8_t written[32];
    read_number(&number, text);
    CHECK(bigint_to_bytes(view(&number), written, size, false, is_signed) == wanted);
    if (wanted != BIGINT_OK) return;
    CHECK(memcmp(written, bytes, size) == 0);
    bigint_from_bytes(written, size, false, is_signed, &ready(&back)->value);
    CHECK(size == 0 || bigint_equal(view(&number), view(&back)));
    CHECK(bigint_to_bytes(view(&number), written, size, true, is_signed) == wanted);
    bigint_from_bytes(written, size, true, is_signed, &ready(&back)->value);
    CHECK(size == 0 || bigint_equal(view(&number), view(&back)));
}

static void test_bytes(void) {
    check_bytes("258", 2, false, BIGINT_OK, "\x01\x02");
    check_bytes("258", 1, false, BIGINT_OVERFLOW, "");
    check_bytes("-128", 1, true, BIGINT_OK, "\x80");
    check_bytes("128", 1, true, BIGINT_OVERFLOW, "");
    check_bytes("-129", 1, true, BIGINT_OVERFLOW, "");
    check_bytes("-1", 10, true, BIGINT_OK, "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF");
    check_bytes("-1", 10, false, BIGINT_OVERFLOW, "");
    check_bytes("0", 0, false, BIGINT_OK, "");
    check_bytes("-1", 0, true, BIGINT_OK, "");
    check_bytes("-18446744073709551616", 9, true, BIGINT_OK, "\xFF\0\0\0\0\0\0\0");
}

// The identities that define each operation by the others.
static void check_identities(size_t max_limbs) {
    static Number a, b, sum, product, back, quotient, remainder;
    BigintView first = draw_number(&a, max_limbs), second = draw_number(&b, max_limbs);
    bigint_add(first, second, &ready(&sum)->value);
    bigint_subtract(view(&sum), second, &ready(&back)->value);
    CHECK(bigint_equal(view(&back), first));
    bigint_subtract(first, second, &ready(&back)->value);
    CHECK(bigint_compare(first, second) == (back.value.count == 0 ? 0
                                            : back.value.negative ? -1
                                                                  : 1));

    // a & b + a | b == a + b, and a ^ b is their difference.
    Number *conjunction = &quotient, *disjunction = &remainder;
    bigint_and(first, second, &ready(conjunction)->value);
    bigint_or(first, second, &ready(disjunction)->value);
    bigint_add(view(conjunction), view(disjunction), &ready(&back)->value);
    CHECK(bigint_equal(view(&back), view(&sum)));
    bigint_subtract(view(disjunction), view(conjunction), &ready(&back)->value);
    bigint_xor(first, second, &ready(&product)->value);
    CHECK(bigint_equal(view(&back), view(&product)));

    bigint_multiply(first, second, &ready(&product)->value);
    bigint_add(view(&product), first, &product.value);
    if (second.count > 0) {
        CHECK(bigint_floor_divide(view(&product), second, &ready(&quotient)->value,
                                  &ready(&remainder)->value) == BIGINT_OK);
        bigint_multiply(view(&quotient), second, &ready(&back)->value);
        bigint_add(view(&back), view(&remainder), &back.value);
        CHECK(bigint_equal(view(&back), view(&product)));
        CHECK(remainder.value.count == 0 || remainder.value.negative == second.negative);
        remainder.value.negative = second.negative && remainder.value.count > 0;
        CHECK(bigint_compare(view(&remainder), second) == (second.negative ? 1 : -1));
    }

    // Shifting right rounds down, as dividing does; shifting left and back is no change.
    uint64_t bits = draw() % 300;
    bigint_shift_left(first, bits, &ready(&product)->value);
    bigint_shift_right(view(&product), bits, &ready(&back)->value);
    CHECK(bigint_equal(view(&back), first));
    uint64_t one = 1;
    bigint_shift_left((BigintView){&one, 1, false}, bits, &ready(&product)->value);
    CHECK(bigint_floor_divide(first, view(&product), &ready(&quotient)->value, NULL) == BIGINT_OK);
    bigint_shift_right(first, bits, &ready(&back)->value);
    CHECK(bigint_equal(view(&back), view(&quotient)));

    uint8_t bytes[(MAX_LIMBS + 1) * 8];
    size_t size = first.count * 8 + 1;
    bool little_endian = draw() % 2 == 0;
    CHECK(bigint_to_bytes(first, bytes, size, little_endian, true) == BIGINT_OK);
    bigint_from_bytes(bytes, size, little_endian, true, &ready(&back)->value);
    CHECK(bigint_equal(view(&back), first));
}

int main(void) {
    test_text();
    test_machine_numbers();
    test_doubles();
    test_true_division();
    test_division();
    test_powers();
    test_number_theory();
    test_bits();
    test_bytes();
    for (int i = 0; i < 3000; i++) check_identities(i % 10 == 0 ? 60 : 6);
    return harness_finish();
}
