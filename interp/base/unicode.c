// unicode.c — character classes, case mapping and normalisation.
//
// One idea: a code point's classes are those of its general category, which libutf8proc knows,
// except in the ranges of a table of differences; the same for case mappings and their expansions.
#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/config.h"
#include "base/utf8.h"

// All code points of a range differ from their categories in these class bits.
typedef struct {
    uint32_t first, last;
    uint16_t bits;
} ClassDifference;

// The values of a range: (numerator + step * distance from the first) / denominator.
typedef struct {
    uint32_t first, last;
    int64_t numerator, step;
    int32_t denominator;
} NumericValues;

// A mapping to two or three code points; 0 in place of a third.
typedef struct {
    uint32_t from;
    uint32_t to[UNICODE_MAX_EXPANSION];
} Expansion;

#include "base/unicode_tables.inc"

// Classes

static int compare_with_difference(const void *key, const void *row) {
    uint32_t code_point = *(const uint32_t *)key;
    const ClassDifference *difference = row;
    return code_point < difference->first ? -1 : code_point > difference->last;
}

unsigned unicode_classes_of(uint32_t code_point) {
    if (code_point < 256) return unicode_latin1_classes[code_point];
    unsigned classes = CATEGORY_CLASSES[utf8proc_category((utf8proc_int32_t)code_point)];
    const ClassDifference *difference =
        bsearch(&code_point, CLASS_DIFFERENCES, COUNT_OF(CLASS_DIFFERENCES),
                sizeof CLASS_DIFFERENCES[0], compare_with_difference);
    return difference == NULL ? classes : classes ^ difference->bits;
}

bool unicode_is_identifier(const void *characters, unsigned width, size_t count) {
    if (count == 0 || !unicode_is_identifier_start(utf8_character_at(characters, width, 0)))
        return false;
    for (size_t i = 1; i < count; i++)
        if (!unicode_is_identifier_part(utf8_character_at(characters, width, i))) return false;
    return true;
}

const char *unicode_category(uint32_t code_point) {
    return utf8proc_category_string((utf8proc_int32_t)code_point);
}

unsigned unicode_column_width(uint32_t code_point) {
    int width = utf8proc_charwidth((utf8proc_int32_t)code_point);
    return width < 0 ? 0 : (unsigned)width;
}

// Numeric values

static int compare_with_values(const void *key, const void *row) {
    uint32_t code_point = *(const uint32_t *)key;
    const NumericValues *values = row;
    return code_point < values->first ? -1 : code_point > values->last;
}

bool unicode_numeric_value(uint32_t code_point, double *value) {
    const NumericValues *values = bsearch(&code_point, NUMERIC_VALUES, COUNT_OF(NUMERIC_VALUES),
                                          sizeof NUMERIC_VALUES[0], compare_with_values);
    if (values == NULL) return false;
    int64_t numerator = values->numerator + values->step * (int64_t)(code_point - values->first);
    *value = (double)numerator / values->denominator;
    return true;
}

static int value_in_class(uint32_t code_point, unsigned class_bit) {
    double value;
    if (!unicode_has(code_point, class_bit) || !unicode_numeric_value(code_point, &value))
        return -1;
    return (int)value;
}

int unicode_decimal_value(uint32_t code_point) {
    if (code_point < 0x80)
        return code_point >= '0' && code_point <= '9' ? (int)code_point - '0' : -1;
    return value_in_class(code_point, UNICODE_DECIMAL);
}

int unicode_digit_value(uint32_t code_point) { return value_in_class(code_point, UNICODE_DIGIT); }

void unicode_to_number_text(const void *characters, unsigned width, size_t count, char *text) {
    for (size_t i = 0; i < count; i++) {
        uint32_t point = utf8_character_at(characters, width, i);
        int digit;
        if (point < 0x7F)
            text[i] = (char)point;
        else if (unicode_is_space(point))
            text[i] = ' ';
        else if ((digit = unicode_decimal_value(point)) >= 0)
            text[i] = (char)('0' + digit);
        else
            text[i] = '?';
    }
}

// Case mapping

static int compare_with_expansion(const void *key, const void *row) {
    uint32_t code_point = *(const uint32_t *)key;
    const Expansion *expansion = row;
    return code_point < expansion->from ? -1 : code_point > expansion->from;
}

// Looks an expansion up. Result: its length, 0 if there is none.
static unsigned expand(uint32_t code_point, const Expansion *table, size_t rows, uint32_t *mapped) {
    const Expansion *expansion =
        bsearch(&code_point, table, rows, sizeof *table, compare_with_expansion);
    if (expansion == NULL) return 0;
    memcpy(mapped, expansion->to, sizeof expansion->to);
    return mapped[2] == 0 ? 2 : 3;
}

#define EXPAND(code_point, table, mapped) expand(code_point, table, COUNT_OF(table), mapped)

uint32_t unicode_simple_lower(uint32_t code_point) {
    if (code_point < 0x80) return code_point - 'A' < 26 ? code_point + 32 : code_point;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code_point);
}

