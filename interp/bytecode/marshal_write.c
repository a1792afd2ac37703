// marshal_write.c — marshal.dump: values to bytes.
//
// From version 3 on every object that has an identity is flagged and entered into a table of those
// written, so that its next appearance is a reference; CPython flags what has more than one
// reference at the moment, so both write streams that either reads. The members of sets are
// written in the order of their own bytes, which no hash seed changes.
#include "bytecode/marshal.h"

#include <stdlib.h>
#include <string.h>

#include "base/float_text.h"
#include "base/text_buffer.h"
#include "bytecode/code_internal.h"
#include "bytecode/marshal_internal.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"

typedef enum { WRITE_OK, WRITE_UNMARSHALLABLE, WRITE_TOO_DEEP, WRITE_NO_MEMORY } WriteStatus;

// What has been written and where on the list of references: open addressing, absent values are
// free entries.
typedef struct {
    Value value;
    uint32_t index;
} WrittenEntry;

typedef struct {
    Thread *thread;
    TextBuffer out;
    WriteStatus status;
    int version, depth;
    bool with_references;
    WrittenEntry *written;
    size_t written_count, written_mask;
} Writer;

static bool fail(Writer *writer, WriteStatus status) {
    if (writer->status == WRITE_OK) writer->status = status;
    return false;
}

static bool put_byte(Writer *writer, int byte) {
    return text_buffer_append_byte(&writer->out, (char)(unsigned char)byte) ||
           fail(writer, WRITE_NO_MEMORY);
}

static bool put_bytes(Writer *writer, const void *bytes, size_t size) {
    return text_buffer_append(&writer->out, bytes, size) || fail(writer, WRITE_NO_MEMORY);
}

static bool put_int32(Writer *writer, int32_t number) {
    uint32_t bits = (uint32_t)number;
    const unsigned char bytes[] = {(unsigned char)bits, (unsigned char)(bits >> 8),
                                   (unsigned char)(bits >> 16), (unsigned char)(bits >> 24)};
    return put_bytes(writer, bytes, sizeof bytes);
}

static bool put_size(Writer *writer, size_t size) {
    if (size > INT32_MAX) return fail(writer, WRITE_UNMARSHALLABLE);
    return put_int32(writer, (int32_t)size);
}

static bool put_sized(Writer *writer, const void *bytes, size_t size) {
    return put_size(writer, size) && put_bytes(writer, bytes, size);
}

static WrittenEntry *find_entry(const Writer *writer, Value value) {
    size_t place = (size_t)(value.bits * UINT64_C(0x9e3779b97f4a7c15) >> 20);
    for (;; place++) {
        WrittenEntry *entry = &writer->written[place & writer->written_mask];
        if (value_is_absent(entry->value) || value_same(entry->value, value)) return entry;
    }
}

static bool grow_written(Writer *writer) {
    enum { FIRST_CAPACITY = 64 };
    size_t old_capacity = writer->written ? writer->written_mask + 1 : 0;
    WrittenEntry *old = writer->written;
    size_t capacity = old ? old_capacity * 2 : FIRST_CAPACITY;
    WrittenEntry *entries = calloc(capacity, sizeof *entries);
    if (entries == NULL) return fail(writer, WRITE_NO_MEMORY);
    writer->written = entries;
    writer->written_mask = capacity - 1;
    for (size_t i = 0; i < old_capacity; i++)
        if (!value_is_absent(old[i].value)) *find_entry(writer, old[i].value) = old[i];
    free(old);
    return true;
}

