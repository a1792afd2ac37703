// unicode_names.c — looks in libunistring first, then in the table of what it lacks. A name is made
// upper case once, so that the table is searched by plain comparison; the code point of a rule's
// name is read from the name as it was given, since rules know upper case only.
#include "base/unicode_names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uniname.h>

#include "base/config.h"

typedef struct {
    const char *name;
    uint32_t code_point;
    bool alias; // a second name, or the only one of a control character
} NameRow;

static const NameRow rows[] = {
#include "base/unicode_names.inc"
};

static const char ideograph_prefix[] = "CJK UNIFIED IDEOGRAPH-";
static const char syllable_prefix[] = "HANGUL SYLLABLE ";

static const uint32_t ideograph_ranges[][2] = {
    {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0x20000, 0x2A6DF},
    {0x2A700, 0x2B739}, {0x2B740, 0x2B81D}, {0x2B820, 0x2CEA1},
    {0x2CEB0, 0x2EBE0}, {0x30000, 0x3134A}, {0x31350, 0x323AF},
};

static bool is_ideograph(uint32_t c) {
    for (size_t i = 0; i < COUNT_OF(ideograph_ranges); i++)
        if (c >= ideograph_ranges[i][0] && c <= ideograph_ranges[i][1]) return true;
    return false;
}

// Four or five digits in upper case, as CPython reads them.
static bool find_ideograph(const char *digits, uint32_t *code_point) {
    size_t count = strspn(digits, "0123456789ABCDEF");
    if (count < 4 || count > 5 || digits[count] != 0) return false;
    *code_point = (uint32_t)strtoul(digits, NULL, 16);
    return is_ideograph(*code_point);
}

static int compare_rows(const void *name, const void *row) {
    return strcmp(name, ((const NameRow *)row)->name);
}

bool unicode_names_find(const char *name, size_t size, uint32_t *code_point) {
    char given[UNICODE_NAME_SIZE], upper[UNICODE_NAME_SIZE];
    if (size >= sizeof given || memchr(name, 0, size) != NULL) return false;
    for (size_t i = 0; i < size; i++) {
        given[i] = name[i];
        upper[i] = name[i] >= 'a' && name[i] <= 'z' ? (char)(name[i] - 'a' + 'A') : name[i];
    }
    given[size] = upper[size] = 0;
    if (strncmp(upper, ideograph_prefix, sizeof ideograph_prefix - 1) == 0)
        return strcmp(given, upper) == 0 &&
               find_ideograph(given + sizeof ideograph_prefix - 1, code_point);
    if (strncmp(upper, syllable_prefix, sizeof syllable_prefix - 1) == 0 &&
        strcmp(given, upper) != 0)
        return false;
    ucs4_t found = unicode_name_character(upper);
    if (found != UNINAME_INVALID) {
        *code_point = found;
        return true;
    }
    const NameRow *row = bsearch(upper, rows, COUNT_OF(rows), sizeof *rows, compare_rows);
    if (row != NULL) *code_point = row->code_point;
    return row != NULL;
}

bool unicode_names_of(uint32_t code_point, char name[UNICODE_NAME_SIZE]) {
    _Static_assert((int)UNICODE_NAME_SIZE >= (int)UNINAME_MAX, "libunistring's names must fit");
    if (is_ideograph(code_point)) {
        snprintf(name, UNICODE_NAME_SIZE, "%s%04X", ideograph_prefix, (unsigned)code_point);
        return true;
    }
    if (unicode_character_name(code_point, name) != NULL) return true;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (rows[i].code_point != code_point || rows[i].alias) continue;
        snprintf(name, UNICODE_NAME_SIZE, "%s", rows[i].name);
        return true;
    }
    return false;
}
