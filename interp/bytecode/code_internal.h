// code_internal.h — what the files of bytecode/ share of code objects and encodings.
#pragma once
#include "base/text_buffer.h"
#include "bytecode/code.h"

// Equality as CPython's: everything that makes the bytecode run and be traced, not the file name.
bool code_equal(Thread *thread, const CodeObject *a, const CodeObject *b);
// Equal code objects have equal hashes; independent of the hash seed of the process only as far as
// str hashes are.
uint64_t code_key_hash(Thread *thread, const CodeObject *code);

// The bytes of a field that is a bytes object.
const unsigned char *code_bytes(Value bytes, size_t *size);
// Number of code units.
int code_unit_count(const CodeObject *code);

// The Python side of the type (code_attributes.c).
extern const MethodRow code_methods[];
extern const GetSetRow code_getsets[];
extern const MemberRow code_members[];
RAISES Value code_make(Thread *thread, Type *type, Value *args, int count, Value names);
// The names of the slots of localsplus whose kind has this CO_FAST_* bit, as a tuple.
RAISES Value code_slot_names(Thread *thread, const CodeObject *code, int kind);
