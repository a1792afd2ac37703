// instrument.c — diverting ordinary translations into traced ones, and where lines begin.
#include "vm/instrument.h"
#include "objects/bytes.h"
#include "runtime/errors.h"
#include "vm/engine.h"
#include "vm/inject.h"
#include <stdlib.h>

// Prefixes stay: they lead to the next instruction in any case.
static void divert(Thread *thread, ThreadedCode *threaded) {
    const void *handler = engines[thread->engine]->handlers()[OP_DIVERT];
    for (uint32_t word = 0; word < threaded->word_count;) {
        Instruction *instruction = (Instruction *)(void *)&threaded->words[word];
        bool fused = instruction_width(instruction->opcode) == 2;
        word += fused ? INSTRUCTION_WORDS : instruction->a;
        if (instruction_is_prefix(instruction->opcode)) continue;
        instruction->opcode = OP_DIVERT;
        instruction->handler = handler;
    }
    threaded->diverted = true;
}

void instrument_start(Thread *thread) {
    if (thread->runtime->tracer_count++) return;
    for (ThreadedCode *threaded = thread->runtime->threaded_codes; threaded;
         threaded = threaded->next)
        if (!threaded->diverted) divert(thread, threaded);
}

// Without memory a translation stays diverted: its frames run on in the traced one.
void instrument_stop(Thread *thread) {
    if (--thread->runtime->tracer_count) return;
    for (ThreadedCode *threaded = thread->runtime->threaded_codes; threaded;
         threaded = threaded->next)
        if (threaded_code_reset(thread, threaded)) threaded->diverted = false;
}

static int unit_opcode(const CodeObject *code, int unit) {
    return value_as_bytes(code->co_code)->data[2 * unit];
}

// Where a jump leads to that may begin a line, or -1; `arg` with its EXTENDED_ARGs, `next` behind
// the instruction and its caches. The END_FOR and END_SEND at a target are skipped.
static int line_target(int opcode, int arg, int next) {
    switch (opcode) {
    case OP_POP_JUMP_IF_FALSE:
    case OP_POP_JUMP_IF_TRUE:
    case OP_POP_JUMP_IF_NONE:
    case OP_POP_JUMP_IF_NOT_NONE:
    case OP_JUMP_FORWARD: return next + arg;
    case OP_FOR_ITER:
    case OP_SEND: return next + arg + 1;
    case OP_JUMP_BACKWARD:
    case OP_JUMP_BACKWARD_NO_INTERRUPT: return next - arg;
    default: return -1;
    }
}

static void mark_jump_targets(const CodeObject *code, unsigned char *starts, int units) {
    const unsigned char *bytes = value_as_bytes(code->co_code)->data;
    for (int unit = 0, arg = 0; unit < units;) {
        int opcode = bytes[2 * unit];
        arg |= bytes[2 * unit + 1];
        unit += 1 + opcode_caches(opcode);
        int target = line_target(opcode, arg, unit);
        if (target >= 0 && code_line(code, target) >= 0) starts[target] = true;
        arg = opcode == OP_EXTENDED_ARG ? arg << 8 : 0;
    }
}

// By unit: may a line event come before it? (CPython's initialize_lines.)
static unsigned char *find_line_starts(const CodeObject *code, int *first_traced) {
    int units = (int)(value_as_bytes(code->co_code)->length / 2), unit = 0, line = -1;
    unsigned char *starts = calloc((size_t)units + 1, 1);
    if (!starts) return NULL;
    while (unit < units && unit_opcode(code, unit) != OP_RESUME)
        unit += 1 + opcode_caches(unit_opcode(code, unit));
    *first_traced = unit;
    for (; unit < units; unit += 1 + opcode_caches(unit_opcode(code, unit))) {
        int opcode = unit_opcode(code, unit), own = code_line(code, unit);
        bool can_start = opcode != OP_END_ASYNC_FOR && opcode != OP_END_FOR &&
                         opcode != OP_END_SEND && opcode != OP_RESUME;
        starts[unit] = can_start && own >= 0 && own != line;
        if (can_start) line = own;
    }
    mark_jump_targets(code, starts, units);
    for (unit = 0; unit < units; unit++) {
        CodeHandler handler;
        if (code_find_handler(code, unit, &handler) && code_line(code, handler.target) >= 0 &&
            unit_opcode(code, handler.target) != OP_END_ASYNC_FOR)
            starts[handler.target] = true;
    }
    return starts;
}

static ThreadedCode *get_traced(Thread *thread, CodeObject *code) {
    ThreadedCode *threaded = code->threaded[thread->engine];
    if (threaded->traced) return threaded->traced;
    ThreadedCode *traced = code_translate_traced(thread, code);
    if (!traced) return NULL;
    traced->line_starts = find_line_starts(code, &traced->first_traced);
    if (!traced->line_starts) {
        threaded_code_free(traced);
        raise_memory_error(thread);
        return NULL;
    }
    return threaded->traced = traced;
}

// The instruction before a unit in the order of the code; -1 at the start.
static int unit_before(const CodeObject *code, int unit) {
    int before = -1;
    for (int at = 0; at < unit; at += 1 + opcode_caches(unit_opcode(code, at))) before = at;
    return before;
}

const Instruction *instrument_divert(Thread *thread, Frame *frame) {
    const ThreadedCode *traced = get_traced(thread, frame->code);
    if (!traced) return NULL;
    int unit = frame_unit(thread, frame);
    if (!(frame->flags & FRAME_TRACED)) {
        frame->flags |= FRAME_TRACED;
        frame->traced_unit = unit_before(frame->code, unit);
    }
    return instrument_place(traced, unit);
}

const Instruction *instrument_return(const ThreadedCode *threaded, int unit) {
    if (threaded->diverted || threaded->word_of_unit[unit] == UINT32_MAX) return NULL;
    return instrument_place(threaded, unit);
}

void threaded_code_list(Thread *thread, ThreadedCode *threaded) {
    ThreadedCode **head = &thread->runtime->threaded_codes;
    threaded->next = *head;
    threaded->link = head;
    if (*head) (*head)->link = &threaded->next;
    *head = threaded;
    if (thread->runtime->tracer_count) divert(thread, threaded);
}

void threaded_code_unlist(ThreadedCode *threaded) {
    if (!threaded->link) return;
    *threaded->link = threaded->next;
    if (threaded->next) threaded->next->link = threaded->link;
    threaded->link = NULL;
}

void threaded_codes_forget(Runtime *runtime) {
    for (ThreadedCode *threaded = runtime->threaded_codes; threaded; threaded = threaded->next)
        threaded->link = NULL;
    runtime->threaded_codes = NULL;
}
