// bytes.c — byte strings: making them, the constructor, the operators that bytes and bytearray
// share.
//
// Everything that only reads takes a view of the bytes, so one function serves both types; a result
// is of the type of its left operand.
#define _GNU_SOURCE // memmem, memrchr
#include "objects/bytes.h"
#include "base/hash.h"
#include "objects/bytes_internal.h"
#include "objects/containers.h"
#include "objects/int.h"
#include "objects/memoryview.h"
#include "objects/iterators.h"
#include "objects/native.h"
#include "objects/range.h"
#include "objects/text.h"
#include "runtime/protocols.h"
#include <string.h>

// Making

Value bytes_new(Thread *thread, const void *data, size_t size) {
    Bytes *bytes = NULL;
    if (size <= PTRDIFF_MAX - sizeof(Bytes) - 16)
        bytes = (Bytes *)heap_allocate(thread->heap, sizeof(Bytes) + size + 1, SHAPE_bytes);
    if (UNLIKELY(!bytes)) return raise_memory_error(thread);
    bytes->length = size;
    if (data && size) memcpy(bytes->data, data, size);
    return value_from_object(bytes);
}

Value bytes_new_like(Thread *thread, Value like, const void *data, size_t size) {
    return value_is_bytearray(like) ? bytearray_new(thread, data, size)
                                    : bytes_new(thread, data, size);
}

unsigned char *bytes_storage(Value value) {
    if (value_is_bytes(value)) return value_as_bytes(value)->data;
    Bytearray *array = value_as_bytearray(value);
    // No byte is written to an empty one, but the address may be handed to memcpy.
    return array->buffer ? array->buffer->bytes : (unsigned char *)array;
}

bool bytes_view(Value value, const unsigned char **data, size_t *size) {
    if (value_is_bytes(value)) {
        *data = value_as_bytes(value)->data;
        *size = value_as_bytes(value)->length;
        return true;
    }
    if (!value_is_bytearray(value))
        return value_is_memoryview(value) && memoryview_bytes(value, data, size);
    Bytearray *array = value_as_bytearray(value);
    *data = array->buffer ? array->buffer->bytes : (const unsigned char *)"";
    *size = array->length;
    return true;
}

int bytes_item(Thread *thread, Value value, const char *message) {
    int64_t number;
    Value index = object_index(thread, value);
    if (value_is_error(index)) return -1;
    if (int_as_int64(index, &number) && number >= 0 && number < 256) return (int)number;
    raise_value_error(thread, "%s", message);
    return -1;
}

// Collects items from an iterator, or from a list or tuple, in a buffer that grows.
typedef struct {
    Thread *thread;
    const char *message; // for an item out of range
    ByteBuffer *buffer;
    size_t count;
} Collector;

static bool collect(Collector *c, Value item) {
    int byte = bytes_item(c->thread, item, c->message);
    if (byte < 0) return false;
    if (!c->buffer || c->count == c->buffer->capacity) {
        ByteBuffer *larger = byte_buffer_new(c->thread, c->count * 2 + 32);
        if (!larger) return false;
        if (c->count) memcpy(larger->bytes, c->buffer->bytes, c->count);
        c->buffer = larger;
    }
    c->buffer->bytes[c->count++] = (unsigned char)byte;
    return true;
}

Value bytes_from_iterable(Thread *thread, Value iterable, const char *message) {
    Collector c = {thread, message, NULL, 0};
    if (sequence_is_plain(iterable)) {
        for (size_t i = 0;; i++) {
            size_t count;
            const Value *items = sequence_items(iterable, &count);
            if (i >= count) break;
            if (!collect(&c, items[i])) return VALUE_ERROR;
        }
    } else {
        Value iterator = object_iterate(thread, iterable);
        if (value_is_error(iterator)) return iterator;
        for (;;) {
            Value item = object_next(thread, iterator);
            if (value_is_error(item)) return item;
            if (value_is_absent(item)) break;
            if (!collect(&c, item)) return VALUE_ERROR;
        }
    }
    return bytes_new(thread, c.buffer ? c.buffer->bytes : NULL, c.count);
}

// What value.__bytes__() says, VALUE_ABSENT if there is none.
static Value ask_for_bytes(Thread *thread, Value value) {
    if (!value_is_object(value)) return VALUE_ABSENT;
    Value method = object_find_special(thread, value, NAMES(thread)->__bytes__);
    if (value_is_error(method) || value_is_absent(method)) return method;
    Value result = object_call0(thread, method);
    if (value_is_error(result) || value_is_bytes(result)) return result;
    return raise_type_error(thread, "__bytes__ returned non-bytes (type %T)", result);
}

