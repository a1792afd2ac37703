// memoryview_items.c — the items of a memoryview: one C value each, in native size and order, as
// the module struct writes them.
#include "objects/float.h"
#include "objects/int.h"
#include "objects/memoryview.h"
#include "runtime/protocols.h"
#include <string.h>

// How one format character is stored.
typedef struct {
    char code;
    uint8_t size;
    enum { ITEM_SIGNED, ITEM_UNSIGNED, ITEM_BOOL, ITEM_FLOAT, ITEM_BYTE } kind;
} ItemFormat;

static const ItemFormat formats[] = {
    {'B', 1, ITEM_UNSIGNED},
    {'b', 1, ITEM_SIGNED},
    {'c', 1, ITEM_BYTE},
    {'?', sizeof(bool), ITEM_BOOL},
    {'h', sizeof(short), ITEM_SIGNED},
    {'H', sizeof(short), ITEM_UNSIGNED},
    {'i', sizeof(int), ITEM_SIGNED},
    {'I', sizeof(int), ITEM_UNSIGNED},
    {'l', sizeof(long), ITEM_SIGNED},
    {'L', sizeof(long), ITEM_UNSIGNED},
    {'q', sizeof(long long), ITEM_SIGNED},
    {'Q', sizeof(long long), ITEM_UNSIGNED},
    {'n', sizeof(ssize_t), ITEM_SIGNED},
    {'N', sizeof(size_t), ITEM_UNSIGNED},
    {'P', sizeof(void *), ITEM_UNSIGNED},
    {'f', sizeof(float), ITEM_FLOAT},
    {'d', sizeof(double), ITEM_FLOAT},
};

static const ItemFormat *find_format(const char *format) {
    if (*format == '@') format++;
    if (!format[0] || format[1]) return NULL;
    for (size_t i = 0; i < COUNT_OF(formats); i++)
        if (formats[i].code == *format) return &formats[i];
    return NULL;
}

size_t memoryview_item_size(const char *format) {
    const ItemFormat *found = find_format(format);
    return found ? found->size : 0;
}

static uint64_t read_unsigned(const unsigned char *item, size_t size) {
    uint8_t one;
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    switch (size) {
    case 1: memcpy(&one, item, 1); return one;
    case 2: memcpy(&two, item, 2); return two;
    case 4: memcpy(&four, item, 4); return four;
    default: memcpy(&eight, item, 8); return eight;
    }
}

static void write_unsigned(unsigned char *item, size_t size, uint64_t number) {
    const uint8_t one = (uint8_t)number;
    const uint16_t two = (uint16_t)number;
    const uint32_t four = (uint32_t)number;
    switch (size) {
    case 1: memcpy(item, &one, 1); break;
    case 2: memcpy(item, &two, 2); break;
    case 4: memcpy(item, &four, 4); break;
    default: memcpy(item, &number, 8);
    }
}

static double read_double(const unsigned char *item, size_t size) {
    float narrow;
    double wide;
    if (size == sizeof narrow) {
        memcpy(&narrow, item, sizeof narrow);
        return (double)narrow;
    }
    memcpy(&wide, item, sizeof wide);
    return wide;
}

Value memoryview_unpack(Thread *thread, const char *format, const unsigned char *item) {
    const ItemFormat *found = find_format(format);
    switch (found->kind) {
    case ITEM_SIGNED: {
        unsigned unused = 64 - 8u * found->size;
        return int_from_int64(thread,
                              (int64_t)(read_unsigned(item, found->size) << unused) >> unused);
    }
    case ITEM_UNSIGNED: return int_from_uint64(thread, read_unsigned(item, found->size));
    case ITEM_BOOL: return value_from_bool(*item != 0);
    case ITEM_FLOAT: return float_new(thread, read_double(item, found->size));
    case ITEM_BYTE: return bytes_new(thread, item, 1);
    }
    UNREACHABLE();
}

static bool fail(Thread *thread, Type *type, const char *what, const char *format) {
    raise_error(thread, type, "memoryview: invalid %s for format '%s'", what,
                *format == '@' ? format + 1 : format);
    return false;
}

static bool is_in_range(const ItemFormat *format, Value index, uint64_t *bits) {
    int64_t number;
    if (!int_as_int64(index, &number)) {
        return format->kind == ITEM_UNSIGNED && format->size == 8 && int_as_uint64(index, bits);
    }
    *bits = (uint64_t)number;
    unsigned width = 8u * format->size;
    if (format->kind == ITEM_UNSIGNED)
        return number >= 0 && (width == 64 || (uint64_t)number >> width == 0);
    if (width == 64) return true;
    int64_t limit = INT64_C(1) << (width - 1);
    return number >= -limit && number < limit;
}

static bool pack_int(Thread *thread, const ItemFormat *found, const char *format,
                     unsigned char *item, Value value) {
    if (!object_has_index(value)) return fail(thread, &exception_TypeError, "type", format);
    Value index = object_index(thread, value);
    if (value_is_error(index)) return false;
    uint64_t bits;
    if (!is_in_range(found, index, &bits))
        return fail(thread, &exception_ValueError, "value", format);
    write_unsigned(item, found->size, bits);
    return true;
}

static bool pack_double(Thread *thread, const ItemFormat *found, const char *format,
                        unsigned char *item, Value value) {
    double number;
    if (!object_as_double(thread, value, &number)) {
        if (!error_clear_if(thread, &exception_TypeError)) return false;
        return fail(thread, &exception_TypeError, "type", format);
    }
    const float narrow = (float)number;
    if (found->size == sizeof narrow)
        memcpy(item, &narrow, sizeof narrow);
    else
        memcpy(item, &number, sizeof number);
    return true;
}

bool memoryview_pack(Thread *thread, const char *format, unsigned char *item, Value value) {
    const ItemFormat *found = find_format(format);
    int truth;
    switch (found->kind) {
    case ITEM_SIGNED:
    case ITEM_UNSIGNED: return pack_int(thread, found, format, item, value);
    case ITEM_FLOAT: return pack_double(thread, found, format, item, value);
    case ITEM_BOOL:
        truth = object_is_true(thread, value);
        if (truth >= 0) *item = (unsigned char)truth;
        return truth >= 0;
    case ITEM_BYTE:
        if (!value_is_bytes(value)) return fail(thread, &exception_TypeError, "type", format);
        if (value_as_bytes(value)->length != 1)
            return fail(thread, &exception_ValueError, "value", format);
        *item = value_as_bytes(value)->data[0];
        return true;
    }
    UNREACHABLE();
}
