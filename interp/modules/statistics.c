// statistics.c — krait --stats: what the evaluator and the heap did.
#include "include/krait.h"
#include "modules/modules.h"
#include "vm/counts.h"
#include "vm/engine.h"
#include <inttypes.h>
#include <jemalloc/jemalloc.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    int opcode;
    uint64_t count;
} OpcodeCount;

static int by_count(const void *a, const void *b) {
    const OpcodeCount *left = a, *right = b;
    if (left->count != right->count) return left->count < right->count ? 1 : -1;
    return left->opcode - right->opcode;
}

// The opcodes that ran, most frequent first; *total is their sum. NULL without memory.
static OpcodeCount *sorted_counts(const Thread *thread, int *count, uint64_t *total) {
    OpcodeCount *counts = calloc(INSTRUCTION_LIMIT, sizeof *counts);
    *count = 0;
    *total = 0;
    if (!counts) return NULL;
    for (int opcode = 0; thread->opcode_counts && opcode < INSTRUCTION_LIMIT; opcode++) {
        if (!thread->opcode_counts[opcode]) continue;
        counts[(*count)++] = (OpcodeCount){opcode, thread->opcode_counts[opcode]};
        *total += thread->opcode_counts[opcode];
    }
    qsort(counts, (size_t)*count, sizeof *counts, by_count);
    return counts;
}

// Opcodes that followed each other, so often; `length` of them count.
typedef struct {
    int opcodes[3];
    uint64_t count;
} Sequence;
typedef struct {
    Sequence *items; // most frequent first
    size_t count;
    int length;
} Sequences;

static int by_sequence_count(const void *a, const void *b) {
    const Sequence *left = a, *right = b;
    if (left->count != right->count) return left->count < right->count ? 1 : -1;
    return memcmp(left->opcodes, right->opcodes, sizeof left->opcodes);
}

static void add_pairs(const OpcodeSequences *counted, Sequences *found) {
    for (int i = 0; i < INSTRUCTION_LIMIT * INSTRUCTION_LIMIT; i++) {
        if (!counted->pairs[i]) continue;
        if (found->items)
            found->items[found->count] =
                (Sequence){{i / INSTRUCTION_LIMIT, i % INSTRUCTION_LIMIT}, counted->pairs[i]};
        found->count++;
    }
}

static void add_triples(const OpcodeSequences *counted, Sequences *found) {
    for (size_t i = 0; i < counted->triple_capacity; i++) {
        if (!counted->triples[i].key) continue;
        int key = (int)(counted->triples[i].key - 1), pair = key / INSTRUCTION_LIMIT;
        found->items[found->count++] = (Sequence){
            {pair / INSTRUCTION_LIMIT, pair % INSTRUCTION_LIMIT, key % INSTRUCTION_LIMIT},
            counted->triples[i].count};
    }
}

// The pairs or triples that were counted; free(items). False without memory.
static bool sorted_sequences(const Thread *thread, int length, Sequences *found) {
    const OpcodeSequences *counted = thread->opcode_sequences;
    *found = (Sequences){.length = length};
    if (!counted || (length == 3 && !counted->triples)) return true;
    size_t count = counted->triple_count;
    if (length == 2) {
        add_pairs(counted, found); // counts only
        count = found->count;
        found->count = 0;
    }
    found->items = malloc((count + 1) * sizeof *found->items);
    if (!found->items) return false;
    if (length == 2)
        add_pairs(counted, found);
    else
        add_triples(counted, found);
    qsort(found->items, found->count, sizeof *found->items, by_sequence_count);
    return true;
}

static void print_sequences_json(FILE *out, const char *key, const Sequences *sequences) {
    if (!sequences->items) return;
    fprintf(out, "  \"%s\": [", key);
    for (size_t i = 0; i < sequences->count; i++) {
        fprintf(out, "%s\n    [", i ? "," : "");
        for (int k = 0; k < sequences->length; k++)
            fprintf(out, "\"%s\", ", instruction_name(sequences->items[i].opcodes[k]));
        fprintf(out, "%" PRIu64 "]", sequences->items[i].count);
    }
    fputs("],\n", out);
}

static void print_sequences(FILE *out, const char *title, const Sequences *sequences,
                            uint64_t total) {
    enum { SHOWN = 40 };
    if (!sequences->items || !total) return;
    fprintf(out, "\n%-72s %16s %7s\n", title, "executed", "share");
    for (size_t i = 0; i < sequences->count && i < SHOWN; i++) {
        const Sequence *sequence = &sequences->items[i];
        char text[160];
        size_t used = 0;
        for (int k = 0; k < sequences->length; k++)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", k ? " " : "",
                                     instruction_name(sequence->opcodes[k]));
        fprintf(out, "%-72s %16" PRIu64 " %6.2f%%\n", text, sequence->count,
                100.0 * (double)sequence->count / (double)total);
    }
    if (sequences->count > SHOWN)
        fprintf(out, "and %zu more (--json has all)\n", sequences->count - SHOWN);
}

