// fuzz_bytecode.c — bytes as changes to code objects that the compiler made (seeds.py): what the
// verifier accepts of the result is run.
//
// The first two bytes choose the code object and its arguments; each four that follow are a change:
// what, where (two bytes), and with which value.
#include <string.h>

#include "bytecode/code_internal.h"
#include "bytecode/opcodes.h"
#include "objects/bytes.h"
#include "objects/list.h"
#include "objects/tuple.h"
#include "runtime/errors.h"
#include "tests/fuzz/run.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CHANGE_SIZE = 4, MAX_CHANGES = 64, MAX_INSERTED = MAX_CHANGES };

typedef struct {
    Thread *thread;
    CodeParts parts;
    size_t code_size; // the rest of the bytes object is not part of the code
} Mutant;

static Value copy_bytes(Thread *thread, Value value, size_t more) {
    size_t size;
    const unsigned char *data = code_bytes(value, &size);
    Value copy = bytes_new(thread, NULL, size + more);
    if (!value_is_error(copy)) memcpy(value_as_bytes(copy)->data, data, size);
    return copy;
}

static bool start(Mutant *mutant, const CodeObject *code) {
    Thread *thread = mutant->thread;
    const Tuple *constants = value_as_tuple(code->co_consts);
    mutant->code_size = value_as_bytes(code->co_code)->length;
    mutant->parts = (CodeParts){
        .argcount = code->co_argcount,
        .posonlyargcount = code->co_posonlyargcount,
        .kwonlyargcount = code->co_kwonlyargcount,
        .stacksize = code->co_stacksize,
        .flags = code->co_flags,
        .firstlineno = code->co_firstlineno,
        .code = copy_bytes(thread, code->co_code, 2 * MAX_INSERTED),
        .consts = tuple_from_values(thread, constants->items, constants->length),
        .names = code->co_names,
        .localsplusnames = code->co_localsplusnames,
        .localspluskinds = copy_bytes(thread, code->co_localspluskinds, 0),
        .filename = code->co_filename,
        .name = code->co_name,
        .qualname = code->co_qualname,
        .linetable = copy_bytes(thread, code->co_linetable, 0),
        .exceptiontable = copy_bytes(thread, code->co_exceptiontable, 0),
    };
    return !error_is_pending(thread);
}

static void set_byte(Value bytes, unsigned where, uint8_t value) {
    Bytes *data = value_as_bytes(bytes);
    if (data->length > 0) data->data[where % data->length] = value;
}

static void insert_unit(Mutant *mutant, unsigned where, uint8_t value) {
    unsigned char *units = value_as_bytes(mutant->parts.code)->data;
    size_t at = 2 * (where % (mutant->code_size / 2 + 1));
    memmove(units + at + 2, units + at, mutant->code_size - at);
    units[at] = value;
    units[at + 1] = (unsigned char)(where >> 8);
    mutant->code_size += 2;
}

static void delete_unit(Mutant *mutant, unsigned where) {
    unsigned char *units = value_as_bytes(mutant->parts.code)->data;
    if (mutant->code_size < 4) return;
    size_t at = 2 * (where % (mutant->code_size / 2));
    memmove(units + at, units + at + 2, mutant->code_size - at - 2);
    mutant->code_size -= 2;
}

static void swap_constants(Mutant *mutant, unsigned where, uint8_t value) {
    Tuple *constants = value_as_tuple(mutant->parts.consts);
    if (constants->length == 0) return;
    Value *a = &constants->items[where % constants->length];
    Value *b = &constants->items[value % constants->length], saved = *a;
    object_store(mutant->thread->heap, constants, a, *b);
    object_store(mutant->thread->heap, constants, b, saved);
}

static void change(Mutant *mutant, const uint8_t *data) {
    CodeParts *parts = &mutant->parts;
    unsigned where = data[1] | (unsigned)data[2] << 8;
    uint8_t value = data[3];
    unsigned char *units = value_as_bytes(parts->code)->data;
    size_t unit = mutant->code_size >= 2 ? 2 * (where % (mutant->code_size / 2)) : 0;
    switch (data[0] % 16) {
    case 0:
    case 1: units[unit] = value; break;
    case 2:
    case 3:
    case 4: units[unit + 1] = value; break;
    case 5: set_byte(parts->exceptiontable, where, value); break;
    case 6: set_byte(parts->linetable, where, value); break;
    case 7: set_byte(parts->localspluskinds, where, value); break;
    case 8: parts->stacksize = value; break;
    case 9: parts->flags ^= 1 << value % 26; break;
    case 10: parts->argcount = value % 8; break;
    case 11: parts->kwonlyargcount = value % 8; break;
    case 12: insert_unit(mutant, where, value); break;
    case 13: delete_unit(mutant, where); break;
    case 14: swap_constants(mutant, where, value); break;
    default: parts->firstlineno = (int)(where << 16 | value); break;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static Value seeds;
    Thread *thread = fuzz_thread();
    if (value_is_absent(seeds)) seeds = fuzz_seeds(thread);
    if (size < 2) return 0;
    const List *all = value_as_list(seeds);
    Mutant mutant = {.thread = thread};
    if (start(&mutant, value_as_code(all->items->items[data[0] % all->length]))) {
        for (size_t i = 0; i < MAX_CHANGES && 2 + CHANGE_SIZE * (i + 1) <= size; i++)
            change(&mutant, data + 2 + CHANGE_SIZE * i);
        mutant.parts.code =
            bytes_new(thread, value_as_bytes(mutant.parts.code)->data, mutant.code_size);
        Value code =
            value_is_error(mutant.parts.code) ? VALUE_ERROR : code_new(thread, &mutant.parts);
        if (!value_is_error(code)) {
            // It takes long, above all for the first one, which holds all others.
            if (data[1] % 8 == 0 && data[0] != 0) fuzz_look_at(thread, value_as_code(code));
            if (code_verify(thread, value_as_code(code)))
                fuzz_run(thread, value_as_code(code), data[1]);
        }
    }
    fuzz_forget(thread);
    return 0;
}
