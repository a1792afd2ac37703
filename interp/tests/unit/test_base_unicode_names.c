// test_base_unicode_names.c — names to characters and back: what libunistring knows, what the table
// adds to it, and the names that follow a rule.
#include "base/unicode_names.h"

#include "tests/unit/harness.h"

static uint32_t find(const char *name) {
    uint32_t c;
    return unicode_names_find(name, strlen(name), &c) ? c : UINT32_MAX;
}

static void test_find(void) {
    CHECK(find("BULLET") == 0x2022);
    CHECK(find("Greek small letter alpha") == 0x3B1);
    CHECK(find("SHAKING FACE") == 0x1FAE8); // new in Unicode 15
    CHECK(find("LINE FEED") == '\n');       // aliases
    CHECK(find("nbsp") == 0xA0);
    CHECK(find("LATIN SMALL LETTER GHA") == 0x1A3);
    CHECK(find("HANGUL JUNGSEONG O-E") == 0x1180);
    CHECK(find("HANGUL SYLLABLE GAG") == 0xAC01);
    CHECK(find("CJK UNIFIED IDEOGRAPH-4E00") == 0x4E00);
    CHECK(find("CJK UNIFIED IDEOGRAPH-04E00") == 0x4E00);
    CHECK(find("CJK UNIFIED IDEOGRAPH-31350") == 0x31350);
}

static void test_unknown(void) {
    static const char *const names[] = {
        "",
        "NO SUCH CHARACTER",
        " BULLET",
        "BULLET ",
        "GREEK_SMALL_LETTER_ALPHA",
        "hangul syllable gag",
        "HANGUL SYLLABLE G",
        "CJK UNIFIED IDEOGRAPH-4e00",
        "CJK UNIFIED IDEOGRAPH-4E0",
        "CJK UNIFIED IDEOGRAPH-0041",
        "CJK UNIFIED IDEOGRAPH-004E00",
        "KEYCAP DIGIT ONE",
        "TANGUT IDEOGRAPH-17000",
    };
    uint32_t c;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) CHECK(find(names[i]) == UINT32_MAX);
    CHECK(!unicode_names_find("BULLET\0", 7, &c));
    char long_name[4096];
    memset(long_name, 'A', sizeof long_name);
    CHECK(!unicode_names_find(long_name, sizeof long_name, &c));
}

static void test_names(void) {
    char name[UNICODE_NAME_SIZE];
    CHECK(unicode_names_of(0x2603, name));
    CHECK_TEXT(name, "SNOWMAN");
    CHECK(unicode_names_of(0x1FAE8, name));
    CHECK_TEXT(name, "SHAKING FACE");
    CHECK(unicode_names_of(0x31350, name));
    CHECK_TEXT(name, "CJK UNIFIED IDEOGRAPH-31350");
    CHECK(unicode_names_of(0xAC00, name));
    CHECK_TEXT(name, "HANGUL SYLLABLE GA");
    CHECK(!unicode_names_of('\n', name)); // an alias is no name
    CHECK(!unicode_names_of(0xD800, name));
    CHECK(!unicode_names_of(0x10FFFF, name));
    unsigned count = 0;
    for (uint32_t c = 0; c < 0x110000; c++) {
        if (!unicode_names_of(c, name)) continue;
        count++;
        if (find(name) != c) CHECK_TEXT(name, "a name that is found again");
    }
    CHECK(count == 143041); // as unicodedata.name has
}

int main(void) {
    test_find();
    test_unknown();
    test_names();
    return harness_finish();
}
