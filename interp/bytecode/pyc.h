// pyc.h — .pyc files: a header of 16 bytes and a marshalled code object (PEP 3147, 552).
//
// The bytecode is CPython 3.12's, and so is the magic number: either reads what the other wrote.
#pragma once
#include "bytecode/code.h"

enum { PYC_HEADER_SIZE = 16, PYC_MAGIC_SIZE = 4, PYC_HASH_SIZE = 8 };
extern const unsigned char pyc_magic[PYC_MAGIC_SIZE]; // 3531, carriage return, line feed
#define PYC_CACHE_TAG "cpython-312"

typedef struct {
    bool hash_based;      // valid while the hash of the source is the same ...
    bool check_source;    // ... which is looked at only if this is set
    uint32_t mtime;       // of the source, in seconds, else ...
    uint32_t source_size; // ... and its size: valid while both are the same, modulo 2^32
    unsigned char source_hash[PYC_HASH_SIZE];
} PycHeader;

// Reads the header. ImportError (bad magic number, invalid flags) or EOFError; `name` stands in the
// message, `name` and `path` in the ImportError.
RAISES bool pyc_read_header(Thread *thread, const unsigned char *data, size_t size, Value name,
                            Value path, PycHeader *header);
// The code object behind a header that was read. ImportError if there is another value, what
// marshal_load raises if there is none. The code gets `filename` (a str; VALUE_ABSENT: stays).
RAISES Value pyc_read_code(Thread *thread, const unsigned char *data, size_t size, Value name,
                           Value path, Value filename);
// The contents of a file: a bytes object.
RAISES Value pyc_write(Thread *thread, Value code, const PycHeader *header);
// The hash of a source text: SipHash-1-3 with the magic number as key, or with another key.
void pyc_source_hash(const void *source, size_t size, unsigned char hash[PYC_HASH_SIZE]);
void pyc_hash(int64_t key, const void *source, size_t size, unsigned char hash[PYC_HASH_SIZE]);
// Gives a code object, and those in it that had the same, another co_filename.
void code_set_filename(Thread *thread, CodeObject *code, Value filename);