static bool is_iterable(Value value) { return type_of(value)->iterate || type_of(value)->get_item; }

// The bytes that an object with __buffer__ exports; VALUE_ABSENT if it has none.
static Value from_exporter(Thread *thread, Value value) {
    if (!value_is_object(value)) return VALUE_ABSENT;
    Value function = object_find_special(thread, value, NAMES(thread)->__buffer__);
    if (value_is_error(function) || value_is_absent(function)) return function;
    Value view = memoryview_new(thread, value);
    Value bytes = value_is_error(view) ? view : memoryview_to_bytes(thread, view);
    return value_is_error(bytes) || !memoryview_release(thread, view) ? VALUE_ERROR : bytes;
}

// A buffer or an iterable; `kind` is what the message says.
static Value from_contents(Thread *thread, Value value, const char *kind) {
    const unsigned char *data;
    size_t size;
    if (value_is_bytes_exact(value)) return value;
    if (bytes_view(value, &data, &size)) return bytes_new(thread, data, size);
    if (value_is_memoryview(value))
        return memoryview_check(thread, value) ? memoryview_to_bytes(thread, value) : VALUE_ERROR;
    Value exported = from_exporter(thread, value);
    if (!value_is_absent(exported)) return exported;
    if (!value_is_str(value) && is_iterable(value))
        return bytes_from_iterable(thread, value, "bytes must be in range(0, 256)");
    return raise_type_error(thread, "cannot convert '%T' object to %s", value, kind);
}

Value bytes_from_object(Thread *thread, Value value) {
    if (value_is_bytes_exact(value)) return value;
    Value asked = ask_for_bytes(thread, value);
    return value_is_absent(asked) ? from_contents(thread, value, "bytes") : asked;
}

static Value from_text(Thread *thread, const char *kind, Value text, Value encoding, Value errors) {
    const char *encoding_text = NULL, *errors_text = "strict";
    if (!text_argument(thread, kind, "encoding", encoding, &encoding_text) ||
        !text_argument(thread, kind, "errors", errors, &errors_text))
        return VALUE_ERROR;
    if (!value_is_absent(text) && value_is_str(text)) {
        if (encoding_text) return str_encode(thread, text, encoding_text, errors_text);
        return raise_type_error(thread, "string argument without an encoding");
    }
    return raise_type_error(thread, encoding_text ? "encoding without a string argument"
                                                  : "errors without a string argument");
}

Value bytes_from_arguments(Thread *thread, Type *type, Value *args) {
    Value source = args[0];
    bool is_array = type_is_subtype(type, &bytearray_type);
    const char *kind = is_array ? "bytearray" : "bytes";
    if (!value_is_absent(args[1]) || !value_is_absent(args[2]))
        return from_text(thread, kind, source, args[1], args[2]);
    if (value_is_absent(source)) return bytes_new(thread, NULL, 0);
    if (value_is_str(source))
        return raise_type_error(thread, "string argument without an encoding");
    if (!is_array) {
        Value asked = ask_for_bytes(thread, source);
        if (!value_is_absent(asked)) return asked;
    }
    if (!object_has_index(source)) return from_contents(thread, source, kind);
    ssize_t size;
    if (!object_as_ssize(thread, source, &size)) {
        if (!is_iterable(source) || !error_clear_if(thread, &exception_TypeError))
            return VALUE_ERROR;
        return from_contents(thread, source, kind);
    }
    if (size < 0) return raise_value_error(thread, "negative count");
    return bytes_new(thread, NULL, (size_t)size);
}

static Value make(Thread *thread, Type *type, Value *args, int count, Value names) {
    Value bound[3];
    if (!arguments_bind(thread, "bytes", "source=b'', encoding='utf-8', errors='strict'", args,
                        count, names, bound))
        return VALUE_ERROR;
    Value plain = bytes_from_arguments(thread, type, bound);
    if (value_is_error(plain) || type == &bytes_type) return plain;
    Bytes *from = value_as_bytes(plain);
    Bytes *bytes = (Bytes *)type_allocate(thread, type, from->length + 1);
    if (!bytes) return VALUE_ERROR;
    bytes->length = from->length;
    memcpy(bytes->data, from->data, from->length);
    return value_from_object(bytes);
}

// repr

