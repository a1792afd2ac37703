// str_methods_case.c — methods of str about classes of characters: case mapping and the is...
// tests.
//
// ASCII text is mapped byte by byte; other text goes through Unicode's full mappings, which may
// turn one character into three.
#include "base/unicode.h"
#include "objects/str_internal.h"

// Case mapping

typedef unsigned MapFunction(uint32_t c, uint32_t mapped[UNICODE_MAX_EXPANSION]);

static bool append_mapped(StrBuilder *builder, const uint32_t *mapped, unsigned count) {
    for (unsigned i = 0; i < count; i++)
        if (!str_builder_append_character(builder, mapped[i])) return false;
    return true;
}

// Lower case in its context: a capital sigma at the end of a word has a form of its own.
static bool append_lower(StrBuilder *builder, const Str *str, size_t index) {
    uint32_t c = str_at(str, index), mapped[UNICODE_MAX_EXPANSION];
    if (c == 0x3A3) {
        mapped[0] = unicode_lower_sigma(str_data(str), str_kind(str), str->length, index);
        return append_mapped(builder, mapped, 1);
    }
    return append_mapped(builder, mapped, unicode_full_lower(c, mapped));
}

static bool append_by(StrBuilder *builder, const Str *str, size_t index, MapFunction *map) {
    uint32_t mapped[UNICODE_MAX_EXPANSION];
    return append_mapped(builder, mapped, map(str_at(str, index), mapped));
}

static char ascii_upper(char c) { return c >= 'a' && c <= 'z' ? (char)(c - 32) : c; }
static char ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static bool ascii_is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// A copy to be changed in place; empty and one-character results are shared by finish_ascii.
static Str *copy_ascii(Thread *thread, const Str *str) {
    Str *copy = str_new(thread, str->length, 0x7F);
    if (copy) memcpy(str_data(copy), str_data(str), str->length);
    return copy;
}

static Value finish_ascii(Thread *thread, Str *str) {
    if (str->length == 0) return NAMES(thread)->empty;
    if (str->length == 1) return str_from_character(thread, str_at(str, 0));
    return value_from_object(str);
}

static Value map_ascii(Thread *thread, const Str *str, bool upper) {
    Str *copy = str_new(thread, str->length, 0x7F);
    if (!copy) return VALUE_ERROR;
    const char *from = str_data(str);
    char *to = str_data(copy);
    if (upper)
        for (size_t i = 0; i < str->length; i++) to[i] = ascii_upper(from[i]);
    else
        for (size_t i = 0; i < str->length; i++) to[i] = ascii_lower(from[i]);
    return finish_ascii(thread, copy);
}

Value str_py_lower(Thread *thread, Value *args, int count) {
    (void)count;
    Str *str = value_as_str(args[0]);
    if (str_is_ascii(str)) return map_ascii(thread, str, false);
    StrBuilder builder;
    str_builder_start(&builder, thread);
    for (size_t i = 0; i < str->length; i++)
        if (!append_lower(&builder, str, i)) return VALUE_ERROR;
    return str_builder_finish(&builder);
}

static Value map_all(Thread *thread, const Str *str, MapFunction *map) {
    StrBuilder builder;
    str_builder_start(&builder, thread);
    for (size_t i = 0; i < str->length; i++)
        if (!append_by(&builder, str, i, map)) return VALUE_ERROR;
    return str_builder_finish(&builder);
}

Value str_py_upper(Thread *thread, Value *args, int count) {
    (void)count;
    Str *str = value_as_str(args[0]);
    return str_is_ascii(str) ? map_ascii(thread, str, true)
                             : map_all(thread, str, unicode_full_upper);
}

Value str_py_casefold(Thread *thread, Value *args, int count) {
    (void)count;
    Str *str = value_as_str(args[0]);
    return str_is_ascii(str) ? map_ascii(thread, str, false)
                             : map_all(thread, str, unicode_full_casefold);
}

Value str_py_capitalize(Thread *thread, Value *args, int count) {
    (void)count;
    Str *str = value_as_str(args[0]);
    if (str_is_ascii(str)) {
        Str *copy = copy_ascii(thread, str);
        if (!copy) return VALUE_ERROR;
        char *data = str_data(copy);
        for (size_t i = 0; i < copy->length; i++)
            data[i] = i == 0 ? ascii_upper(data[i]) : ascii_lower(data[i]);
        return finish_ascii(thread, copy);
    }
    StrBuilder builder;
    str_builder_start(&builder, thread);
    for (size_t i = 0; i < str->length; i++)
        if (i == 0 ? !append_by(&builder, str, i, unicode_full_title)
                   : !append_lower(&builder, str, i))
            return VALUE_ERROR;
    return str_builder_finish(&builder);
}

