// statistics.c — krait --stats: what the evaluator and the heap did.
#include "include/krait.h"
#include "modules/modules.h"
#include "vm/engine.h"
#include <inttypes.h>
#include <jemalloc/jemalloc.h>
#include <stdlib.h>

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

static void print_json(const Thread *thread, FILE *out, const OpcodeCount *counts, int count,
                       uint64_t total) {
    HeapStatistics heap;
    heap_statistics(thread->heap, &heap);
    const Engine *engine = engines[thread->engine];
    fprintf(
        out,
        "{\n  \"technique\": \"%s\", \"engine_compiler\": \"%s\",\n  \"opcodes_total\": %" PRIu64
        ",\n  \"opcodes\": {",
        engine->technique, engine->compiler, total);
    for (int i = 0; i < count; i++)
        fprintf(out, "%s\n    \"%s\": %" PRIu64, i ? "," : "", instruction_name(counts[i].opcode),
                counts[i].count);
    fputs("},\n  \"allocations\": [", out);
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

static void print_text(const Thread *thread, FILE *out, const OpcodeCount *counts, int count,
                       uint64_t total) {
    HeapStatistics heap;
    heap_statistics(thread->heap, &heap);
    const Engine *engine = engines[thread->engine];
    fprintf(out, "engine %s:%s\n", engine->technique, engine->compiler);
    if (total) fprintf(out, "\n%-36s %16s %7s\n", "instruction", "executed", "share");
    for (int i = 0; i < count; i++)
        fprintf(out, "%-36s %16" PRIu64 " %6.2f%%\n", instruction_name(counts[i].opcode),
                counts[i].count, 100.0 * (double)counts[i].count / (double)total);
    if (total) fprintf(out, "%-36s %16" PRIu64 "\n", "total", total);
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
    int count;
    uint64_t total;
    OpcodeCount *counts = sorted_counts(thread, &count, &total);
    if (!counts) return -1;
    refresh_jemalloc();
    if (json)
        print_json(thread, out, counts, count, total);
    else
        print_text(thread, out, counts, count, total);
    free(counts);
    return 0;
}