Value bytes_repr(Thread *thread, const unsigned char *bytes, size_t size, bool of_bytearray) {
    char quote = memchr(bytes, '\'', size) && !memchr(bytes, '"', size) ? '"' : '\'';
    StrBuilder builder;
    str_builder_start(&builder, thread);
    char start[2] = {'b', quote};
    if (!str_builder_append_ascii(&builder, start, 2)) return VALUE_ERROR;
    for (size_t i = 0; i < size; i++) {
        static const char digits[] = "0123456789abcdef";
        unsigned char c = bytes[i];
        char text[4] = {'\\', 'x', digits[c >> 4], digits[c & 15]};
        size_t length = 4;
        bool quoted = c == '\\' || c == quote || (of_bytearray && c == '\'');
        if (quoted || c == '\t' || c == '\n' || c == '\r') {
            text[1] = c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : (char)c;
            length = 2;
        } else if (c >= 0x20 && c < 0x7F) {
            text[0] = (char)c;
            length = 1;
        }
        if (!str_builder_append_ascii(&builder, text, length)) return VALUE_ERROR;
    }
    return str_builder_append_ascii(&builder, &quote, 1) ? str_builder_finish(&builder)
                                                         : VALUE_ERROR;
}

static Value repr(Thread *thread, Value self) {
    return bytes_repr(thread, value_as_bytes(self)->data, value_as_bytes(self)->length, false);
}

// Operators

static bool hash(Thread *thread, Value self, int64_t *result) {
    Bytes *bytes = value_as_bytes(self);
    if (!bytes->hash) {
        HashKey key;
        memcpy(&key, thread->runtime->hash_key, sizeof key);
        bytes->hash = hash_bytes(&key, bytes->data, bytes->length);
    }
    *result = bytes->hash;
    return true;
}

Value bytes_compare(Thread *thread, Value self, Value other, CompareOperator op) {
    (void)thread;
    const unsigned char *a, *b;
    size_t size, other_size;
    // A bytearray compares itself with any buffer, bytes only with bytes and bytearrays.
    if (value_is_bytes(self) && value_is_memoryview(other)) return VALUE_NOT_IMPLEMENTED;
    if (!bytes_view(self, &a, &size) || !bytes_view(other, &b, &other_size))
        return VALUE_NOT_IMPLEMENTED;
    if (op == COMPARE_EQ || op == COMPARE_NE) {
        bool equal = size == other_size && memcmp(a, b, size) == 0;
        return value_from_bool(equal == (op == COMPARE_EQ));
    }
    int order = memcmp(a, b, size < other_size ? size : other_size);
    if (order == 0) order = size < other_size ? -1 : size > other_size;
    return value_from_bool(op == COMPARE_LT   ? order < 0
                           : op == COMPARE_LE ? order <= 0
                           : op == COMPARE_GT ? order > 0
                                              : order >= 0);
}

ssize_t bytes_find(const unsigned char *text, size_t size, const unsigned char *needle,
                   size_t needle_size) {
    if (needle_size == 0) return 0;
    const unsigned char *found =
        needle_size == 1 ? memchr(text, needle[0], size) : memmem(text, size, needle, needle_size);
    return found ? found - text : -1;
}

ssize_t bytes_find_last(const unsigned char *text, size_t size, const unsigned char *needle,
                        size_t needle_size) {
    if (needle_size > size) return -1;
    for (size_t i = size - needle_size + 1; i-- > 0;)
        if (memcmp(text + i, needle, needle_size) == 0) return (ssize_t)i;
    return -1;
}

int bytes_contains(Thread *thread, Value self, Value item) {
    const unsigned char *text, *needle;
    size_t size, needle_size;
    if (object_has_index(item)) {
        int byte = bytes_item(thread, item, "byte must be in range(0, 256)");
        if (byte < 0) return -1;
        bytes_view(self, &text, &size);
        return memchr(text, byte, size) != NULL;
    }
    if (!bytes_view(item, &needle, &needle_size)) {
        raise_type_error(thread, "a bytes-like object is required, not '%T'", item);
        return -1;
    }
    bytes_view(self, &text, &size);
    return bytes_find(text, size, needle, needle_size) >= 0;
}

Value bytes_concatenate(Thread *thread, Value self, Value other) {
    const unsigned char *a, *b;
    size_t size, other_size;
    if (!bytes_view(self, &a, &size) || !bytes_view(other, &b, &other_size))
        return raise_type_error(thread, "can't concat %T to %T", other, self);
    if (other_size == 0 && value_is_bytes_exact(self)) return self;
    if (size == 0 && value_is_bytes(self) && value_is_bytes_exact(other)) return other;
    Value sum = bytes_new_like(thread, self, NULL, size + other_size);
    if (value_is_error(sum) || size + other_size == 0) return sum;
    memcpy(bytes_storage(sum), a, size);
    memcpy(bytes_storage(sum) + size, b, other_size);
    return sum;
}

