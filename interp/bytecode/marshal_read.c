// marshal_read.c — marshal.load: bytes to values.
//
// Data are read from memory, or from a file object piece by piece. Nothing that they say is
// believed before it is there: a size beyond the rest of the data makes no large object, it leads
// to the error that the missing bytes are. A tuple stands on the list of references before its
// items are read, so it is filled with None first; what is built around it meanwhile never sees an
// absent item.
#include <stdlib.h>
#include <string.h>

#include "base/float_text.h"
#include "bytecode/code_internal.h"
#include "bytecode/marshal.h"
#include "bytecode/marshal_internal.h"
#include "objects/bytes_internal.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"

enum {
    FILE_PIECE = 1 << 16,   // bytes asked from a file at once
    DIRECT_TUPLE = 1 << 16, // a longer tuple from a file is collected in a list first
    DIGIT_BITS = 15,        // of a long int
    DIGIT_LIMIT = 1 << DIGIT_BITS,
};

typedef struct {
    Thread *thread;
    const unsigned char *next, *end; // in memory
    Value file;                      // else absent
    Value piece;                     // what was read last from the file: take's result lies in it
    Value references;                // list; VALUE_ABSENT for those whose object is not complete
    int depth;
} Reader;

static size_t rest_of(const Reader *reader) {
    return value_is_absent(reader->file) ? (size_t)(reader->end - reader->next) : DIRECT_TUPLE;
}

// Fills `size` bytes of a bytearray by file.readinto.
static bool read_into(Reader *reader, Value target, size_t size) {
    Thread *thread = reader->thread;
    Value name = str_intern_c(thread, "readinto");
    if (value_is_error(name)) return false;
    Value result = object_call_method(thread, reader->file, name, &target, 1);
    ssize_t got;
    if (value_is_error(result) || !object_as_ssize(thread, result, &got)) return false;
    if (got == (ssize_t)size) return true;
    if (got > (ssize_t)size)
        raise_value_error(
            thread, "read() returned too much data: %zu bytes requested, %zd returned", size, got);
    else
        raise_error(thread, &exception_EOFError, "EOF read where not expected");
    return false;
}

static const unsigned char *take_from_file(Reader *reader, size_t size) {
    Thread *thread = reader->thread;
    Value pieces = list_new(thread, 0), joined = VALUE_ABSENT;
    if (value_is_error(pieces)) return NULL;
    size_t done = 0;
    do {
        size_t part = size - done < FILE_PIECE ? size - done : FILE_PIECE;
        Value piece = bytearray_new(thread, NULL, part);
        if (value_is_error(piece) || !read_into(reader, piece, part)) return NULL;
        joined = done == 0 ? piece : object_binary_op(thread, BINARY_INPLACE, joined, piece);
        if (value_is_error(joined)) return NULL;
        done += part;
    } while (done < size);
    // A copy: the file may have kept the bytearray.
    const unsigned char *bytes;
    size_t length;
    if (!bytes_view(joined, &bytes, &length) || length != size) {
        raise_error(thread, &exception_EOFError, "EOF read where not expected");
        return NULL;
    }
    reader->piece = bytes_new(thread, bytes, size);
    return value_is_error(reader->piece) ? NULL : value_as_bytes(reader->piece)->data;
}

// The next `size` bytes, valid until the next call; NULL with EOFError.
static const unsigned char *take(Reader *reader, size_t size) {
    if (!value_is_absent(reader->file)) return take_from_file(reader, size);
    if (rest_of(reader) < size) {
        raise_error(reader->thread, &exception_EOFError, "marshal data too short");
        return NULL;
    }
    const unsigned char *bytes = reader->next;
    reader->next += size;
    return bytes;
}

static bool get_byte(Reader *reader, int *byte) {
    if (value_is_absent(reader->file) && reader->next == reader->end) {
        raise_error(reader->thread, &exception_EOFError, "EOF read where not expected");
        return false;
    }
    const unsigned char *bytes = take(reader, 1);
    if (bytes != NULL) *byte = *bytes;
    return bytes != NULL;
}

