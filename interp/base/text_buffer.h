// text_buffer.h — a growable buffer of UTF-8 bytes, for text put together piece by piece.
//
// Invariants: after the first append, bytes[length] is NUL; when memory is short an append does
// nothing, returns false and sets `failed`, and every later append fails too, so that a writer may
// check once at its end.
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"

// A zeroed struct is an empty buffer: TextBuffer buffer = {0}.
typedef struct {
    char *bytes; // NULL before the first append
    size_t length;
    size_t capacity;
    bool failed;
} TextBuffer;

// Makes room for `more` bytes and a NUL behind the text.
bool text_buffer_grow(TextBuffer *buffer, size_t more); // where there may be none
static inline bool text_buffer_reserve(TextBuffer *buffer, size_t more) {
    return LIKELY(buffer->capacity - buffer->length > more && !buffer->failed) ||
           text_buffer_grow(buffer, more);
}

// Appends bytes, which must not lie in the buffer itself.
bool text_buffer_append(TextBuffer *buffer, const char *bytes, size_t length);

// Appends a text that ends with NUL.
bool text_buffer_append_text(TextBuffer *buffer, const char *text);

// Appends one byte.
static inline bool text_buffer_append_byte(TextBuffer *buffer, char byte) {
    if (!text_buffer_reserve(buffer, 1)) return false;
    buffer->bytes[buffer->length++] = byte;
    buffer->bytes[buffer->length] = '\0';
    return true;
}

// Appends the same byte `count` times.
bool text_buffer_append_fill(TextBuffer *buffer, char byte, size_t count);

// Appends a code point as UTF-8 (surrogates as three bytes).
bool text_buffer_append_code_point(TextBuffer *buffer, uint32_t code_point);

// Appends what printf would print.
bool text_buffer_append_format(TextBuffer *buffer, const char *format, ...) PRINTF_LIKE(2, 3);
bool text_buffer_append_arguments(TextBuffer *buffer, const char *format, va_list arguments)
    PRINTF_LIKE(2, 0);

// Drops all bytes behind the first `length`.
void text_buffer_truncate(TextBuffer *buffer, size_t length);

// The text so far, ended by NUL; "" when nothing was appended. Valid until the next append.
const char *text_buffer_text(const TextBuffer *buffer);

// Hands the bytes (a block of malloc, ended by NUL) to the caller and empties the buffer; NULL when
// the buffer failed or memory is short.
char *text_buffer_take(TextBuffer *buffer);

// Frees the bytes; the buffer is then as new.
void text_buffer_free(TextBuffer *buffer);
