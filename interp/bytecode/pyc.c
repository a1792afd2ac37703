// pyc.c — the header of .pyc files, and the code object behind it.
#include "bytecode/pyc.h"

#include <string.h>

#include "base/hash.h"
#include "bytecode/code_internal.h"
#include "bytecode/marshal.h"
#include "objects/bytes.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"

const unsigned char pyc_magic[PYC_MAGIC_SIZE] = {3531 & 0xff, 3531 >> 8, '\r', '\n'};

enum { FLAG_HASH_BASED = 1, FLAG_CHECK_SOURCE = 2, KNOWN_FLAGS = 3 };

static uint32_t get_uint32(const unsigned char *bytes) {
    return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
           (uint32_t)bytes[3] << 24;
}

static void put_uint32(unsigned char *bytes, uint32_t number) {
    for (int i = 0; i < 4; i++) bytes[i] = (unsigned char)(number >> 8 * i);
}

bool pyc_read_header(Thread *thread, const unsigned char *data, size_t size, Value name, Value path,
                     PycHeader *header) {
    if (size < PYC_MAGIC_SIZE || memcmp(data, pyc_magic, PYC_MAGIC_SIZE) != 0) {
        Value magic = bytes_new(thread, data, size < PYC_MAGIC_SIZE ? size : PYC_MAGIC_SIZE);
        if (!value_is_error(magic))
            raise_import_error(thread, &exception_ImportError, name, path,
                               "bad magic number in %R: %R", name, magic);
        return false;
    }
    if (size < PYC_HEADER_SIZE) {
        raise_error(thread, &exception_EOFError, "reached EOF while reading pyc header of %R",
                    name);
        return false;
    }
    uint32_t flags = get_uint32(data + 4);
    if (flags & ~(uint32_t)KNOWN_FLAGS) {
        raise_import_error(thread, &exception_ImportError, name, path, "invalid flags %u in %R",
                           flags, name);
        return false;
    }
    header->hash_based = flags & FLAG_HASH_BASED;
    header->check_source = flags & FLAG_CHECK_SOURCE;
    header->mtime = get_uint32(data + 8);
    header->source_size = get_uint32(data + 12);
    memcpy(header->source_hash, data + 8, PYC_HASH_SIZE);
    return true;
}

static void rename_code(Thread *thread, CodeObject *code, Value old, Value filename) {
    if (!str_equal(value_as_str(code->co_filename), value_as_str(old))) return;
    object_store(thread->heap, code, &code->co_filename, filename);
    const Tuple *constants = value_as_tuple(code->co_consts);
    for (uint64_t i = 0; i < constants->length; i++) {
        Value constant = constants->items[i];
        if (value_is_code(constant) && stack_has_room(thread))
            rename_code(thread, value_as_code(constant), old, filename);
    }
}

void code_set_filename(Thread *thread, CodeObject *code, Value filename) {
    if (str_equal(value_as_str(code->co_filename), value_as_str(filename))) return;
    rename_code(thread, code, code->co_filename, filename);
}

Value pyc_read_code(Thread *thread, const unsigned char *data, size_t size, Value name, Value path,
                    Value filename) {
    Value code = marshal_load(thread, data + PYC_HEADER_SIZE, size - PYC_HEADER_SIZE);
    if (value_is_error(code)) return code;
    if (!value_is_code(code))
        return raise_import_error(thread, &exception_ImportError, name, path,
                                  "Non-code object in %R", path);
    if (!value_is_absent(filename)) code_set_filename(thread, value_as_code(code), filename);
    return code;
}

Value pyc_write(Thread *thread, Value code, const PycHeader *header) {
    Value body = marshal_dump(thread, code, MARSHAL_VERSION);
    if (value_is_error(body)) return body;
    size_t size;
    const unsigned char *bytes = code_bytes(body, &size);
    Value file = bytes_new(thread, NULL, PYC_HEADER_SIZE + size);
    if (value_is_error(file)) return file;
    unsigned char *data = value_as_bytes(file)->data;
    memcpy(data, pyc_magic, PYC_MAGIC_SIZE);
    put_uint32(data + 4, (header->hash_based ? FLAG_HASH_BASED : 0u) |
                             (header->hash_based && header->check_source ? FLAG_CHECK_SOURCE : 0u));
    if (header->hash_based) {
        memcpy(data + 8, header->source_hash, PYC_HASH_SIZE);
    } else {
        put_uint32(data + 8, header->mtime);
        put_uint32(data + 12, header->source_size);
    }
    memcpy(data + PYC_HEADER_SIZE, bytes, size);
    return file;
}

void pyc_hash(int64_t key, const void *source, size_t size, unsigned char hash[PYC_HASH_SIZE]) {
    const HashKey hash_key = {.k0 = (uint64_t)key, .k1 = 0};
    uint64_t number = hash_siphash13(&hash_key, source, size);
    put_uint32(hash, (uint32_t)number);
    put_uint32(hash + 4, (uint32_t)(number >> 32));
}

void pyc_source_hash(const void *source, size_t size, unsigned char hash[PYC_HASH_SIZE]) {
    pyc_hash(get_uint32(pyc_magic), source, size, hash);
}
