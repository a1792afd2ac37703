// str.h — Unicode text: 1, 2 or 4 bytes a character, the narrowest that holds every character.
//
// header.kind is 1, 2 or 4. header.data has the STR_* bits. The characters follow in the block,
// with a zero one behind the last. Reach them through str_data only: a later layout may keep them
// in a shared buffer. Lone surrogates are allowed, as in Python.
#pragma once
#include "runtime/thread.h"

typedef struct {
    Object header;
    uint64_t length; // characters
    int64_t hash;    // 0: not yet computed
    unsigned char data[];
} Str;
enum {
    STR_ASCII = 1,
    STR_INTERNED = 2,
    STR_CACHED = 4, // interned: an inline cache has looked for an attribute of that name
};

extern Type str_type;
ALWAYS_INLINE bool value_is_str_exact(Value value) { return value_has_shape(value, SHAPE_str); }
ALWAYS_INLINE bool value_is_str(Value value) {
    return value_is_str_exact(value) || value_has_flag(value, TYPE_STR_SUBCLASS);
}
ALWAYS_INLINE Str *value_as_str(Value value) {
    ASSERT(value_is_str(value));
    return (Str *)value_as_object(value);
}
ALWAYS_INLINE unsigned str_kind(const Str *str) { return str->header.kind; }
ALWAYS_INLINE bool str_is_ascii(const Str *str) { return str->header.data & STR_ASCII; }
ALWAYS_INLINE bool str_is_interned(const Str *str) { return str->header.data & STR_INTERNED; }
ALWAYS_INLINE void *str_data(const Str *str) { return (void *)str->data; }
ALWAYS_INLINE uint32_t str_at(const Str *str, size_t index) {
    ASSERT(index < str->length);
    switch (str_kind(str)) {
    case 1: return ((const uint8_t *)str_data(str))[index];
    case 2: return ((const uint16_t *)str_data(str))[index];
    default: return ((const uint32_t *)str_data(str))[index];
    }
}

// A str of `length` characters up to `max_char`, to be filled by the caller; NULL: MemoryError.
RAISES Str *str_new(Thread *thread, size_t length, uint32_t max_char);
// From UTF-8 that is known to be valid (surrogates in WTF-8 form are passed).
RAISES Value str_from_utf8(Thread *thread, const char *bytes, size_t size);
RAISES Value str_from_c(Thread *thread, const char *text);           // zero-terminated UTF-8
RAISES Value str_from_character(Thread *thread, uint32_t character); // Latin-1 ones are shared
RAISES Value str_from_kind(Thread *thread, unsigned kind, const void *data,
                           size_t length); // narrows
// Decodes untrusted UTF-8; errors is "strict", "replace", "ignore", "surrogateescape", ...
RAISES Value str_decode_utf8(Thread *thread, const char *bytes, size_t size, const char *errors);
// The text as zero-terminated UTF-8 in a bytes object that lives as long as it is referred to from
// the stack. NULL with UnicodeEncodeError for lone surrogates.
RAISES const char *str_as_utf8(Thread *thread, Value str, size_t *size);
// The same with surrogates passed, never failing but for memory (messages, file names).
RAISES const char *str_as_utf8_lossy(Thread *thread, Value str, size_t *size);
// The one interned str of that text. Interned strs may be compared by value_same.
RAISES Value str_intern(Thread *thread, Value str);
RAISES Value str_intern_c(Thread *thread, const char *text);
// The same from UTF-8 that is known to be valid; ASCII text makes no str where there is one.
RAISES Value str_intern_utf8(Thread *thread, const char *bytes, size_t size);
int64_t str_hash(Thread *thread, Str *str); // SipHash-1-3; cached
bool str_equal(const Str *a, const Str *b);
int str_compare(const Str *a, const Str *b); // -1 0 1 by code points
bool str_equals_c(const Str *str, const char *ascii);
RAISES Value str_concatenate(Thread *thread, Value a, Value b);
RAISES Value str_substring(Thread *thread, Value str, size_t start, size_t end);
RAISES Value str_join(Thread *thread, Value separator, const Value *items,
                      size_t count); // items are strs (TypeError otherwise)
// Index of needle in [start, end) or -1.
ssize_t str_find(const Str *str, const Str *needle, size_t start, size_t end);
// `format % args`
RAISES Value str_percent_format(Thread *thread, Value format, Value args) RUNS_PYTHON;
// str.__format__ for the numbers of int.c and float.c: see format_spec.h.

// Grows a text piece by piece; the buffer is found by the conservative scan, so keep the builder
// on the C stack.
typedef struct {
    Thread *thread;
    Str *str; // capacity = its block; narrower than needed until widened
    size_t length, capacity;
    uint32_t max_char;
} StrBuilder;
void str_builder_start(StrBuilder *builder, Thread *thread);
RAISES bool str_builder_append(StrBuilder *builder, Value str);
RAISES bool str_builder_append_range(StrBuilder *builder, const Str *str, size_t start, size_t end);
RAISES bool str_builder_append_character(StrBuilder *builder, uint32_t character);
RAISES bool str_builder_append_ascii(StrBuilder *builder, const char *text, size_t size);
RAISES Value str_builder_finish(StrBuilder *builder);
