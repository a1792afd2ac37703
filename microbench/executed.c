// executed.c — looks at instructions by their family: 3.12's opcode and all that stands for it.
//
// A function with two copies runs what one with one copy runs, and one copy more: the difference is
// what a copy runs, whatever calls and set-up cost.
#include "executed.h"
#include <stdlib.h>
#include <string.h>

enum { WARM_UP = 40 }; // calls; specialisation gives up after fewer

// A row that is named after an internal instruction means that one alone.
static bool in_family(int number, int named) {
    int base;
    return number == named || (krait_opcode_name(number, &base) && base == named);
}

// Adds `sign` times all counts so far to `counts`; false without memory.
typedef bool AddCounts(KraitRuntime *runtime, int sign, void *counts);

// Adds what one copy runs: what a call of two copies counts less what a call of one does, after
// warming up.
static bool add_copy(KraitRuntime *runtime, KraitHandle *prelude, const Body *body, bool baseline,
                     AddCounts *add, void *counts, char *error, size_t error_size) {
    for (int copies = 1; copies <= 2; copies++) {
        BodyFunction made;
        const BodyPlan plan = {.baseline = baseline, .copies = copies};
        if (!body_make(runtime, prelude, body, &plan, &made, error, error_size)) return false;
        int sign = copies == 1 ? -1 : 1;
        bool ran = body_run(runtime, &made, WARM_UP) >= 0 && add(runtime, -sign, counts) &&
                   body_run(runtime, &made, 1) >= 0 && add(runtime, sign, counts);
        body_release(runtime, &made);
        if (ran) continue;
        krait_error_text(runtime, error, error_size);
        krait_clear_error(runtime);
        return false;
    }
    return true;
}

static bool add_instructions(KraitRuntime *runtime, int sign, void *counts) {
    long *by_number = counts;
    for (int number = 0; number < krait_opcode_limit(); number++)
        by_number[number] += sign * (long)krait_opcode_executions(runtime, number);
    return true;
}

bool executed_copy(KraitRuntime *runtime, KraitHandle *prelude, const Body *body, bool baseline,
                   long *counts, char *error, size_t error_size) {
    return add_copy(runtime, prelude, body, baseline, add_instructions, counts, error, error_size);
}

typedef struct {
    long *counts; // by the index of krait_operand_count
    long count;
} KindCounts;

static bool add_kinds(KraitRuntime *runtime, int sign, void *counts) {
    KindCounts *kinds = counts;
    KraitOperandCount row;
    for (long i = 0; krait_operand_count(runtime, i, &row); i++) {
        if (i == kinds->count) {
            long *grown = realloc(kinds->counts, (size_t)(i + 1) * sizeof *grown);
            if (!grown) return false;
            kinds->counts = grown;
            kinds->counts[kinds->count++] = 0;
        }
        kinds->counts[i] += sign * (long)row.executed;
    }
    return true;
}

bool executed_print_kinds(KraitRuntime *runtime, KraitHandle *prelude, const Body *body,
                          bool baseline, FILE *out, char *error, size_t error_size) {
    KindCounts kinds = {0};
    KraitOperandCount row;
    bool counted = add_copy(runtime, prelude, body, baseline, add_kinds, &kinds, error, error_size);
    for (long i = 0; counted && i < kinds.count; i++)
        if (kinds.counts[i] && krait_operand_count(runtime, i, &row))
            fprintf(out, "%s.%s,%s,%s,%s,%ld\n", body->opcode, body->variant,
                    baseline ? "baseline" : "body", krait_opcode_name(row.opcode, NULL), row.kinds,
                    kinds.counts[i]);
    free(kinds.counts);
    return counted;
}

bool executed_count(KraitRuntime *runtime, KraitHandle *prelude, const Body *body,
                    Executed *executed, char *error, size_t error_size) {
    int limit = krait_opcode_limit(), named = krait_opcode_number(body->opcode);
    memset(executed, 0, sizeof *executed);
    snprintf(error, error_size, "no memory");
    long *counts = calloc(2 * (size_t)limit, sizeof *counts);
    if (!counts) return false;
    long *without = counts + limit, most = 0;
    bool counted = executed_copy(runtime, prelude, body, false, counts, error, error_size) &&
                   executed_copy(runtime, prelude, body, true, without, error, error_size);
    for (int number = 0; counted && number < limit; number++) {
        if (!in_family(number, named)) continue;
        executed->executed += counts[number];
        executed->baseline += without[number];
        if (counts[number] - without[number] <= most) continue;
        most = counts[number] - without[number];
        executed->instruction = krait_opcode_name(number, NULL);
    }
    free(counts);
    return counted;
}

const char *executed_instruction(KraitRuntime *runtime, const BodyFunction *made,
                                 const Body *body) {
    KraitHandle *code = made->functions[0] ? made->functions[0] : made->codes[0];
    int named = krait_opcode_number(body->opcode), found = named;
    long length = krait_threaded_opcodes(runtime, code, NULL, 0), most = 0;
    int *opcodes = length > 0 ? malloc((size_t)length * sizeof *opcodes) : NULL;
    long *counts = calloc((size_t)krait_opcode_limit(), sizeof *counts);
    if (opcodes && counts && krait_threaded_opcodes(runtime, code, opcodes, length) == length) {
        for (long i = 0; i < length; i++) {
            if (!in_family(opcodes[i], named) || ++counts[opcodes[i]] <= most) continue;
            most = counts[opcodes[i]];
            found = opcodes[i];
        }
    }
    free(opcodes);
    free(counts);
    krait_clear_error(runtime); // no memory for the code: the name that is known does
    return krait_opcode_name(found, NULL);
}
