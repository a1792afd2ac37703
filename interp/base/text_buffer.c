// text_buffer.c — a growable buffer of UTF-8 bytes.
#include "base/text_buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/utf8.h"

bool text_buffer_grow(TextBuffer *buffer, size_t more) {
    if (buffer->failed) return false;
    size_t limit = PTRDIFF_MAX - 1;
    if (more >= limit - buffer->length) {
        buffer->failed = true;
        return false;
    }
    size_t needed = buffer->length + more + 1;
    size_t capacity = buffer->capacity < 64 ? 64 : buffer->capacity + buffer->capacity / 2;
    if (capacity < needed) capacity = needed;
    char *bytes = realloc(buffer->bytes, capacity);
    if (bytes == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return true;
}

bool text_buffer_append(TextBuffer *buffer, const char *bytes, size_t length) {
    if (!text_buffer_reserve(buffer, length)) return false;
    if (length > 0) memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
    return true;
}

bool text_buffer_append_text(TextBuffer *buffer, const char *text) {
    return text_buffer_append(buffer, text, strlen(text));
}

bool text_buffer_append_fill(TextBuffer *buffer, char byte, size_t count) {
    if (!text_buffer_reserve(buffer, count)) return false;
    memset(buffer->bytes + buffer->length, byte, count);
    buffer->length += count;
    buffer->bytes[buffer->length] = '\0';
    return true;
}

bool text_buffer_append_code_point(TextBuffer *buffer, uint32_t code_point) {
    char bytes[UTF8_MAX_BYTES];
    return text_buffer_append(buffer, bytes, utf8_encode_one(code_point, bytes));
}

bool text_buffer_append_format(TextBuffer *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    bool appended = text_buffer_append_arguments(buffer, format, arguments);
    va_end(arguments);
    return appended;
}

bool text_buffer_append_arguments(TextBuffer *buffer, const char *format, va_list arguments) {
    if (!text_buffer_reserve(buffer, 0)) return false;
    va_list again;
    va_copy(again, arguments);
    size_t room = buffer->capacity - buffer->length;
    int length = vsnprintf(buffer->bytes + buffer->length, room, format, arguments);
    if (length >= 0 && (size_t)length >= room) {
        if (text_buffer_reserve(buffer, (size_t)length))
            vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, again);
        else
            length = -1;
    }
    va_end(again);
    if (length < 0) {
        if (buffer->bytes != NULL) buffer->bytes[buffer->length] = '\0';
        buffer->failed = true;
        return false;
    }
    buffer->length += (size_t)length;
    return true;
}

void text_buffer_truncate(TextBuffer *buffer, size_t length) {
    if (length >= buffer->length) return;
    buffer->length = length;
    buffer->bytes[length] = '\0';
}

const char *text_buffer_text(const TextBuffer *buffer) {
    return buffer->bytes == NULL || buffer->length == 0 ? "" : buffer->bytes;
}

char *text_buffer_take(TextBuffer *buffer) {
    if (!text_buffer_append(buffer, "", 0)) {
        text_buffer_free(buffer);
        return NULL;
    }
    char *bytes = buffer->bytes;
    *buffer = (TextBuffer){0};
    return bytes;
}

void text_buffer_free(TextBuffer *buffer) {
    free(buffer->bytes);
    *buffer = (TextBuffer){0};
}