Value str_py_title(Thread *thread, Value *args, int count) {
    (void)count;
    Str *str = value_as_str(args[0]);
    bool after_cased = false;
    if (str_is_ascii(str)) {
        Str *copy = copy_ascii(thread, str);
        if (!copy) return VALUE_ERROR;
        char *data = str_data(copy);
        for (size_t i = 0; i < copy->length; i++) {
            bool cased = ascii_is_letter(data[i]);
            data[i] = after_cased ? ascii_lower(data[i]) : ascii_upper(data[i]);
            after_cased = cased;
        }
        return finish_ascii(thread, copy);
    }
    StrBuilder builder;
    str_builder_start(&builder, thread);
    for (size_t i = 0; i < str->length; i++) {
        if (after_cased ? !append_lower(&builder, str, i)
                        : !append_by(&builder, str, i, unicode_full_title))
            return VALUE_ERROR;
        after_cased = unicode_has(str_at(str, i), UNICODE_CASED);
    }
    return str_builder_finish(&builder);
}

Value str_py_swapcase(Thread *thread, Value *args, int count) {
    (void)count;
    Str *str = value_as_str(args[0]);
    if (str_is_ascii(str)) {
        Str *copy = copy_ascii(thread, str);
        if (!copy) return VALUE_ERROR;
        char *data = str_data(copy);
        for (size_t i = 0; i < copy->length; i++)
            if (ascii_is_letter(data[i])) data[i] ^= 32;
        return finish_ascii(thread, copy);
    }
    StrBuilder builder;
    str_builder_start(&builder, thread);
    for (size_t i = 0; i < str->length; i++) {
        uint32_t c = str_at(str, i);
        bool good = unicode_is_upper(c)   ? append_lower(&builder, str, i)
                    : unicode_is_lower(c) ? append_by(&builder, str, i, unicode_full_upper)
                                          : str_builder_append_character(&builder, c);
        if (!good) return VALUE_ERROR;
    }
    return str_builder_finish(&builder);
}

// Tests

// Not empty, and every character has one of the classes.
static Value test_all(Value self, unsigned classes) {
    Str *str = value_as_str(self);
    for (size_t i = 0; i < str->length; i++)
        if (!unicode_has(str_at(str, i), classes)) return VALUE_FALSE;
    return value_from_bool(str->length > 0);
}

#define TEST(name, classes)                                                                        \
    Value name(Thread *thread, Value *args, int count) {                                           \
        (void)thread, (void)count;                                                                 \
        return test_all(args[0], classes);                                                         \
    }
TEST(str_py_isalnum, UNICODE_ALPHA | UNICODE_DECIMAL | UNICODE_DIGIT | UNICODE_NUMERIC)
TEST(str_py_isalpha, UNICODE_ALPHA)
TEST(str_py_isdecimal, UNICODE_DECIMAL)
TEST(str_py_isdigit, UNICODE_DIGIT)
TEST(str_py_isnumeric, UNICODE_NUMERIC)
TEST(str_py_isspace, UNICODE_SPACE)
#undef TEST

Value str_py_isprintable(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    if (value_as_str(args[0])->length == 0) return VALUE_TRUE;
    return test_all(args[0], UNICODE_PRINTABLE);
}

Value str_py_isascii(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    return value_from_bool(str_is_ascii(value_as_str(args[0])));
}

Value str_py_isidentifier(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    Str *str = value_as_str(args[0]);
    return value_from_bool(unicode_is_identifier(str_data(str), str_kind(str), str->length));
}

// At least one character of the wanted class and none of the others.
static Value test_case(Value self, unsigned wanted, unsigned others) {
    Str *str = value_as_str(self);
    bool found = false;
    for (size_t i = 0; i < str->length; i++) {
        uint32_t c = str_at(str, i);
        if (unicode_has(c, others)) return VALUE_FALSE;
        found = found || unicode_has(c, wanted);
    }
    return value_from_bool(found);
}

Value str_py_islower(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    return test_case(args[0], UNICODE_LOWER, UNICODE_UPPER | UNICODE_TITLE);
}

Value str_py_isupper(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    return test_case(args[0], UNICODE_UPPER, UNICODE_LOWER | UNICODE_TITLE);
}

Value str_py_istitle(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    Str *str = value_as_str(args[0]);
    bool found = false, after_cased = false;
    for (size_t i = 0; i < str->length; i++) {
        uint32_t c = str_at(str, i);
        bool starts = unicode_has(c, UNICODE_UPPER | UNICODE_TITLE);
        bool follows = !starts && unicode_is_lower(c);
        if ((starts && after_cased) || (follows && !after_cased)) return VALUE_FALSE;
        after_cased = starts || follows;
        found = found || after_cased;
    }
    return value_from_bool(found);
}