// Writes a reference if the value has been written, else enters it: *flag is then what its type
// byte gets. False when nothing more is to be written (a reference, or no memory).
static bool enter(Writer *writer, Value value, int *flag) {
    *flag = 0;
    if (!writer->with_references) return true;
    if ((!writer->written || writer->written_count * 2 > writer->written_mask) &&
        !grow_written(writer))
        return false;
    WrittenEntry *entry = find_entry(writer, value);
    if (!value_is_absent(entry->value)) {
        if (put_byte(writer, MARSHAL_REFERENCE)) (void)put_int32(writer, (int32_t)entry->index);
        return false;
    }
    if (writer->written_count >= INT32_MAX) return fail(writer, WRITE_UNMARSHALLABLE);
    *entry = (WrittenEntry){value, (uint32_t)writer->written_count++};
    *flag = MARSHAL_FLAG;
    return true;
}

static void put_value(Writer *writer, Value value);

static void put_values(Writer *writer, const Value *items, size_t count) {
    for (size_t i = 0; i < count && writer->status == WRITE_OK; i++) put_value(writer, items[i]);
}

// Digits of 15 bits, the lowest first; the sign is that of their number.
static void put_long(Writer *writer, Value value, int flag) {
    uint64_t scratch;
    BigintView view = int_view(value, &scratch);
    uint64_t digits = (bigint_bit_length(view) + 14) / 15;
    if (digits > INT32_MAX) {
        fail(writer, WRITE_UNMARSHALLABLE);
        return;
    }
    int32_t count = (int32_t)digits;
    if (!put_byte(writer, MARSHAL_LONG | flag) ||
        !put_int32(writer, view.negative ? -count : count))
        return;
    for (uint64_t i = 0; i < digits; i++) {
        uint64_t bit = i * 15, limb = bit / 64, shift = bit % 64;
        uint64_t digit = view.limbs[limb] >> shift;
        if (shift > 64 - 15 && limb + 1 < view.count) digit |= view.limbs[limb + 1] << (64 - shift);
        if (!put_byte(writer, (int)(digit & 0xff)) || !put_byte(writer, (int)(digit >> 8 & 0x7f)))
            return;
    }
}

static void put_int(Writer *writer, Value value, int flag) {
    int64_t number;
    if (!int_as_int64(value, &number) || number < INT32_MIN || number > INT32_MAX)
        put_long(writer, value, flag);
    else if (put_byte(writer, MARSHAL_INT | flag))
        (void)put_int32(writer, (int32_t)number);
}

static void put_double(Writer *writer, double number) {
    if (writer->version > 1) {
        (void)put_bytes(writer, &number, sizeof number);
        return;
    }
    TextBuffer text = {0};
    if (!float_text_format(&text, number, 'g', FLOAT_TEXT_MAX_DIGITS, 0))
        fail(writer, WRITE_NO_MEMORY);
    else if (put_byte(writer, (int)text.length))
        (void)put_bytes(writer, text.bytes, text.length);
    text_buffer_free(&text);
}

static void put_str(Writer *writer, Value value, int flag) {
    const Str *str = value_as_str(value);
    bool interned = str_is_interned(str);
    if (writer->version >= 4 && str_is_ascii(str)) {
        bool is_short = str->length < 256;
        int type = is_short   ? interned ? MARSHAL_SHORT_ASCII_INTERNED : MARSHAL_SHORT_ASCII
                   : interned ? MARSHAL_ASCII_INTERNED
                              : MARSHAL_ASCII;
        if (put_byte(writer, type | flag) &&
            (is_short ? put_byte(writer, (int)str->length) : put_size(writer, str->length)))
            (void)put_bytes(writer, str_data(str), str->length);
        return;
    }
    size_t size;
    const char *utf8 = str_as_utf8_lossy(writer->thread, value, &size);
    if (utf8 == NULL) {
        error_clear(writer->thread);
        fail(writer, WRITE_NO_MEMORY);
        return;
    }
    int type = writer->version >= 3 && interned ? MARSHAL_INTERNED : MARSHAL_UNICODE;
    if (put_byte(writer, type | flag)) (void)put_sized(writer, utf8, size);
}