static int by_executions(const void *a, const void *b) {
    const OperandRow *left = a, *right = b;
    if (left->executed != right->executed) return left->executed < right->executed ? 1 : -1;
    if (left->opcode != right->opcode) return left->opcode - right->opcode;
    return strcmp(left->kinds, right->kinds);
}

typedef struct {
    OperandRow *items; // most frequent first
    size_t count;
    uint64_t lost;
} OperandRows;

// What --stats=operands counted; free(items). False without memory.
static bool sorted_operands(const Thread *thread, OperandRows *found) {
    const OperandCounts *counted = thread->operand_counts;
    OperandRow row;
    if (!counted) return true;
    found->lost = operand_counts_lost(counted);
    while (operand_counts_row(counted, found->count, &row)) found->count++;
    found->items = malloc((found->count + 1) * sizeof *found->items);
    if (!found->items) return false;
    for (size_t i = 0; i < found->count; i++) operand_counts_row(counted, i, &found->items[i]);
    qsort(found->items, found->count, sizeof *found->items, by_executions);
    return true;
}

static void print_operands_json(FILE *out, const OperandRows *rows) {
    if (!rows->items) return;
    fputs("  \"operands\": [", out);
    for (size_t i = 0; i < rows->count; i++) {
        const OperandRow *row = &rows->items[i];
        fprintf(out,
                "%s\n    {\"instruction\": \"%s\", \"kinds\": \"%s\", \"executed\": %" PRIu64
                ", \"ns\": %" PRIu64 ", \"executed_long\": %" PRIu64 ", \"ns_long\": %" PRIu64 "}",
                i ? "," : "", instruction_name(row->opcode), row->kinds, row->executed,
                row->nanoseconds, row->executed_long, row->nanoseconds_long);
    }
    fprintf(out, "],\n  \"operands_lost\": %" PRIu64 ",\n", rows->lost);
}

static void print_operands(FILE *out, const OperandRows *rows, uint64_t total) {
    enum { SHOWN = 60 };
    if (!rows->items || !total) return;
    fprintf(out, "\n%-30s %-40s %14s %7s %9s %12s\n", "instruction", "operands", "executed",
            "share", "ns each", "500 ns or more");
    for (size_t i = 0; i < rows->count && i < SHOWN; i++) {
        const OperandRow *row = &rows->items[i];
        fprintf(out, "%-30s %-40s %14" PRIu64 " %6.2f%% %9.1f %12" PRIu64 "\n",
                instruction_name(row->opcode), row->kinds, row->executed,
                100.0 * (double)row->executed / (double)total,
                (double)row->nanoseconds / (double)row->executed, row->executed_long);
    }
    if (rows->count > SHOWN) fprintf(out, "and %zu more (--json has all)\n", rows->count - SHOWN);
    if (rows->lost) fprintf(out, "not counted for want of memory: %" PRIu64 "\n", rows->lost);
}

static const char *const jemalloc_figures[] = {"stats.allocated", "stats.active", "stats.metadata",
                                               "stats.resident", "stats.mapped"};

static uint64_t jemalloc_figure(const char *name) {
    size_t value = 0, size = sizeof value;
    return mallctl(name, &value, &size, NULL, 0) == 0 ? value : 0;
}

static void refresh_jemalloc(void) {
    uint64_t epoch = 1;
    size_t size = sizeof epoch;
    mallctl("epoch", &epoch, &size, &epoch, size);
}

// All that was counted.
typedef struct {
    OpcodeCount *opcodes;
    int count;
    uint64_t total;
    Sequences pairs, triples;
    OperandRows operands;
} Counts;

