// test_base_unicode.c — character properties. Sums over all code points are compared with the same
// sums over what CPython 3.12's str methods and unicodedata say; single cases show what is meant.
#include "base/unicode.h"

#include "tests/unit/harness.h"

typedef unsigned MapFunction(uint32_t code_point, uint32_t *mapped);

static uint64_t fold(const uint32_t *points, size_t count) {
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) sum = sum * 1114112 + points[i] + 1;
    return sum;
}

static uint64_t sum_mapping(MapFunction *map) {
    uint64_t sum = 0;
    for (uint32_t point = 0; point < 0x110000; point++) {
        uint32_t mapped[UNICODE_MAX_EXPANSION];
        unsigned count = map(point, mapped);
        sum += (point + 1) * fold(mapped, count);
    }
    return sum;
}

// str.isalpha, isdecimal, isdigit, isnumeric, isspace, isprintable, isupper, islower, title case,
// and the two identifier properties are the bits from the lowest.
static void test_all_classes(void) {
    uint64_t classes = 0, digits = 0, numbers = 0;
    for (uint64_t point = 0; point < 0x110000; point++) {
        uint32_t c = (uint32_t)point;
        unsigned bits = unicode_classes_of(c) & (UNICODE_LINE_BREAK - 1);
        if (unicode_is_identifier_start(c)) bits |= UNICODE_XID_START;
        classes += (point + 1) * bits;
        digits += (point + 1) * (uint64_t)(unicode_decimal_value(c) + 2) +
                  (point + 1) * (point + 1) * (uint64_t)(unicode_digit_value(c) + 2);
        double value;
        if (unicode_numeric_value(c, &value))
            numbers += (point + 1) * (uint64_t)(int64_t)(value * 960);
    }
    CHECK(classes == UINT64_C(0x15784db3aa9e));
    CHECK(digits == UINT64_C(0x665bb8262b4b1ca));
    CHECK(numbers == UINT64_C(0xf9312b9385a7294d));
}

static void test_all_mappings(void) {
    CHECK(sum_mapping(unicode_full_upper) == UINT64_C(0xd7e03ec99cb7db08));
    CHECK(sum_mapping(unicode_full_lower) == UINT64_C(0x665ab4243a44b0c));
    CHECK(sum_mapping(unicode_full_title) == UINT64_C(0xd7d3cd68d2d55513));
    CHECK(sum_mapping(unicode_full_casefold) == UINT64_C(0x55755c5de1cd1852));
}

static void test_all_normal_forms(void) {
    uint64_t sum = 0;
    for (uint32_t point = 0; point < 0x110000; point++)
        for (unsigned form = UNICODE_NFC; form <= UNICODE_NFKD; form++) {
            size_t count;
            uint32_t *normal = unicode_normalize((UnicodeForm)form, &point, 4, 1, &count);
            sum += (point + UINT64_C(1)) * (form + 1) * fold(normal, count);
            free(normal);
        }
    CHECK(sum == UINT64_C(0xa9e61a1342177b79));
}

static void test_single_classes(void) {
    CHECK(unicode_is_alpha('a') && unicode_is_alpha(0xAA) && !unicode_is_alpha('1'));
    CHECK(unicode_is_decimal(0x663) && unicode_decimal_value(0x663) == 3);
    CHECK(!unicode_is_decimal(0xB2) && unicode_digit_value(0xB2) == 2);
    CHECK(unicode_is_numeric(0x4E00) && !unicode_is_digit(0x4E00));
    CHECK(unicode_is_space(0x1C) && unicode_is_space(0x3000) && !unicode_is_space(0x200B));
    CHECK(unicode_is_printable(' ') && !unicode_is_printable(0xA0) &&
          !unicode_is_printable(0xD800));
    CHECK(unicode_is_title(0x1C5) && !unicode_is_upper(0x1C5));
    CHECK(unicode_is_line_break(0x2028) && unicode_is_line_break(0x1E) &&
          !unicode_is_line_break(0x1F));
    CHECK_TEXT(unicode_category('A'), "Lu");
    uint16_t name[] = {'_', 0xE9, '1', 0xB7};
    CHECK(unicode_is_identifier(name, 2, 4) && !unicode_is_identifier(name + 2, 2, 1));
    CHECK(!unicode_is_identifier(name, 2, 0));
}

static void test_number_text(void) {
    uint16_t number[] = {0x2003, '-', 0x663, '_', 0xFF11, 0x1C, 0x7F, 0xE9};
    char text[8];
    unicode_to_number_text(number, 2, 8, text);
    CHECK_BYTES(text, 8, " -3_1\x1C??");
}

static void test_sigma(void) {
    uint16_t word[] = {0x39F, 0x3A3, '\'', ' ', 0x3A3};
    CHECK(unicode_lower_sigma(word, 2, 5, 1) == 0x3C2);
    CHECK(unicode_lower_sigma(word, 2, 5, 4) == 0x3C3);
    word[3] = 0x39F;
    CHECK(unicode_lower_sigma(word, 2, 5, 1) == 0x3C3);
    CHECK(unicode_lower_sigma(word, 2, 5, 4) == 0x3C2);
}

static void test_normalising(void) {
    // Marks in the wrong order, a Hangul syllable, a ligature.
    uint32_t text[] = {'a', 0x301, 0x323, 0x1100, 0x1161, 0x11A8, 0xFB01};
    uint32_t wanted[] = {0x1EA1, 0x301, 0xAC01, 'f', 'i'};
    size_t count;
    uint32_t *normal = unicode_normalize(UNICODE_NFKC, text, 4, 7, &count);
    CHECK(count == 5 && memcmp(normal, wanted, sizeof wanted) == 0);
    free(normal);
    uint16_t many[40]; // each decomposes to 18 characters
    for (size_t i = 0; i < 40; i++) many[i] = 0xFDFA;
    normal = unicode_normalize(UNICODE_NFKD, many, 2, 40, &count);
    CHECK(count == 40 * 18 && normal[0] == 0x635);
    free(normal);
    normal = unicode_normalize(UNICODE_NFC, text, 4, 0, &count);
    CHECK(normal != NULL && count == 0);
    free(normal);
}

int main(void) {
    test_all_classes();
    test_all_mappings();
    test_all_normal_forms();
    test_single_classes();
    test_number_text();
    test_sigma();
    test_normalising();
    return harness_finish();
}