static void put_tuple(Writer *writer, const Tuple *tuple, int flag) {
    bool started =
        writer->version >= 4 && tuple->length < 256
            ? put_byte(writer, MARSHAL_SMALL_TUPLE | flag) && put_byte(writer, (int)tuple->length)
            : put_byte(writer, MARSHAL_TUPLE | flag) && put_size(writer, tuple->length);
    if (started) put_values(writer, tuple->items, tuple->length);
}

static void put_list(Writer *writer, const List *list, int flag) {
    if (put_byte(writer, MARSHAL_LIST | flag) && put_size(writer, list->length))
        put_values(writer, list->items ? list->items->items : NULL, list->length);
}

static void put_dict(Writer *writer, const Dict *dict, int flag) {
    size_t position = 0;
    Value key, value;
    if (!put_byte(writer, MARSHAL_DICT | flag)) return;
    while (writer->status == WRITE_OK && dict_next(dict, &position, &key, &value)) {
        put_value(writer, key);
        put_value(writer, value);
    }
    (void)put_byte(writer, MARSHAL_NULL);
}

// A member of a set and the bytes that say where it comes.
typedef struct {
    Value value;
    const char *key;
    size_t start, size; // of the key, in the buffer of all of them
} Member;

static int compare_members(const void *a, const void *b) {
    const Member *x = a, *y = b;
    int order = memcmp(x->key, y->key, x->size < y->size ? x->size : y->size);
    return order ? order : (x->size > y->size) - (x->size < y->size);
}

// The bytes of the members, each written alone, one behind the other in `keys`; sorted by them.
static bool sort_members(Writer *writer, const Set *set, Member *members, TextBuffer *keys) {
    Writer alone = {.thread = writer->thread, .version = writer->version, .depth = writer->depth};
    size_t position = 0, count = 0;
    Value item;
    while (alone.status == WRITE_OK && set_next(set, &position, &item)) {
        members[count] = (Member){.value = item, .start = alone.out.length};
        put_value(&alone, item);
        members[count].size = alone.out.length - members[count].start;
        count++;
    }
    *keys = alone.out;
    if (alone.status != WRITE_OK) return fail(writer, alone.status);
    for (size_t i = 0; i < count; i++) members[i].key = keys->bytes + members[i].start;
    qsort(members, count, sizeof *members, compare_members);
    return true;
}

static void put_set(Writer *writer, Value value, int flag) {
    const Set *set = value_as_set(value);
    int type = value_has_shape(value, SHAPE_frozenset) ? MARSHAL_FROZENSET : MARSHAL_SET;
    if (!put_byte(writer, type | flag) || !put_size(writer, set->length)) return;
    Member *members = malloc((set->length + 1) * sizeof *members);
    TextBuffer keys = {0};
    if (members == NULL) {
        fail(writer, WRITE_NO_MEMORY);
    } else if (sort_members(writer, set, members, &keys)) {
        for (size_t i = 0; i < set->length && writer->status == WRITE_OK; i++) {
            const Member *member = &members[i];
            // Without references the bytes are those of the key.
            if (writer->with_references)
                put_value(writer, member->value);
            else
                (void)put_bytes(writer, member->key, member->size);
        }
    }
    text_buffer_free(&keys);
    free(members);
}

static void put_code(Writer *writer, const CodeObject *code, int flag) {
    const int32_t numbers[] = {code->co_argcount, code->co_posonlyargcount, code->co_kwonlyargcount,
                               code->co_stacksize, code->co_flags};
    const Value before[] = {code->co_code,
                            code->co_consts,
                            code->co_names,
                            code->co_localsplusnames,
                            code->co_localspluskinds,
                            code->co_filename,
                            code->co_name,
                            code->co_qualname};
    const Value after[] = {code->co_linetable, code->co_exceptiontable};
    if (!put_byte(writer, MARSHAL_CODE | flag)) return;
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        if (!put_int32(writer, numbers[i])) return;
    put_values(writer, before, COUNT_OF(before));
    if (!put_int32(writer, code->co_firstlineno)) return;
    put_values(writer, after, COUNT_OF(after));
}