static void print_json(const Thread *thread, FILE *out, const Counts *counts) {
    HeapStatistics heap;
    heap_statistics(thread->heap, &heap);
    const Engine *engine = engines[thread->engine];
    fprintf(
        out,
        "{\n  \"technique\": \"%s\", \"engine_compiler\": \"%s\",\n  \"opcodes_total\": %" PRIu64
        ",\n  \"opcodes\": {",
        engine->technique, engine->compiler, counts->total);
    for (int i = 0; i < counts->count; i++)
        fprintf(out, "%s\n    \"%s\": %" PRIu64, i ? "," : "",
                instruction_name(counts->opcodes[i].opcode), counts->opcodes[i].count);
    fputs("},\n", out);
    print_sequences_json(out, "pairs", &counts->pairs);
    print_sequences_json(out, "triples", &counts->triples);
    print_operands_json(out, &counts->operands);
    fputs("  \"allocations\": [", out);
    const char *separator = "";
    for (unsigned i = 0; i < HEAP_CLASS_COUNT; i++) {
        if (!heap.allocated_objects[i]) continue;
        fprintf(out, "%s\n    {\"size\": %zu, \"objects\": %" PRIu64 "}", separator,
                heap_class_size(i), heap.allocated_objects[i]);
        separator = ",";
    }
    fprintf(out,
            "],\n  \"allocations_large\": %" PRIu64 ",\n  \"collections\": %" PRIu64
            ",\n  \"pause_total_ns\": %" PRIu64 ",\n  \"pause_max_ns\": %" PRIu64
            ",\n  \"live_bytes_after_mark\": %" PRIu64 ",\n  \"slab_bytes\": %" PRIu64
            ",\n  \"large_bytes\": %" PRIu64 ",\n  \"finalized\": %" PRIu64 ",\n  \"jemalloc\": {",
            heap.allocated_large, heap.collections, heap.pause_total_ns, heap.pause_max_ns,
            heap.live_bytes_after_mark, heap.slab_bytes, heap.large_bytes, heap.finalized);
    for (size_t i = 0; i < COUNT_OF(jemalloc_figures); i++)
        fprintf(out, "%s\"%s\": %" PRIu64, i ? ", " : "", jemalloc_figures[i],
                jemalloc_figure(jemalloc_figures[i]));
    fputs("}\n}\n", out);
}

static void print_opcodes(FILE *out, const Counts *counts) {
    if (!counts->total) return;
    fprintf(out, "\n%-36s %16s %7s\n", "instruction", "executed", "share");
    for (int i = 0; i < counts->count; i++)
        fprintf(out, "%-36s %16" PRIu64 " %6.2f%%\n", instruction_name(counts->opcodes[i].opcode),
                counts->opcodes[i].count,
                100.0 * (double)counts->opcodes[i].count / (double)counts->total);
    fprintf(out, "%-36s %16" PRIu64 "\n", "total", counts->total);
    print_sequences(out, "pair", &counts->pairs, counts->total);
    print_sequences(out, "triple", &counts->triples, counts->total);
    print_operands(out, &counts->operands, counts->total);
}

static void print_text(const Thread *thread, FILE *out, const Counts *counts) {
    HeapStatistics heap;
    heap_statistics(thread->heap, &heap);
    const Engine *engine = engines[thread->engine];
    fprintf(out, "engine %s:%s\n", engine->technique, engine->compiler);
    print_opcodes(out, counts);
    fprintf(out, "\n%-20s %16s\n", "block size, bytes", "objects");
    for (unsigned i = 0; i < HEAP_CLASS_COUNT; i++)
        if (heap.allocated_objects[i])
            fprintf(out, "%-20zu %16" PRIu64 "\n", heap_class_size(i), heap.allocated_objects[i]);
    fprintf(out, "%-20s %16" PRIu64 "\n", "larger", heap.allocated_large);
    fprintf(out, "\ncollections %" PRIu64 ", pauses %.3f ms in all, %.3f ms at most\n",
            heap.collections, (double)heap.pause_total_ns / 1e6, (double)heap.pause_max_ns / 1e6);
    fprintf(out,
            "heap: slabs %" PRIu64 " bytes, large objects %" PRIu64
            " bytes, live after the last mark %" PRIu64 " bytes\n",
            heap.slab_bytes, heap.large_bytes, heap.live_bytes_after_mark);
    for (size_t i = 0; i < COUNT_OF(jemalloc_figures); i++)
        fprintf(out, "jemalloc %s %" PRIu64 " bytes\n", jemalloc_figures[i],
                jemalloc_figure(jemalloc_figures[i]));
}

int krait_print_statistics(KraitRuntime *runtime, FILE *out, int json) {
    const Thread *thread = ((Runtime *)runtime)->main_thread;
    Counts counts = {0};
    counts.opcodes = sorted_counts(thread, &counts.count, &counts.total);
    bool sorted = counts.opcodes && sorted_sequences(thread, 2, &counts.pairs) &&
                  sorted_sequences(thread, 3, &counts.triples) &&
                  sorted_operands(thread, &counts.operands);
    if (sorted) {
        refresh_jemalloc();
        if (json)
            print_json(thread, out, &counts);
        else
            print_text(thread, out, &counts);
    }
    free(counts.opcodes);
    free(counts.pairs.items);
    free(counts.triples.items);
    free(counts.operands.items);
    return sorted ? 0 : -1;
}
