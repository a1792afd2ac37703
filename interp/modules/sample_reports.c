// sample_reports.c — krait --sample: what the sampler saw, as tables, as folded stacks, as JSON.
#define _GNU_SOURCE
#include "include/krait.h"
#include "modules/modules.h"
#include "objects/str.h"
#include "runtime/errors.h"
#include "vm/engine.h"
#include "vm/sampler.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 25 }; // rows of a table

static Thread *thread_of(KraitRuntime *runtime) { return ((Runtime *)runtime)->main_thread; }

int krait_sample_start(KraitRuntime *runtime, int hz) {
    return sampler_start(thread_of(runtime), hz) ? 0 : -1;
}

void krait_sample_stop(KraitRuntime *runtime) { sampler_stop(thread_of(runtime)); }

// UTF-8 of a str, valid until the next call; "?" if it cannot be had.
static const char *text_of(Thread *thread, Value str, size_t *length) {
    const char *text = str_as_utf8_lossy(thread, str, length);
    if (text) return text;
    error_clear(thread);
    *length = 1;
    return "?";
}

static void print_json_string(Thread *thread, FILE *out, Value str) {
    size_t length;
    const char *text = text_of(thread, str, &length);
    putc('"', out);
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte == '"' || byte == '\\')
            fprintf(out, "\\%c", byte);
        else if (byte < ' ')
            fprintf(out, "\\u%04x", byte);
        else
            putc(byte, out);
    }
    putc('"', out);
}

// What folded stacks use as separators is replaced.
static void print_folded_text(Thread *thread, FILE *out, Value str, bool base_name) {
    size_t length;
    const char *text = text_of(thread, str, &length), *slash = memrchr(text, '/', length);
    if (base_name && slash) {
        length -= (size_t)(slash + 1 - text);
        text = slash + 1;
    }
    for (size_t i = 0; i < length; i++)
        putc(text[i] == ';' ? ':' : (unsigned char)text[i] < ' ' ? ' ' : text[i], out);
}

static void print_json(Thread *thread, FILE *out, const Samples *samples) {
    const Engine *engine = engines[thread->engine];
    fprintf(out,
            "{\"technique\": \"%s\", \"engine_compiler\": \"%s\", \"hz\": %d, \"samples\": %" PRIu64
            ", \"dropped\": %" PRIu64 ",\n\"locations\": [",
            engine->technique, engine->compiler, samples->hz, samples->taken, samples->dropped);
    for (size_t i = 0; i < samples->location_count; i++) {
        const SampleLocation *location = &samples->locations[i];
        fputs(i ? ",\n[" : "\n[", out);
        print_json_string(thread, out, location->code->co_qualname);
        fputs(", ", out);
        print_json_string(thread, out, location->code->co_filename);
        fprintf(out, ", %d, %d, %d]", location->code->co_firstlineno, location->line,
                location->unit < 0 ? -1 : 2 * location->unit);
    }
    fputs("],\n\"stacks\": [", out);
    for (size_t i = 0; i < samples->stack_count; i++) {
        const SampleStack *stack = &samples->stacks[i];
        fprintf(out, "%s\n[%" PRIu64 ", ", i ? "," : "", stack->count);
        fprintf(out, stack->opcode < 0 ? "null" : "\"%s\"",
                stack->opcode < 0 ? "" : instruction_name(stack->opcode));
        fprintf(out, ", %" PRIu64 ", %s, [", (uint64_t)stack->address,
                stack->cut ? "true" : "false");
        for (uint32_t k = stack->depth; k-- > 0;)
            fprintf(out, "%" PRIu32 "%s", samples->places[stack->first + k], k ? ", " : "");
        fputs("]]", out);
    }
    fputs("]}\n", out);
}

static void print_folded_stack(Thread *thread, FILE *out, const Samples *samples,
                               const SampleStack *stack) {
    const SampleLocation *location = NULL;
    if (stack->cut) fputs("...;", out);
    for (uint32_t i = stack->depth; i-- > 0;) {
        location = &samples->locations[samples->places[stack->first + i]];
        print_folded_text(thread, out, location->code->co_qualname, false);
        fputs(" (", out);
        print_folded_text(thread, out, location->code->co_filename, true);
        fprintf(out, ":%d);", location->code->co_firstlineno);
    }
    if (!location) {
        fputs("(no function)", out);
        return;
    }
    print_folded_text(thread, out, location->code->co_filename, true);
    fprintf(out, ":%d", location->line);
    if (stack->opcode >= 0) fprintf(out, ";%s", instruction_name(stack->opcode));
}

// Stacks that differ in the machine address alone give one line each: readers add them up.
static void print_folded(Thread *thread, FILE *out, const Samples *samples) {
    for (size_t i = 0; i < samples->stack_count; i++) {
        print_folded_stack(thread, out, samples, &samples->stacks[i]);
        fprintf(out, " %" PRIu64 "\n", samples->stacks[i].count);
    }
}

// A row of a table: a function (line -1), a line, or an opcode (code NULL).
typedef struct {
    CodeObject *code;
    int32_t number; // line or opcode
    uint64_t self, total;
    size_t seen; // 1 + the stack that was added last
} Row;
typedef struct {
    Row *rows;
    size_t count;
} Table;