static uint32_t little_endian(const unsigned char *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

static bool get_int32(Reader *reader, int32_t *number) {
    const unsigned char *bytes = take(reader, 4);
    if (bytes != NULL) *number = (int32_t)little_endian(bytes);
    return bytes != NULL;
}

static Value raise_bad(Reader *reader, const char *what) {
    return raise_value_error(reader->thread, "bad marshal data (%s)", what);
}

static bool get_size(Reader *reader, const char *what, size_t *size) {
    int32_t number;
    if (!get_int32(reader, &number)) return false;
    if (number < 0) {
        raise_value_error(reader->thread, "bad marshal data (%s size out of range)", what);
        return false;
    }
    *size = (size_t)number;
    return true;
}

// The list of references: an object that is flagged gets its place before its parts are read.

static bool reserve(Reader *reader, bool flagged, size_t *place) {
    List *references = value_as_list(reader->references);
    *place = references->length;
    return !flagged || list_append(reader->thread, references, VALUE_NONE);
}

static Value settle(Reader *reader, bool flagged, size_t place, Value value) {
    List *references = value_as_list(reader->references);
    if (flagged && !value_is_error(value))
        object_store(reader->thread->heap, references->items, &references->items->items[place],
                     value);
    return value;
}

static Value remember(Reader *reader, bool flagged, Value value) {
    if (!flagged || value_is_error(value)) return value;
    return list_append(reader->thread, value_as_list(reader->references), value) ? value
                                                                                 : VALUE_ERROR;
}

static Value get_reference(Reader *reader) {
    int32_t index;
    if (!get_int32(reader, &index)) return VALUE_ERROR;
    const List *references = value_as_list(reader->references);
    Value value = VALUE_NONE;
    if (index >= 0 && (uint32_t)index < references->length) value = references->items->items[index];
    return value_is_none(value) ? raise_bad(reader, "invalid reference") : value;
}

// Numbers.

static Value get_int(Reader *reader) {
    int32_t number;
    return get_int32(reader, &number) ? value_from_fixnum(number) : VALUE_ERROR;
}

static Value get_int64(Reader *reader) {
    const unsigned char *bytes = take(reader, 8);
    if (bytes == NULL) return VALUE_ERROR;
    uint64_t bits = little_endian(bytes) | (uint64_t)little_endian(bytes + 4) << 32;
    return int_from_int64(reader->thread, (int64_t)bits);
}

// The limbs of `count` digits; false if one is out of range.
static bool join_digits(const unsigned char *bytes, size_t count, uint64_t *limbs) {
    for (size_t i = 0; i < count; i++) {
        uint64_t digit = (uint64_t)bytes[2 * i] | (uint64_t)bytes[2 * i + 1] << 8;
        size_t bit = i * DIGIT_BITS, shift = bit % 64;
        if (digit >= DIGIT_LIMIT) return false;
        limbs[bit / 64] |= digit << shift;
        if (shift > 64 - DIGIT_BITS) limbs[bit / 64 + 1] |= digit >> (64 - shift);
    }
    return true;
}

static Value get_long(Reader *reader) {
    int32_t number;
    if (!get_int32(reader, &number)) return VALUE_ERROR;
    if (number == 0) return value_from_fixnum(0);
    if (number == INT32_MIN) return raise_bad(reader, "long size out of range");
    size_t count = (size_t)(number < 0 ? -number : number);
    const unsigned char *bytes = take(reader, 2 * count);
    if (bytes == NULL) return VALUE_ERROR;
    size_t limb_count = count * DIGIT_BITS / 64 + 2;
    uint64_t *limbs = calloc(limb_count, sizeof *limbs);
    if (limbs == NULL) return raise_memory_error(reader->thread);
    Value value;
    if (!join_digits(bytes, count, limbs)) {
        value = raise_bad(reader, "digit out of range in long");
    } else if (bytes[2 * count - 2] == 0 && bytes[2 * count - 1] == 0) {
        value = raise_bad(reader, "unnormalized long data");
    } else {
        while (limb_count > 0 && limbs[limb_count - 1] == 0) limb_count--;
        value = int_from_view(reader->thread, (BigintView){limbs, limb_count, number < 0});
    }
    free(limbs);
    return value;
}

static bool get_binary_double(Reader *reader, double *number) {
    const unsigned char *bytes = take(reader, sizeof *number);
    if (bytes != NULL) memcpy(number, bytes, sizeof *number);
    return bytes != NULL;
}

static bool get_text_double(Reader *reader, double *number) {
    int size;
    if (!get_byte(reader, &size)) return false;
    const unsigned char *bytes = take(reader, (size_t)size);
    if (bytes == NULL) return false;
    bool is_plain = true; // float() takes underscores and spaces, this does not
    for (int i = 0; i < size; i++)
        is_plain = is_plain && bytes[i] != '_' && !bytes_is_space(bytes[i]);
    FloatTextStatus status =
        is_plain ? float_text_parse((const char *)bytes, (size_t)size, number) : FLOAT_TEXT_INVALID;
    if (status == FLOAT_TEXT_OK) return true;
    Value text = str_decode_utf8(reader->thread, (const char *)bytes, (size_t)size, "replace");
    if (status == FLOAT_TEXT_NO_MEMORY)
        raise_memory_error(reader->thread);
    else if (!value_is_error(text))
        raise_value_error(reader->thread, "could not convert string to float: %R", text);
    return false;
}

typedef bool GetDouble(Reader *reader, double *number);

static Value get_float(Reader *reader, GetDouble *get_double) {
    double number;
    return get_double(reader, &number) ? float_new(reader->thread, number) : VALUE_ERROR;
}

static Value get_complex(Reader *reader, GetDouble *get_double) {
    double real, imaginary;
    if (!get_double(reader, &real) || !get_double(reader, &imaginary)) return VALUE_ERROR;
    return complex_new(reader->thread, real, imaginary);
}

// Texts.

static Value get_bytes(Reader *reader) {
    size_t size;
    if (!get_size(reader, "bytes object", &size)) return VALUE_ERROR;
    const unsigned char *bytes = take(reader, size);
    return bytes != NULL ? bytes_new(reader->thread, bytes, size) : VALUE_ERROR;
}

static Value intern_if(Reader *reader, bool interned, Value text) {
    return interned && !value_is_error(text) ? str_intern(reader->thread, text) : text;
}

static Value get_ascii(Reader *reader, bool is_short, bool interned) {
    size_t size;
    int byte;
    if (is_short) {
        if (!get_byte(reader, &byte)) return VALUE_ERROR;
        size = (size_t)byte;
    } else if (!get_size(reader, "string", &size)) {
        return VALUE_ERROR;
    }
    const unsigned char *bytes = take(reader, size);
    if (bytes == NULL) return VALUE_ERROR;
    return intern_if(reader, interned, str_from_kind(reader->thread, 1, bytes, size));
}

static Value get_unicode(Reader *reader, bool interned) {
    size_t size;
    if (!get_size(reader, "string", &size)) return VALUE_ERROR;
    const unsigned char *bytes = take(reader, size);
    if (bytes == NULL) return VALUE_ERROR;
    return intern_if(reader, interned,
                     str_decode_utf8(reader->thread, (const char *)bytes, size, "surrogatepass"));
}

// Containers. get_value gives VALUE_ABSENT for the NULL that ends a dict.

static Value get_value(Reader *reader);

static Value get_item(Reader *reader, const char *container) {
    Value item = get_value(reader);
    if (!value_is_absent(item)) return item;
    return raise_type_error(reader->thread, "NULL object in marshal data for %s", container);
}

static bool append_items(Reader *reader, const char *container, Value list, size_t size) {
    for (size_t i = 0; i < size; i++) {
        Value item = get_item(reader, container);
        if (value_is_error(item) || !list_append(reader->thread, value_as_list(list), item))
            return false;
    }
    return true;
}

static Value get_long_tuple(Reader *reader, size_t size, bool flagged) {
    size_t place;
    Value list = list_new(reader->thread, 0);
    if (value_is_error(list) || !reserve(reader, flagged, &place) ||
        !append_items(reader, "tuple", list, size))
        return VALUE_ERROR;
    return settle(reader, flagged, place, list_as_tuple(reader->thread, value_as_list(list)));
}

static Value get_tuple_of(Reader *reader, size_t size, bool flagged) {
    if (size > rest_of(reader)) return get_long_tuple(reader, size, flagged);
    Value tuple =
        size == 0 ? tuple_from_values(reader->thread, NULL, 0) : tuple_new(reader->thread, size);
    if (value_is_error(tuple)) return tuple;
    Value *items = value_as_tuple(tuple)->items;
    for (size_t i = 0; i < size; i++) items[i] = VALUE_NONE;
    if (value_is_error(remember(reader, flagged, tuple))) return VALUE_ERROR;
    for (size_t i = 0; i < size; i++) {
        Value item = get_item(reader, "tuple");
        if (value_is_error(item)) return item;
        object_store(reader->thread->heap, value_as_object(tuple), &items[i], item);
    }
    return tuple;
}

static Value get_tuple(Reader *reader, bool is_small, bool flagged) {
    size_t size;
    int byte;
    if (is_small) {
        if (!get_byte(reader, &byte)) return VALUE_ERROR;
        size = (size_t)byte;
    } else if (!get_size(reader, "tuple", &size)) {
        return VALUE_ERROR;
    }
    return get_tuple_of(reader, size, flagged);
}

static Value get_list(Reader *reader, bool flagged) {
    size_t size;
    if (!get_size(reader, "list", &size)) return VALUE_ERROR;
    Value list = remember(reader, flagged, list_new(reader->thread, 0));
    if (value_is_error(list)) return list;
    return append_items(reader, "list", list, size) ? list : VALUE_ERROR;
}

static Value get_dict(Reader *reader, bool flagged) {
    Value dict = remember(reader, flagged, dict_new(reader->thread));
    while (!value_is_error(dict)) {
        Value key = get_value(reader);
        if (value_is_error(key)) return key;
        if (value_is_absent(key)) break;
        Value value = get_value(reader);
        if (value_is_error(value)) return value;
        if (value_is_absent(value)) break;
        if (!dict_set(reader->thread, value_as_dict(dict), key, value)) return VALUE_ERROR;
    }
    return dict;
}

static Value get_set(Reader *reader, bool flagged) {
    size_t size;
    if (!get_size(reader, "set", &size)) return VALUE_ERROR;
    Value set = remember(reader, flagged, set_new(reader->thread));
    for (size_t i = 0; i < size && !value_is_error(set); i++) {
        Value item = get_item(reader, "set");
        if (value_is_error(item) || !set_add(reader->thread, value_as_set(set), item))
            return VALUE_ERROR;
    }
    return set;
}

// A frozenset is made of its items, so nothing can refer to it before it is complete.
static Value get_frozenset(Reader *reader, bool flagged) {
    size_t size, place;
    if (!get_size(reader, "set", &size) || !reserve(reader, flagged, &place)) return VALUE_ERROR;
    Value list = list_new(reader->thread, 0);
    if (value_is_error(list) || !append_items(reader, "set", list, size)) return VALUE_ERROR;
    const List *items = value_as_list(list);
    return settle(reader, flagged, place,
                  frozenset_new(reader->thread, items->items ? items->items->items : NULL, size));
}

static bool get_code_objects(Reader *reader, Value **fields, size_t count) {
    for (size_t i = 0; i < count; i++) {
        *fields[i] = get_item(reader, "code object");
        if (value_is_error(*fields[i])) return false;
    }
    return true;
}

static Value get_code(Reader *reader, bool flagged) {
    CodeParts parts = {0};
    int32_t *const numbers[] = {&parts.argcount, &parts.posonlyargcount, &parts.kwonlyargcount,
                                &parts.stacksize, &parts.flags};
    Value *before[] = {&parts.code,
                       &parts.consts,
                       &parts.names,
                       &parts.localsplusnames,
                       &parts.localspluskinds,
                       &parts.filename,
                       &parts.name,
                       &parts.qualname};
    Value *after[] = {&parts.linetable, &parts.exceptiontable};
    size_t place;
    if (!reserve(reader, flagged, &place)) return VALUE_ERROR;
    for (size_t i = 0; i < COUNT_OF(numbers); i++)
        if (!get_int32(reader, numbers[i])) return VALUE_ERROR;
    if (!get_code_objects(reader, before, COUNT_OF(before)) ||
        !get_int32(reader, &parts.firstlineno) || !get_code_objects(reader, after, COUNT_OF(after)))
        return VALUE_ERROR;
    return settle(reader, flagged, place, code_new(reader->thread, &parts));
}

static Value get_container(Reader *reader, int type, bool flagged) {
    switch (type) {
    case MARSHAL_TUPLE:
    case MARSHAL_SMALL_TUPLE: return get_tuple(reader, type == MARSHAL_SMALL_TUPLE, flagged);
    case MARSHAL_LIST: return get_list(reader, flagged);
    case MARSHAL_DICT: return get_dict(reader, flagged);
    case MARSHAL_SET: return get_set(reader, flagged);
    case MARSHAL_FROZENSET: return get_frozenset(reader, flagged);
    case MARSHAL_CODE: return get_code(reader, flagged);
    default: return raise_bad(reader, "unknown type code");
    }
}

// Numbers and texts: flagged ones go to the list once they are read. VALUE_ABSENT: another type.
static Value get_scalar(Reader *reader, int type) {
    switch (type) {
    case MARSHAL_INT: return get_int(reader);
    case MARSHAL_INT64: return get_int64(reader);
    case MARSHAL_LONG: return get_long(reader);
    case MARSHAL_FLOAT: return get_float(reader, get_text_double);
    case MARSHAL_BINARY_FLOAT: return get_float(reader, get_binary_double);
    case MARSHAL_COMPLEX: return get_complex(reader, get_text_double);
    case MARSHAL_BINARY_COMPLEX: return get_complex(reader, get_binary_double);
    case MARSHAL_STRING: return get_bytes(reader);
    case MARSHAL_ASCII:
    case MARSHAL_ASCII_INTERNED: return get_ascii(reader, false, type == MARSHAL_ASCII_INTERNED);
    case MARSHAL_SHORT_ASCII:
    case MARSHAL_SHORT_ASCII_INTERNED:
        return get_ascii(reader, true, type == MARSHAL_SHORT_ASCII_INTERNED);
    case MARSHAL_UNICODE:
    case MARSHAL_INTERNED: return get_unicode(reader, type == MARSHAL_INTERNED);
    default: return VALUE_ABSENT;
    }
}

static Value get_value_of_type(Reader *reader, int type, bool flagged) {
    switch (type) {
    case MARSHAL_NULL: return VALUE_ABSENT;
    case MARSHAL_NONE: return VALUE_NONE;
    case MARSHAL_TRUE: return VALUE_TRUE;
    case MARSHAL_FALSE: return VALUE_FALSE;
    case MARSHAL_ELLIPSIS: return VALUE_ELLIPSIS;
    case MARSHAL_STOP_ITERATION: return value_from_type(&exception_StopIteration);
    case MARSHAL_REFERENCE: return get_reference(reader);
    default: break;
    }
    Value scalar = get_scalar(reader, type);
    return value_is_absent(scalar) ? get_container(reader, type, flagged)
                                   : remember(reader, flagged, scalar);
}

static Value get_value(Reader *reader) {
    int byte;
    if (!get_byte(reader, &byte)) {
        if (error_clear_if(reader->thread, &exception_EOFError))
            raise_error(reader->thread, &exception_EOFError, "EOF read where object expected");
        return VALUE_ERROR;
    }
    if (reader->depth >= MARSHAL_DEPTH_LIMIT || !stack_has_room(reader->thread))
        return raise_value_error(reader->thread, "recursion limit exceeded");
    reader->depth++;
    Value value = get_value_of_type(reader, byte & ~MARSHAL_FLAG, byte & MARSHAL_FLAG);
    reader->depth--;
    return value;
}

static Value load(Reader *reader) {
    reader->references = list_new(reader->thread, 0);
    return value_is_error(reader->references) ? VALUE_ERROR : get_item(reader, "object");
}

Value marshal_load(Thread *thread, const unsigned char *data, size_t size) {
    Reader reader = {.thread = thread, .next = data, .end = data + size};
    return load(&reader);
}

Value marshal_load_file(Thread *thread, Value file) {
    Reader reader = {.thread = thread, .file = file};
    return load(&reader);
}