static void put_complex(Writer *writer, const Complex *number, int flag) {
    if (!put_byte(writer, (writer->version > 1 ? MARSHAL_BINARY_COMPLEX : MARSHAL_COMPLEX) | flag))
        return;
    put_double(writer, number->real);
    put_double(writer, number->imaginary);
}

static void put_object(Writer *writer, Value value, int flag) {
    const unsigned char *bytes;
    size_t size;
    switch (value_as_object(value)->shape) {
    case SHAPE_complex: put_complex(writer, (const Complex *)value_as_object(value), flag); return;
    case SHAPE_str: put_str(writer, value, flag); return;
    case SHAPE_tuple: put_tuple(writer, value_as_tuple(value), flag); return;
    case SHAPE_list: put_list(writer, value_as_list(value), flag); return;
    case SHAPE_dict: put_dict(writer, value_as_dict(value), flag); return;
    case SHAPE_set:
    case SHAPE_frozenset: put_set(writer, value, flag); return;
    case SHAPE_code: put_code(writer, value_as_code(value), flag); return;
    default:
        if (!bytes_view(value, &bytes, &size))
            fail(writer, WRITE_UNMARSHALLABLE);
        else if (put_byte(writer, MARSHAL_STRING | flag))
            (void)put_sized(writer, bytes, size);
    }
}

static void put_number_or_object(Writer *writer, Value value) {
    int flag;
    if (!enter(writer, value, &flag)) return;
    if (value_is_int_exact(value)) {
        put_int(writer, value, flag);
    } else if (value_is_float_exact(value)) {
        if (put_byte(writer, (writer->version > 1 ? MARSHAL_BINARY_FLOAT : MARSHAL_FLOAT) | flag))
            put_double(writer, value_as_double(value));
    } else if (value_is_object(value)) {
        put_object(writer, value, flag);
    } else {
        fail(writer, WRITE_UNMARSHALLABLE); // NotImplemented
    }
}

static void put_value(Writer *writer, Value value) {
    static const struct {
        Value value;
        char type;
    } singletons[] = {
        {VALUE_NONE, MARSHAL_NONE},
        {VALUE_TRUE, MARSHAL_TRUE},
        {VALUE_FALSE, MARSHAL_FALSE},
        {VALUE_ELLIPSIS, MARSHAL_ELLIPSIS},
    };
    if (++writer->depth > MARSHAL_DEPTH_LIMIT || !stack_has_room(writer->thread)) {
        fail(writer, WRITE_TOO_DEEP);
        writer->depth--;
        return;
    }
    size_t i = 0;
    while (i < COUNT_OF(singletons) && !value_same(singletons[i].value, value)) i++;
    if (i < COUNT_OF(singletons))
        (void)put_byte(writer, singletons[i].type);
    else if (value_same(value, value_from_type(&exception_StopIteration)))
        (void)put_byte(writer, MARSHAL_STOP_ITERATION);
    else
        put_number_or_object(writer, value);
    writer->depth--;
}

Value marshal_dump(Thread *thread, Value value, int version) {
    Writer writer = {.thread = thread, .version = version, .with_references = version >= 3};
    put_value(&writer, value);
    free(writer.written);
    Value bytes = VALUE_ERROR;
    switch (writer.status) {
    case WRITE_OK: bytes = bytes_new(thread, writer.out.bytes, writer.out.length); break;
    case WRITE_NO_MEMORY: raise_memory_error(thread); break;
    case WRITE_TOO_DEEP: raise_value_error(thread, "object too deeply nested to marshal"); break;
    case WRITE_UNMARSHALLABLE: raise_value_error(thread, "unmarshallable object"); break;
    }
    text_buffer_free(&writer.out);
    return bytes;
}
