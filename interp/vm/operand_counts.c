// operand_counts.c — a hash table of (instruction, operator, kind, kind) by open addressing.
#include "vm/operand_counts.h"
#include "objects/native.h"
#include "runtime/errors.h"
#include "vm/function.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FIRST_CAPACITY = 256 }; // a power of two
enum { CALIBRATION_NS = 2000000 };

// `key` tells kinds apart; static data, or the row of a native function, which outlives its thread.
typedef struct {
    const void *key;
    const char *owner; // of a method: its type; NULL otherwise
    const char *label;
} Kind;

typedef struct {
    uint16_t opcode;
    int16_t symbol; // operand of a BINARY_OP, else -1
    const void *first, *second;
} Key;
typedef struct {
    Key key;
    OperandRow row; // its times in ticks
} Entry;

struct OperandCounts {
    uint16_t rows[INSTRUCTION_LIMIT]; // whose row of operand_kinds.def holds; 0: none
    Entry *entries;                   // in the order of first executions
    size_t count, capacity;
    uint32_t *places; // index of an entry plus 1; 0: free; twice as many as entries
    Entry *running;   // NULL: what runs is not counted
    uint64_t since;   // tick at which it began
    uint64_t long_ticks, lost;
    double ticks_per_ns;
};

static uint64_t wall_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

// The cheapest clock that there is.
static uint64_t ticks(void) {
#if defined __x86_64__
    return __builtin_ia32_rdtsc();
#elif defined __aarch64__
    uint64_t now;
    __asm__ volatile("mrs %0, cntvct_el0" : "=r"(now));
    return now;
#else
    return wall_ns();
#endif
}

static double measure_ticks_per_ns(void) {
    uint64_t start_ns = wall_ns(), start = ticks(), passed;
    while ((passed = wall_ns() - start_ns) < CALIBRATION_NS) continue;
    return (double)(ticks() - start) / (double)passed;
}

static void find_rows(uint16_t *rows) {
#define OPERANDS(name, first, second)    rows[OP_##name] = OP_##name;
#define WITH_SYMBOL(name, first, second) rows[OP_##name] = OP_##name;
#define CALLEE(name, arguments)          rows[OP_##name] = OP_##name;
#include "vm/operand_kinds.def"
    for (int opcode = 0; opcode < INSTRUCTION_LIMIT; opcode++)
        if (!rows[opcode] && instruction_name(opcode) && instruction_width(opcode) == 1)
            rows[opcode] = rows[instruction_base(opcode)];
}

bool operand_counts_initialize(Thread *thread) {
    OperandCounts *counts = calloc(1, sizeof *counts);
    thread->operand_counts = counts;
    if (counts) {
        counts->entries = malloc(FIRST_CAPACITY * sizeof *counts->entries);
        counts->places = calloc((size_t)2 * FIRST_CAPACITY, sizeof *counts->places);
    }
    if (!counts || !counts->entries || !counts->places) {
        raise_memory_error(thread);
        return false;
    }
    counts->capacity = FIRST_CAPACITY;
    counts->ticks_per_ns = measure_ticks_per_ns();
    counts->long_ticks = (uint64_t)(LONG_NS * counts->ticks_per_ns);
    find_rows(counts->rows);
    return true;
}

void operand_counts_finalize(Thread *thread) {
    OperandCounts *counts = thread->operand_counts;
    thread->operand_counts = NULL;
    if (!counts) return;
    free(counts->entries);
    free(counts->places);
    free(counts);
}

static Kind kind_of(Value value) {
    static const char no_value[] = "NULL", instance[] = "instance", bigint[] = "bigint";
    if (value_is_absent(value)) return (Kind){no_value, NULL, no_value};
    const Type *type = type_of(value);
    if (type->flags & TYPE_HEAP) return (Kind){instance, NULL, instance};
    if (type == &int_type && !value_is_fixnum(value)) return (Kind){bigint, NULL, bigint};
    return (Kind){type, NULL, type->name};
}

static Kind kind_of_callee(Value callee) {
    static const char function[] = "function", generator[] = "generator function",
                      class[] = "class";
    if (value_is_absent(callee)) return kind_of(callee);
    if (value_is_function(callee)) {
        const int makes = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR;
        const char *label =
            value_as_function(callee)->code->co_flags & makes ? generator : function;
        return (Kind){label, NULL, label};
    }
    const Type *type = type_of(callee);
    if (type == &native_function_type || type == &method_descriptor_type) {
        const NativeCallable *native = (const NativeCallable *)value_as_object(callee);
        return (Kind){native->row, native->owner ? native->owner->name : NULL, native->row->name};
    }
    if (!value_is_type(callee)) return kind_of(callee);
    const Type *called = value_as_type(callee);
    if (called->flags & TYPE_HEAP) return (Kind){class, NULL, class};
    return (Kind){called, NULL, called->name};
}

// The callee below so many arguments: under it lies NULL, or with a method it lies under `self`.
static Value callee_below(const Value *arguments) {
    return value_is_absent(arguments[-2]) ? arguments[-1] : arguments[-2];
}

static Kind kind_at(const Value *stack_pointer, int depth) {
    return depth ? kind_of(stack_pointer[-depth]) : (Kind){0};
}