static int by_key(const void *a, const void *b) {
    const Row *left = a, *right = b;
    if (left->code != right->code) return left->code < right->code ? -1 : 1;
    return (left->number > right->number) - (left->number < right->number);
}

static int by_self(const void *a, const void *b) {
    const Row *left = a, *right = b;
    if (left->self != right->self) return left->self < right->self ? 1 : -1;
    if (left->total != right->total) return left->total < right->total ? 1 : -1;
    return left->number - right->number;
}

static Row *find_row(const Table *table, CodeObject *code, int32_t number) {
    Row key = {.code = code, .number = number};
    return bsearch(&key, table->rows, table->count, sizeof key, by_key);
}

// A row for each function or line that was seen; false without memory.
static bool make_table(Table *table, const Samples *samples, bool lines) {
    table->count = 0;
    table->rows = calloc(samples->location_count + 1, sizeof *table->rows);
    if (!table->rows) return false;
    for (size_t i = 0; i < samples->location_count; i++)
        table->rows[i] = (Row){.code = samples->locations[i].code,
                               .number = lines ? samples->locations[i].line : -1};
    qsort(table->rows, samples->location_count, sizeof *table->rows, by_key);
    for (size_t i = 0; i < samples->location_count; i++)
        if (!table->count || by_key(&table->rows[table->count - 1], &table->rows[i]) != 0)
            table->rows[table->count++] = table->rows[i];
    return true;
}

static void count_stack(const Table *table, const Samples *samples, size_t number, bool lines) {
    const SampleStack *stack = &samples->stacks[number];
    for (uint32_t i = 0; i < stack->depth; i++) {
        const SampleLocation *location = &samples->locations[samples->places[stack->first + i]];
        Row *row = find_row(table, location->code, lines ? location->line : -1);
        if (i == 0) row->self += stack->count;
        if (row->seen != number + 1) row->total += stack->count;
        row->seen = number + 1; // a recursive function counts once
    }
}

static double share(uint64_t part, uint64_t whole) {
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

static void print_places(Thread *thread, FILE *out, Table *table, const Samples *samples) {
    qsort(table->rows, table->count, sizeof *table->rows, by_self);
    bool lines = table->count && table->rows[0].number >= 0;
    fprintf(out, "\n%7s %7s  %s\n", "self", "total", lines ? "line" : "function");
    for (size_t i = 0; i < table->count && i < SHOWN; i++) {
        const Row *row = &table->rows[i];
        size_t length;
        fprintf(out, "%6.2f%% %6.2f%%  ", share(row->self, samples->taken),
                share(row->total, samples->taken));
        fputs(text_of(thread, row->code->co_qualname, &length), out);
        fputs(" (", out);
        fputs(text_of(thread, row->code->co_filename, &length), out);
        fprintf(out, ":%d)\n", lines ? row->number : row->code->co_firstlineno);
    }
    if (table->count > SHOWN) fprintf(out, "and %zu more\n", table->count - SHOWN);
}

static void print_opcodes(FILE *out, const Samples *samples) {
    Row rows[INSTRUCTION_LIMIT + 1] = {0};
    for (int i = 0; i <= INSTRUCTION_LIMIT; i++) rows[i].number = i;
    for (size_t i = 0; i < samples->stack_count; i++) {
        int opcode = samples->stacks[i].opcode;
        rows[opcode < 0 ? INSTRUCTION_LIMIT : opcode].self += samples->stacks[i].count;
    }
    qsort(rows, COUNT_OF(rows), sizeof *rows, by_self);
    fprintf(out, "\n%7s  opcode, with what it calls in C\n", "self");
    for (size_t i = 0; i < SHOWN && rows[i].self; i++)
        fprintf(out, "%6.2f%%  %s\n", share(rows[i].self, samples->taken),
                rows[i].number == INSTRUCTION_LIMIT ? "(no function)"
                                                    : instruction_name(rows[i].number));
}

static bool print_tables(Thread *thread, FILE *out, const Samples *samples) {
    const Engine *engine = engines[thread->engine];
    fprintf(out,
            "engine %s:%s, %" PRIu64 " samples at %d a second of real time, %" PRIu64 " dropped\n",
            engine->technique, engine->compiler, samples->taken, samples->hz, samples->dropped);
    for (int lines = 0; lines < 2; lines++) {
        Table table;
        if (!make_table(&table, samples, lines)) return false;
        for (size_t i = 0; i < samples->stack_count; i++) count_stack(&table, samples, i, lines);
        print_places(thread, out, &table, samples);
        free(table.rows);
    }
    print_opcodes(out, samples);
    return true;
}

int krait_print_samples(KraitRuntime *runtime, FILE *out, KraitSampleForm form) {
    Thread *thread = thread_of(runtime);
    Samples samples;
    if (!sampler_read(thread, &samples)) return -1;
    switch (form) {
    case KRAIT_SAMPLES_JSON: print_json(thread, out, &samples); return 0;
    case KRAIT_SAMPLES_FOLDED: print_folded(thread, out, &samples); return 0;
    default: return print_tables(thread, out, &samples) ? 0 : -1;
    }
}
