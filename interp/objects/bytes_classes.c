// bytes_classes.c — methods of bytes and bytearray about classes of characters: only ASCII counts.
#include "objects/bytes_internal.h"
#include "runtime/errors.h"

static bool is_upper(unsigned char c) { return c >= 'A' && c <= 'Z'; }
static bool is_lower(unsigned char c) { return c >= 'a' && c <= 'z'; }
static bool is_alpha(unsigned char c) { return is_upper(c) || is_lower(c); }
static bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }
static bool is_alnum(unsigned char c) { return is_alpha(c) || is_digit(c); }
static unsigned char to_upper(unsigned char c) { return is_lower(c) ? c - 32 : c; }
static unsigned char to_lower(unsigned char c) { return is_upper(c) ? c + 32 : c; }

// Case mapping

typedef struct {
    size_t index;
    bool after_letter;
} Context;
typedef unsigned char MapFunction(unsigned char c, const Context *context);

static Value map(Thread *thread, Value self, MapFunction *function) {
    const unsigned char *data;
    size_t size;
    bytes_view(self, &data, &size);
    Value result = bytes_new_like(thread, self, NULL, size);
    if (value_is_error(result)) return result;
    unsigned char *to = bytes_storage(result);
    Context context = {0, false};
    for (; context.index < size; context.index++) {
        unsigned char c = data[context.index];
        to[context.index] = function(c, &context);
        context.after_letter = is_alpha(c);
    }
    return result;
}

static unsigned char map_lower(unsigned char c, const Context *context) {
    (void)context;
    return to_lower(c);
}

static unsigned char map_upper(unsigned char c, const Context *context) {
    (void)context;
    return to_upper(c);
}

static unsigned char map_capital(unsigned char c, const Context *context) {
    return context->index == 0 ? to_upper(c) : to_lower(c);
}

static unsigned char map_title(unsigned char c, const Context *context) {
    return context->after_letter ? to_lower(c) : to_upper(c);
}

static unsigned char map_swapped(unsigned char c, const Context *context) {
    (void)context;
    return is_lower(c) ? to_upper(c) : to_lower(c);
}

#define MAPPING(name, function)                                                                    \
    Value name(Thread *thread, Value *args, int count) {                                           \
        (void)count;                                                                               \
        return map(thread, args[0], function);                                                     \
    }
MAPPING(bytes_py_lower, map_lower)
MAPPING(bytes_py_upper, map_upper)
MAPPING(bytes_py_capitalize, map_capital)
MAPPING(bytes_py_title, map_title)
MAPPING(bytes_py_swapcase, map_swapped)
#undef MAPPING

// Tests

typedef bool ClassFunction(unsigned char c);

static Value test_all(Value self, ClassFunction *function) {
    const unsigned char *data;
    size_t size;
    bytes_view(self, &data, &size);
    for (size_t i = 0; i < size; i++)
        if (!function(data[i])) return VALUE_FALSE;
    return value_from_bool(size > 0);
}

#define TEST(name, function)                                                                       \
    Value name(Thread *thread, Value *args, int count) {                                           \
        (void)thread, (void)count;                                                                 \
        return test_all(args[0], function);                                                        \
    }
TEST(bytes_py_isalnum, is_alnum)
TEST(bytes_py_isalpha, is_alpha)
TEST(bytes_py_isdigit, is_digit)
TEST(bytes_py_isspace, bytes_is_space)
#undef TEST

Value bytes_py_isascii(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    const unsigned char *data;
    size_t size;
    bytes_view(args[0], &data, &size);
    for (size_t i = 0; i < size; i++)
        if (data[i] >= 0x80) return VALUE_FALSE;
    return VALUE_TRUE;
}

static Value test_case(Value self, ClassFunction *wanted, ClassFunction *other) {
    const unsigned char *data;
    size_t size;
    bytes_view(self, &data, &size);
    bool found = false;
    for (size_t i = 0; i < size; i++) {
        if (other(data[i])) return VALUE_FALSE;
        found = found || wanted(data[i]);
    }
    return value_from_bool(found);
}

Value bytes_py_islower(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    return test_case(args[0], is_lower, is_upper);
}

Value bytes_py_isupper(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    return test_case(args[0], is_upper, is_lower);
}

Value bytes_py_istitle(Thread *thread, Value *args, int count) {
    (void)thread, (void)count;
    const unsigned char *data;
    size_t size;
    bytes_view(args[0], &data, &size);
    bool found = false, after_letter = false;
    for (size_t i = 0; i < size; i++) {
        bool upper = is_upper(data[i]), lower = is_lower(data[i]);
        if ((upper && after_letter) || (lower && !after_letter)) return VALUE_FALSE;
        after_letter = upper || lower;
        found = found || after_letter;
    }
    return value_from_bool(found);
}