// The kinds that decide what `next` does, and the operand that tells its operator, or -1.
static int find_kinds(const OperandCounts *counts, const Instruction *next,
                      const Value *stack_pointer, Kind *first, Kind *second) {
    const int32_t OPERAND = instruction_operand(next);
    *first = *second = (Kind){0};
    switch (counts->rows[next->opcode]) {
#define OPERANDS(name, one, two)                                                                   \
    case OP_##name:                                                                                \
        *first = kind_at(stack_pointer, (one));                                                    \
        *second = kind_at(stack_pointer, (two));                                                   \
        return -1;
#define WITH_SYMBOL(name, one, two)                                                                \
    case OP_##name:                                                                                \
        *first = kind_at(stack_pointer, (one));                                                    \
        *second = kind_at(stack_pointer, (two));                                                   \
        return OPERAND;
#define CALLEE(name, arguments)                                                                    \
    case OP_##name:                                                                                \
        *first = kind_of_callee(callee_below(stack_pointer - (arguments)));                        \
        return -1;
#include "vm/operand_kinds.def"
    default: return -1;
    }
}

static size_t hash_key(const Key *key) {
    uint64_t hash = (uint64_t)key->opcode << 16 | (uint16_t)key->symbol;
    hash = (hash ^ (uintptr_t)key->first) * UINT64_C(0x9e3779b97f4a7c15);
    hash = (hash ^ (hash >> 29) ^ (uintptr_t)key->second) * UINT64_C(0x9e3779b97f4a7c15);
    return (size_t)(hash >> 32);
}

static bool same_key(const Key *a, const Key *b) {
    return a->opcode == b->opcode && a->symbol == b->symbol && a->first == b->first &&
           a->second == b->second;
}

// Where a key's index stands or may stand.
static uint32_t *place_of(const OperandCounts *counts, const Key *key) {
    size_t mask = 2 * counts->capacity - 1, place = hash_key(key) & mask;
    while (counts->places[place] && !same_key(&counts->entries[counts->places[place] - 1].key, key))
        place = (place + 1) & mask;
    return &counts->places[place];
}

static bool grow(OperandCounts *counts) {
    size_t capacity = 2 * counts->capacity;
    uint32_t *places = calloc(2 * capacity, sizeof *places);
    Entry *entries = places ? realloc(counts->entries, capacity * sizeof *entries) : NULL;
    if (!entries) {
        free(places);
        return false;
    }
    free(counts->places);
    counts->entries = entries;
    counts->places = places;
    counts->capacity = capacity;
    for (size_t i = 0; i < counts->count; i++) *place_of(counts, &entries[i].key) = (uint32_t)i + 1;
    return true;
}

static size_t append_kind(char *text, size_t used, size_t size, const Kind *kind) {
    if (!kind->label || used >= size) return used;
    return used + (size_t)snprintf(text + used, size - used, "%s%s%s%s", used ? " " : "",
                                   kind->owner ? kind->owner : "", kind->owner ? "." : "",
                                   kind->label);
}

static Entry *insert(OperandCounts *counts, const Key *key, const Kind *first, const Kind *second) {
    if (counts->count == counts->capacity && !grow(counts)) return NULL;
    Entry *entry = &counts->entries[counts->count++];
    *entry = (Entry){.key = *key, .row = {.opcode = key->opcode}};
    size_t used = 0;
    if (key->symbol >= 0)
        used = (size_t)snprintf(entry->row.kinds, sizeof entry->row.kinds, "%s",
                                opcode_binary_symbol(key->symbol));
    used = append_kind(entry->row.kinds, used, sizeof entry->row.kinds, first);
    append_kind(entry->row.kinds, used, sizeof entry->row.kinds, second);
    *place_of(counts, key) = (uint32_t)counts->count;
    return entry;
}

static Entry *entry_of(OperandCounts *counts, const Instruction *next, const Value *stack_pointer) {
    Kind first, second;
    int symbol = find_kinds(counts, next, stack_pointer, &first, &second);
    Key key = {next->opcode, (int16_t)symbol, first.key, second.key};
    uint32_t index = *place_of(counts, &key);
    return index ? &counts->entries[index - 1] : insert(counts, &key, &first, &second);
}

static void end_running(OperandCounts *counts, uint64_t now) {
    if (!counts->running) return;
    OperandRow *row = &counts->running->row;
    uint64_t passed = now - counts->since;
    row->nanoseconds += passed;
    if (passed < counts->long_ticks) return;
    row->executed_long++;
    row->nanoseconds_long += passed;
}

void operand_counts_add(Thread *thread, const Instruction *next, const Value *stack_pointer) {
    OperandCounts *counts = thread->operand_counts;
    end_running(counts, ticks());
    counts->running = entry_of(counts, next, stack_pointer);
    if (counts->running)
        counts->running->row.executed++;
    else
        counts->lost++;
    counts->since = ticks();
}

uint64_t operand_counts_lost(const OperandCounts *counts) { return counts->lost; }

bool operand_counts_row(const OperandCounts *counts, size_t index, OperandRow *row) {
    if (index >= counts->count) return false;
    *row = counts->entries[index].row;
    row->nanoseconds = (uint64_t)((double)row->nanoseconds / counts->ticks_per_ns);
    row->nanoseconds_long = (uint64_t)((double)row->nanoseconds_long / counts->ticks_per_ns);
    return true;
}
