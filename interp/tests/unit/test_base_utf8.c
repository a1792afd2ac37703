// test_base_utf8.c — valid and invalid UTF-8, with the ranges and reasons that CPython reports.
#include "base/utf8.h"

#include "tests/unit/harness.h"

#define SIZED(text) text, sizeof(text) - 1

static void check_invalid(const char *text, size_t length, size_t start, size_t end,
                          const char *reason) {
    Utf8Summary summary;
    Utf8Error error = {0};
    CHECK(!utf8_scan(text, length, UTF8_STRICT, &summary, &error));
    CHECK(error.start == start && error.end == end);
    CHECK_TEXT(error.reason, reason);
}

static void test_invalid(void) {
    check_invalid(SIZED("\x80"), 0, 1, "invalid start byte");
    check_invalid(SIZED("abc\xFF"), 3, 4, "invalid start byte");
    check_invalid(SIZED("12345678\xC0\x80"), 8, 9, "invalid start byte");
    check_invalid(SIZED("\xF5\x80\x80\x80"), 0, 1, "invalid start byte");
    check_invalid(SIZED("a\xC3"), 1, 2, "unexpected end of data");
    check_invalid(SIZED("a\xE2\x82"), 1, 3, "unexpected end of data");
    check_invalid(SIZED("a\xF0\x9F\x98"), 1, 4, "unexpected end of data");
    check_invalid(SIZED("\xC3z"), 0, 1, "invalid continuation byte");
    check_invalid(SIZED("\xE2\x82z"), 0, 2, "invalid continuation byte");
    check_invalid(SIZED("\xE0\x80\x80"), 0, 1, "invalid continuation byte");
    check_invalid(SIZED("\xED\xA0\x80"), 0, 1, "invalid continuation byte");
    check_invalid(SIZED("\xF0\x8F\xBF\xBF"), 0, 1, "invalid continuation byte");
    check_invalid(SIZED("\xF4\x90\x80\x80"), 0, 1, "invalid continuation byte");
}

static void check_valid(const char *text, size_t length, size_t characters, unsigned width) {
    Utf8Summary summary;
    CHECK(utf8_scan(text, length, UTF8_PASS_SURROGATES, &summary, NULL));
    CHECK(summary.characters == characters);
    CHECK(summary.width == width);
    CHECK(summary.ascii == (characters == length));
    CHECK(utf8_count(text, length) == characters);
    for (unsigned wider = width; wider <= 4; wider *= 2) {
        uint32_t decoded[64];
        char encoded[256];
        utf8_decode(text, length, decoded, wider);
        CHECK(utf8_encoded_size(decoded, wider, characters) == length);
        CHECK(utf8_encode(decoded, wider, characters, UTF8_PASS_SURROGATES, encoded) == characters);
        CHECK(memcmp(encoded, text, length) == 0);
    }
}

static void test_valid(void) {
    check_valid(SIZED(""), 0, 1);
    check_valid(SIZED("plain text of more than eight bytes"), 35, 1);
    check_valid(SIZED("h\xC3\xA9llo, w\xC3\xB6rld"), 12, 1);
    check_valid(SIZED("\xE2\x82\xAC is the euro sign"), 18, 2);
    check_valid(SIZED("\xF0\x9F\x98\x80\xF4\x8F\xBF\xBF"), 2, 4);
    check_valid(SIZED("surrogate \xED\xA0\x80"), 11, 2);
}

static void test_surrogates(void) {
    uint16_t characters[] = {'a', 0xD800, 'b'};
    char bytes[8];
    CHECK(utf8_find_surrogate(characters, 2, 3) == 1);
    CHECK(utf8_encode(characters, 2, 3, UTF8_STRICT, bytes) == 1);
    CHECK(utf8_encode(characters, 2, 3, UTF8_PASS_SURROGATES, bytes) == 3);
    CHECK(memcmp(bytes,
                 "a\xED\xA0\x80"
                 "b",
                 5) == 0);
}

static void test_code_points(void) {
    static const uint32_t edges[] = {0,      0x7F,   0x80,   0x7FF,   0x800,
                                     0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        char bytes[UTF8_MAX_BYTES];
        unsigned size = utf8_encode_one(edges[i], bytes);
        uint32_t decoded;
        CHECK(size == utf8_size_of(edges[i]));
        CHECK(utf8_decode_checked(bytes, size, UTF8_STRICT, &decoded) == size);
        CHECK(decoded == edges[i]);
        const char *cursor = bytes;
        CHECK(utf8_decode_one(&cursor) == edges[i] && cursor == bytes + size);
        CHECK(size == 1 || utf8_decode_checked(bytes, size - 1, UTF8_STRICT, &decoded) == 0);
    }
}

static void test_widths(void) {
    uint8_t narrow[] = {'a', 0xE9};
    uint32_t wide[2];
    uint16_t middle[2];
    utf8_convert(narrow, 1, wide, 4, 2);
    utf8_convert(wide, 4, middle, 2, 2);
    CHECK(wide[1] == 0xE9 && middle[0] == 'a' && middle[1] == 0xE9);
    CHECK(utf8_bound_of(narrow, 1, 1) == 0x7F);
    CHECK(utf8_bound_of(middle, 2, 2) == 0xFF);
    wide[0] = 0x20AC;
    CHECK(utf8_bound_of(wide, 4, 2) == 0xFFFF);
    wide[0] = 0x1F600;
    CHECK(utf8_bound_of(wide, 4, 2) == 0x10FFFF);
    CHECK(utf8_is_ascii("0123456789", 10) && !utf8_is_ascii("012345678\x80", 10));
}

int main(void) {
    test_invalid();
    test_valid();
    test_surrogates();
    test_code_points();
    test_widths();
    return harness_finish();
}