unsigned unicode_full_upper(uint32_t code_point, uint32_t mapped[UNICODE_MAX_EXPANSION]) {
    if (code_point < 0x80) {
        mapped[0] = code_point - 'a' < 26 ? code_point - 32 : code_point;
        return 1;
    }
    unsigned length = EXPAND(code_point, UPPER_EXPANSIONS, mapped);
    if (length > 0) return length;
    mapped[0] = (uint32_t)utf8proc_toupper((utf8proc_int32_t)code_point);
    return 1;
}

unsigned unicode_full_lower(uint32_t code_point, uint32_t mapped[UNICODE_MAX_EXPANSION]) {
    if (code_point >= 0x80) {
        unsigned length = EXPAND(code_point, LOWER_EXPANSIONS, mapped);
        if (length > 0) return length;
    }
    mapped[0] = unicode_simple_lower(code_point);
    return 1;
}

unsigned unicode_full_title(uint32_t code_point, uint32_t mapped[UNICODE_MAX_EXPANSION]) {
    if (code_point < 0x80) return unicode_full_upper(code_point, mapped);
    unsigned length = EXPAND(code_point, TITLE_EXPANSIONS, mapped);
    if (length > 0) return length;
    mapped[0] = (uint32_t)utf8proc_totitle((utf8proc_int32_t)code_point);
    return 1;
}

unsigned unicode_full_casefold(uint32_t code_point, uint32_t mapped[UNICODE_MAX_EXPANSION]) {
    if (code_point < 0x80) return unicode_full_lower(code_point, mapped);
    unsigned length = EXPAND(code_point, CASEFOLD_EXPANSIONS, mapped);
    if (length > 0) return length;
    utf8proc_int32_t folded[UNICODE_MAX_EXPANSION];
    int boundary = 0;
    utf8proc_ssize_t folded_length = utf8proc_decompose_char(
        (utf8proc_int32_t)code_point, folded, COUNT_OF(folded), UTF8PROC_CASEFOLD, &boundary);
    mapped[0] = folded_length == 1 ? (uint32_t)folded[0] : code_point;
    return 1;
}

uint32_t unicode_lower_sigma(const void *characters, unsigned width, size_t count, size_t index) {
    size_t before = index;
    while (before > 0 &&
           unicode_has(utf8_character_at(characters, width, before - 1), UNICODE_CASE_IGNORABLE))
        before--;
    if (before == 0 ||
        !unicode_has(utf8_character_at(characters, width, before - 1), UNICODE_CASED))
        return 0x3C3;
    size_t after = index + 1;
    while (after < count &&
           unicode_has(utf8_character_at(characters, width, after), UNICODE_CASE_IGNORABLE))
        after++;
    bool ends =
        after == count || !unicode_has(utf8_character_at(characters, width, after), UNICODE_CASED);
    return ends ? 0x3C2 : 0x3C3;
}

// Normalisation

// Sorts each run of combining marks by their classes, keeping the order of equal ones.
static void order_marks(utf8proc_int32_t *points, size_t count) {
    for (size_t i = 1; i < count; i++) {
        utf8proc_int32_t moved = points[i];
        int class = utf8proc_get_property(moved)->combining_class;
        size_t place = i;
        while (class != 0 && place > 0 &&
               utf8proc_get_property(points[place - 1])->combining_class > class) {
            points[place] = points[place - 1];
            place--;
        }
        points[place] = moved;
    }
}

// Writes the decompositions of all characters as far as there is room. Result: their length.
static size_t decompose(const void *characters, unsigned width, size_t count, int options,
                        utf8proc_int32_t *points, size_t room) {
    size_t length = 0;
    int boundary = 0;
    for (size_t i = 0; i < count; i++) {
        utf8proc_int32_t point = (utf8proc_int32_t)utf8_character_at(characters, width, i);
        size_t left = length < room ? room - length : 0;
        utf8proc_ssize_t parts =
            utf8proc_decompose_char(point, left == 0 ? NULL : points + length,
                                    (utf8proc_ssize_t)left, (utf8proc_option_t)options, &boundary);
        length += parts < 0 ? 0 : (size_t)parts;
    }
    return length;
}

uint32_t *unicode_normalize(UnicodeForm form, const void *characters, unsigned width, size_t count,
                            size_t *normal_count) {
    bool composes = form == UNICODE_NFC || form == UNICODE_NFKC;
    int options = UTF8PROC_STABLE | (composes ? UTF8PROC_COMPOSE : UTF8PROC_DECOMPOSE);
    if (form == UNICODE_NFKC || form == UNICODE_NFKD) options |= UTF8PROC_COMPAT;
    // Most texts decompose to little more than they are; the others take a second pass.
    size_t room = count + count / 2 + 16;
    if (room > PTRDIFF_MAX / sizeof(uint32_t)) return NULL;
    utf8proc_int32_t *points = malloc(room * sizeof *points);
    if (points == NULL) return NULL;
    size_t length = decompose(characters, width, count, options, points, room);
    if (length > room) {
        free(points);
        if (length > PTRDIFF_MAX / sizeof(uint32_t)) return NULL;
        points = malloc(length * sizeof *points);
        if (points == NULL) return NULL;
        decompose(characters, width, count, options, points, length);
    }
    order_marks(points, length);
    if (composes)
        length = (size_t)utf8proc_normalize_utf32(points, (utf8proc_ssize_t)length,
                                                  (utf8proc_option_t)options);
    *normal_count = length;
    return (uint32_t *)points;
}