Value bytes_repeat(Thread *thread, Value self, ssize_t count) {
    const unsigned char *data;
    size_t size;
    bytes_view(self, &data, &size);
    if (count <= 0 || size == 0) return bytes_new_like(thread, self, NULL, 0);
    if (count == 1 && value_is_bytes_exact(self)) return self;
    if ((size_t)count > (size_t)PTRDIFF_MAX / size)
        return value_is_bytes(self)
                   ? raise_error(thread, &exception_OverflowError, "repeated bytes are too long")
                   : raise_memory_error(thread);
    size_t total = size * (size_t)count;
    if (!heap_has_room(thread->heap, total)) return raise_memory_error(thread);
    Value product = bytes_new_like(thread, self, NULL, total);
    if (value_is_error(product)) return product;
    unsigned char *to = bytes_storage(product);
    if (size == 1) {
        memset(to, data[0], total);
        return product;
    }
    memcpy(to, data, size);
    for (size_t filled = size; filled < total;) {
        size_t more = filled < total - filled ? filled : total - filled;
        memcpy(to + filled, to, more);
        filled += more;
    }
    return product;
}

static Value get_slice(Thread *thread, Value self, Value slice) {
    const unsigned char *data;
    size_t size;
    ssize_t start, stop, step;
    if (!slice_unpack(thread, slice, &start, &stop, &step)) return VALUE_ERROR;
    bytes_view(self, &data, &size);
    ssize_t count = slice_adjust((ssize_t)size, &start, &stop, step);
    if (count == (ssize_t)size && step == 1 && value_is_bytes_exact(self)) return self;
    if (count == 0) return bytes_new_like(thread, self, NULL, 0);
    if (step == 1) return bytes_new_like(thread, self, data + start, (size_t)count);
    Value part = bytes_new_like(thread, self, NULL, (size_t)count);
    if (value_is_error(part)) return part;
    unsigned char *to = bytes_storage(part);
    for (ssize_t i = 0; i < count; i++) to[i] = data[start + i * step];
    return part;
}

Value bytes_get_item(Thread *thread, Value self, Value key) {
    if (value_has_shape(key, SHAPE_slice)) return get_slice(thread, self, key);
    bool is_bytes = value_is_bytes(self);
    if (!object_has_index(key))
        return raise_type_error(thread, "%s indices must be integers or slices, not %T",
                                is_bytes ? "byte" : "bytearray", key);
    ssize_t index;
    if (!object_as_index(thread, key, &index)) return VALUE_ERROR;
    const unsigned char *data;
    size_t size;
    bytes_view(self, &data, &size);
    if (index < 0) index += (ssize_t)size;
    if (index < 0 || (size_t)index >= size)
        return raise_error(thread, &exception_IndexError,
                           is_bytes ? "index out of range" : "bytearray index out of range");
    return value_from_fixnum(data[index]);
}

ssize_t bytes_length(Thread *thread, Value self) {
    (void)thread;
    const unsigned char *data;
    size_t size;
    bytes_view(self, &data, &size);
    return (ssize_t)size;
}

static Value take_remainder(Thread *thread, Value left, Value right) {
    if (!value_is_bytes(left)) return VALUE_NOT_IMPLEMENTED;
    return bytes_percent_format(thread, left, right);
}

static Value iterate(Thread *thread, Value self) {
    return sequence_iterator_new(thread, SHAPE_bytes_iterator, self);
}

Type bytes_type = {
    TYPE_STATIC_HEADER(bytes),
    .name = "bytes",
    .documentation =
        "bytes(iterable_of_ints) -> bytes\n"
        "bytes(string, encoding[, errors]) -> bytes\n"
        "bytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer\n"
        "bytes(int) -> bytes object of size given by the parameter initialized with null bytes\n"
        "bytes() -> empty bytes object\n\n"
        "Construct an immutable array of bytes from:\n"
        "  - an iterable yielding integers in range(256)\n"
        "  - a text string encoded using the specified encoding\n"
        "  - any object implementing the buffer API.\n"
        "  - an integer",
    .basic_size = sizeof(Bytes),
    .flags = TYPE_BASE,
    .methods = bytes_methods,
    .make = make,
    .repr = repr,
    .hash = hash,
    .compare = bytes_compare,
    .iterate = iterate,
    .length = bytes_length,
    .get_item = bytes_get_item,
    .contains = bytes_contains,
    .concatenate = bytes_concatenate,
    .repeat = bytes_repeat,
    .binary = {[BINARY_REMAINDER] = take_remainder},
};
