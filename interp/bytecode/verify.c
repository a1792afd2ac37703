// verify.c — is it safe to run this code object? Abstract interpretation over kinds of slots.
//
// Every path is followed with, for each slot of the frame, what is known of its content; where
// paths meet the knowledge is joined until nothing changes, so each instruction is looked at a few
// times at most. Each instruction in a protected region is also a way to its handler. What is
// accepted never reads or writes outside its frame, its constants and its names, and finds on the
// stack what the rows of opcodes.def demand.
//
// A trace function may raise before any instruction, also between those that take a cell away from
// its slot and put it back around an inlined comprehension, where nothing else but a MAKE_CELL
// without memory can. Compiled code does not provide for that: before a handler of a traced frame
// is entered, its empty cell slots are filled with fresh cells (frame_fill_cells), or the frame is
// left.
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "bytecode/code_internal.h"
#include "bytecode/exception_table.h"
#include "bytecode/verify_internal.h"
#include "objects/bytes.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"

enum { MAX_PREFIXES = 3, MAX_STATE_BYTES = 1 << 30 };

bool verifier_fail(Verifier *verifier, int unit, const char *format, ...) {
    if (verifier->failed) return false;
    verifier->failed = true;
    verifier->failed_unit = unit;
    va_list arguments;
    va_start(arguments, format);
    Value reason = str_format_va(verifier->thread, format, arguments);
    va_end(arguments);
    if (value_is_error(reason)) return false;
    int opcode = unit >= 0 && unit < verifier->unit_count ? verifier->units[2 * unit] : -1;
    raise_value_error(verifier->thread, "invalid bytecode in %U, offset %d (%s): %U",
                      verifier->code->co_qualname, unit * 2,
                      opcode < 0 ? "end" : opcode_name(opcode), reason);
    return false;
}

static bool raise_no_memory(Verifier *verifier) {
    verifier->failed = true;
    raise_memory_error(verifier->thread);
    return false;
}

// Splits the wordcode into instructions.
static bool decode(Verifier *verifier) {
    for (int i = 0; i < verifier->unit_count; i++) verifier->decoded[i].opcode = -1;
    for (int unit = 0; unit < verifier->unit_count;) {
        Decoded instruction = {.start = unit};
        int64_t oparg = 0;
        while (verifier->units[2 * unit] == OP_EXTENDED_ARG) {
            oparg = oparg << 8 | verifier->units[2 * unit + 1];
            if (++unit - instruction.start > MAX_PREFIXES || unit == verifier->unit_count)
                return verifier_fail(verifier, unit - 1, "EXTENDED_ARG without an instruction");
        }
        oparg = oparg << 8 | verifier->units[2 * unit + 1];
        instruction.unit = unit;
        instruction.opcode = verifier->units[2 * unit];
        if (!opcode_exists(instruction.opcode) ||
            opcode_flags(instruction.opcode) & OPCODE_INTERNAL)
            return verifier_fail(verifier, unit, "unknown opcode %d", instruction.opcode);
        if (oparg >= 1 << 28) return verifier_fail(verifier, unit, "the argument is too large");
        instruction.oparg = instruction.opcode >= OPCODE_HAVE_ARGUMENT ? (int)oparg : 0;
        instruction.next = unit + 1 + opcode_caches(instruction.opcode);
        if (instruction.next > verifier->unit_count)
            return verifier_fail(verifier, unit, "its caches are missing");
        for (int i = unit + 1; i < instruction.next; i++)
            if (verifier->units[2 * i] != OP_CACHE)
                return verifier_fail(verifier, unit, "its caches are missing");
        verifier->decoded[instruction.start] = instruction;
        unit = instruction.next;
    }
    return true;
}

static bool starts_instruction(const Verifier *verifier, int64_t unit) {
    return unit >= 0 && unit < verifier->unit_count && verifier->decoded[unit].opcode >= 0;
}

// Where a taken jump continues: FOR_ITER's behind the END_FOR it points to.
static int64_t jump_target(const Decoded *instruction) {
    int64_t target = opcode_table[instruction->opcode].operand == OPERAND_JUMP_BACKWARD
                         ? (int64_t)instruction->next - instruction->oparg
                         : (int64_t)instruction->next + instruction->oparg;
    return instruction->opcode == OP_FOR_ITER ? target + 1 : target;
}

static bool find_joins(Verifier *verifier) {
    for (int i = 0; i < verifier->unit_count; i++) {
        const Decoded *instruction = &verifier->decoded[i];
        if (instruction->opcode < 0) continue;
        if (!verifier_check_operand(verifier, instruction)) return false;
        if (!(opcode_flags(instruction->opcode) & OPCODE_JUMPS)) continue;
        int64_t target = jump_target(instruction);
        if (!starts_instruction(verifier, target))
            return verifier_fail(verifier, instruction->unit, "the jump leads into nowhere");
        if (instruction->opcode == OP_FOR_ITER &&
            (!starts_instruction(verifier, target - 1) ||
             verifier->decoded[target - 1].opcode != OP_END_FOR))
            return verifier_fail(verifier, instruction->unit, "the jump leads to no END_FOR");
        verifier->joins[target] = true;
    }
    if (verifier->jump_from >= 0) {
        if (!starts_instruction(verifier, verifier->jump_to))
            return verifier_fail(verifier, verifier->jump_from, "the jump leads into nowhere");
        verifier->joins[verifier->jump_to] = true;
    }
    for (int i = 0; i < verifier->unit_count; i++)
        if (verifier->decoded[i].opcode == OP_KW_NAMES &&
            !verifier_check_keywords(verifier, &verifier->decoded[i]))
            return false;
    return true;
}

static bool check_entry(Verifier *verifier, const ExceptionEntry *entry, int previous_end) {
    bool ends_well = entry->end == verifier->unit_count || starts_instruction(verifier, entry->end);
    if (entry->start < previous_end || entry->end <= entry->start ||
        entry->end > verifier->unit_count || !starts_instruction(verifier, entry->start) ||
        !ends_well || !starts_instruction(verifier, entry->handler.target) ||
        entry->handler.depth + 1 + entry->handler.push_lasti > verifier->code->co_stacksize)
        return verifier_fail(verifier, entry->start, "malformed exception table");
    return true;
}

static bool read_exception_table(Verifier *verifier) {
    ExceptionReader reader;
    exception_reader_start(&reader, verifier->code);
    size_t size = (size_t)(reader.end - reader.start);
    verifier->entries = calloc(size / 4 + 1, sizeof *verifier->entries);
    if (verifier->entries == NULL) return raise_no_memory(verifier);
    for (int i = 0; i < verifier->unit_count; i++) verifier->handlers[i] = -1;
    int count = 0, previous_end = 0;
    while (exception_reader_next(&reader, &verifier->entries[count])) {
        const ExceptionEntry *entry = &verifier->entries[count];
        if (!check_entry(verifier, entry, previous_end)) return false;
        for (int i = entry->start; i < entry->end; i++) verifier->handlers[i] = count;
        verifier->joins[entry->handler.target] = true;
        previous_end = entry->end;
        count++;
    }
    if (reader.next != reader.end)
        return verifier_fail(verifier, previous_end, "malformed exception table");
    return true;
}

// The slots are locals, then plain cells, then free variables; parameters are locals.
static bool check_slots(Verifier *verifier) {
    size_t size;
    const unsigned char *kinds = code_bytes(verifier->code->co_localspluskinds, &size);
    int previous = 0;
    for (size_t i = 0; i < size; i++) {
        int cell_or_local = CO_FAST_LOCAL | CO_FAST_CELL | CO_FAST_HIDDEN;
        int group = kinds[i] & CO_FAST_LOCAL ? 1 : kinds[i] == CO_FAST_CELL ? 2 : 3;
        bool known =
            group == 1 ? !(kinds[i] & ~cell_or_local) : group == 2 || kinds[i] == CO_FAST_FREE;
        if (!known || group < previous)
            return verifier_fail(verifier, 0, "malformed co_localspluskinds");
        previous = group;
    }
    if (size > CODE_MAX_STACK)
        return verifier_fail(verifier, 0, "there are too many local variables");
    if (verifier->code->co_stacksize > CODE_MAX_STACK)
        return verifier_fail(verifier, 0, "co_stacksize is too large");
    return true;
}

static size_t state_size(const Verifier *verifier, int depth) {
    return (size_t)(verifier->slot_count + depth) * sizeof(SlotKind);
}

static void enqueue(Verifier *verifier, int unit) {
    if (verifier->queued[unit]) return;
    verifier->queued[unit] = true;
    verifier->worklist[verifier->pending++] = unit;
}

// Merges the first `depth` stack slots of the running state, and the locals, into the state at a
// join.
static bool merge(Verifier *verifier, int from, int target, int depth) {
    FrameState *state = &verifier->states[target];
    const FrameState *now = &verifier->now;
    if (state->slots == NULL) {
        verifier->state_bytes += state_size(verifier, depth);
        if (verifier->state_bytes > MAX_STATE_BYTES)
            return verifier_fail(verifier, from, "the code is too large to be verified");
        state->slots = malloc(state_size(verifier, depth) + 1);
        if (state->slots == NULL) return raise_no_memory(verifier);
        memcpy(state->slots, now->slots, state_size(verifier, depth));
        state->depth = depth;
        state->in_generator = now->in_generator;
        enqueue(verifier, target);
        return true;
    }
    if (state->depth != depth)
        return verifier_fail(verifier, from, "the stack has %d values, elsewhere %d, at offset %d",
                             depth, state->depth, target * 2);
    if (state->in_generator != now->in_generator)
        return verifier_fail(verifier, from, "RETURN_GENERATOR on one of two ways only");
    bool changed = false;
    for (int i = 0; i < verifier->slot_count + depth; i++) {
        SlotKind joined = verifier_join_kinds(state->slots[i], now->slots[i]);
        changed |= joined != state->slots[i];
        state->slots[i] = joined;
    }
    if (changed) enqueue(verifier, target);
    return true;
}

// The way from the running state, in which the stack is cut to `entry`'s depth, to its handler.
static bool enter_handler(Verifier *verifier, int unit, const ExceptionEntry *entry) {
    const CodeHandler *handler = &entry->handler;
    if (handler->depth > verifier->now.depth)
        return verifier_fail(verifier, unit, "its handler expects %d values on the stack",
                             handler->depth);
    SlotKind *top = &verifier->now.slots[verifier->slot_count + handler->depth];
    SlotKind saved[2] = {top[0], top[1]};
    int depth = handler->depth;
    if (handler->push_lasti) verifier->now.slots[verifier->slot_count + depth++] = SLOT_LASTI;
    verifier->now.slots[verifier->slot_count + depth++] = SLOT_EXCEPTION;
    verifier_note_depth(verifier, depth);
    bool merged = merge(verifier, unit, handler->target, depth);
    top[0] = saved[0];
    top[1] = saved[1];
    return merged;
}

// An instruction that raises may have overwritten its operands already, and a callee that had its
// window there may have left words that the collector no longer knows: a handler must not look at
// them, but where the picture's letter is the same before and after.
static void blur_operands(Verifier *verifier, const Decoded *instruction) {
    const char *before = opcode_table[instruction->opcode].stack;
    const char *after = strchr(before, '>') + 1;
    int pops = opcode_pops(instruction->opcode, instruction->oparg);
    bool kept = true;
    for (int i = verifier->now.depth - pops; i < verifier->now.depth; i++) {
        SlotKind *slot = &verifier->now.slots[verifier->slot_count + i];
        kept = kept && *before == *after && *before != '*' && *before != '>' && before[1] != '*';
        *slot = kept ? verifier_kind_of_letter(*before) : SLOT_DEAD;
        before++;
        after++;
    }
}

// What is raised into a frame that has yielded, or into a generator before its start, finds one
// value on the stack: their state is the one behind them.
static bool raises_behind(int opcode) {
    return opcode == OP_YIELD_VALUE || opcode == OP_RETURN_GENERATOR;
}

static bool follow_exception(Verifier *verifier, const Decoded *instruction) {
    for (int unit = instruction->start; unit <= instruction->unit; unit++) {
        int index = verifier->handlers[unit];
        if (index < 0 || (unit > instruction->start && index == verifier->handlers[unit - 1]))
            continue;
        if (!enter_handler(verifier, instruction->unit, &verifier->entries[index])) return false;
    }
    return true;
}

// Only a trace function can raise before an instruction that does not: its operands are as they
// were, and cells are in their slots (see the top of the file).
static bool follow_trace_exception(Verifier *verifier, const Decoded *instruction) {
    size_t size;
    const unsigned char *kinds = code_bytes(verifier->code->co_localspluskinds, &size);
    SlotKind *saved = verifier->saved;
    memcpy(saved, verifier->now.slots, size * sizeof *saved);
    for (size_t i = 0; i < size; i++)
        if (kinds[i] & CO_FAST_CELL) verifier->now.slots[i] = SLOT_CELL;
    bool followed = follow_exception(verifier, instruction);
    memcpy(verifier->now.slots, saved, size * sizeof *saved);
    return followed;
}

// The state at the handlers of an instruction that is about to run.
static bool follow_exceptions(Verifier *verifier, const Decoded *instruction) {
    bool covered = false;
    for (int unit = instruction->start; unit <= instruction->unit; unit++)
        covered |= verifier->handlers[unit] >= 0;
    if (!covered || raises_behind(instruction->opcode)) return true;
    if (!(opcode_flags(instruction->opcode) & OPCODE_RAISES) || instruction->opcode == OP_MAKE_CELL)
        return follow_trace_exception(verifier, instruction);
    int pops = opcode_pops(instruction->opcode, instruction->oparg);
    if (pops > verifier->now.depth) return true; // verifier_apply says so
    size_t size = (size_t)pops * sizeof(SlotKind);
    SlotKind *operands = &verifier->now.slots[verifier->slot_count + verifier->now.depth - pops];
    memcpy(verifier->saved, operands, size);
    blur_operands(verifier, instruction);
    bool followed = follow_exception(verifier, instruction);
    memcpy(operands, verifier->saved, size);
    return followed;
}

// The jump's way from the state behind the instruction.
static bool follow_jump(Verifier *verifier, const Decoded *instruction) {
    int depth = verifier->now.depth;
    if (instruction->opcode == OP_FOR_ITER) depth -= 2; // neither iterator nor item
    return merge(verifier, instruction->unit, (int)jump_target(instruction), depth);
}

// A debugger's jump, before which cells are put into their slots and locals are bound.
static bool follow_debugger(Verifier *verifier, const Decoded *instruction) {
    size_t size;
    const unsigned char *kinds = code_bytes(verifier->code->co_localspluskinds, &size);
    SlotKind *slots = verifier->now.slots, *saved = verifier->saved;
    if (verifier->jump_depth > verifier->now.depth)
        return verifier_fail(verifier, instruction->unit, "the jump expects %d values on the stack",
                             verifier->jump_depth);
    memcpy(saved, slots, size * sizeof *saved);
    for (size_t i = 0; i < size; i++)
        if (kinds[i] & CO_FAST_CELL)
            slots[i] = SLOT_CELL;
        else if (slots[i] == SLOT_NULL || slots[i] == SLOT_MAYBE)
            slots[i] = SLOT_VALUE;
    bool followed = merge(verifier, instruction->unit, verifier->jump_to, verifier->jump_depth);
    memcpy(slots, saved, size * sizeof *saved);
    return followed;
}

// Follows the instructions from a join to the next one or to an end.
static bool follow_run(Verifier *verifier, int unit) {
    const FrameState *state = &verifier->states[unit];
    verifier->now.depth = state->depth;
    verifier->now.in_generator = state->in_generator;
    memcpy(verifier->now.slots, state->slots, state_size(verifier, state->depth));
    for (;;) {
        const Decoded *instruction = &verifier->decoded[unit];
        unsigned flags = opcode_flags(instruction->opcode);
        bool jumps_here =
            instruction->start <= verifier->jump_from && verifier->jump_from <= instruction->unit;
        if (jumps_here && !follow_debugger(verifier, instruction)) return false;
        if (!follow_exceptions(verifier, instruction) || !verifier_apply(verifier, instruction))
            return false;
        if (raises_behind(instruction->opcode) && !follow_exception(verifier, instruction))
            return false;
        if (flags & OPCODE_JUMPS && !follow_jump(verifier, instruction)) return false;
        if (flags & OPCODE_ENDS) return true;
        unit = instruction->next;
        if (unit >= verifier->unit_count)
            return verifier_fail(verifier, instruction->unit, "control runs off the end");
        if (verifier->joins[unit])
            return merge(verifier, instruction->unit, unit, verifier->now.depth);
    }
}

static bool interpret(Verifier *verifier) {
    const CodeObject *code = verifier->code;
    int parameters = code->co_argcount + code->co_kwonlyargcount + !!(code->co_flags & CO_VARARGS) +
                     !!(code->co_flags & CO_VARKEYWORDS);
    for (int i = 0; i < verifier->slot_count; i++)
        verifier->now.slots[i] = i < parameters ? SLOT_VALUE : SLOT_NULL;
    verifier->joins[0] = true;
    if (!merge(verifier, 0, 0, 0)) return false;
    while (verifier->pending > 0) {
        int unit = verifier->worklist[--verifier->pending];
        verifier->queued[unit] = false;
        if (!follow_run(verifier, unit)) return false;
    }
    return true;
}

static bool allocate(Verifier *verifier) {
    size_t count = (size_t)verifier->unit_count;
    verifier->decoded = calloc(count, sizeof *verifier->decoded);
    verifier->joins = calloc(count, sizeof *verifier->joins);
    verifier->handlers = calloc(count, sizeof *verifier->handlers);
    verifier->states = calloc(count, sizeof *verifier->states);
    verifier->worklist = calloc(count, sizeof *verifier->worklist);
    verifier->queued = calloc(count, sizeof *verifier->queued);
    // Two slots more, for a handler that is entered with a full stack.
    verifier->now.slots = calloc(state_size(verifier, verifier->code->co_stacksize + 2), 1);
    verifier->saved = calloc(state_size(verifier, verifier->code->co_stacksize + 2), 1);
    if (verifier->decoded == NULL || verifier->joins == NULL || verifier->handlers == NULL ||
        verifier->states == NULL || verifier->worklist == NULL || verifier->queued == NULL ||
        verifier->now.slots == NULL || verifier->saved == NULL)
        return raise_no_memory(verifier);
    return true;
}

static void free_all(Verifier *verifier) {
    for (int i = 0; verifier->states != NULL && i < verifier->unit_count; i++)
        free(verifier->states[i].slots);
    free(verifier->decoded);
    free(verifier->joins);
    free(verifier->handlers);
    free(verifier->states);
    free(verifier->worklist);
    free(verifier->queued);
    free(verifier->now.slots);
    free(verifier->saved);
    free(verifier->entries);
}

// The greatest depth of the stack; -1 with an exception, verifier->failed_unit then says where.
static int verify(Verifier *verifier) {
    size_t size;
    const CodeObject *code = verifier->code;
    verifier->failed_unit = -1;
    verifier->units = code_bytes(code->co_code, &size);
    verifier->unit_count = (int)(size / 2);
    verifier->slot_count = code->co_nlocalsplus;
    bool good = (size > 0 || verifier_fail(verifier, 0, "there is no instruction")) &&
                check_slots(verifier) && allocate(verifier) && decode(verifier) &&
                read_exception_table(verifier) && find_joins(verifier) && interpret(verifier);
    free_all(verifier);
    return good ? verifier->greatest_depth : -1;
}

bool code_verify(Thread *thread, CodeObject *code) {
    Verifier verifier = {.thread = thread, .code = code, .jump_from = -1};
    if (!code->verified) code->verified = verify(&verifier) >= 0;
    return code->verified;
}

bool code_verify_assembled(Thread *thread, CodeObject *code, bool fit, int *unit) {
    Verifier verifier = {.thread = thread, .code = code, .jump_from = -1};
    int depth = verify(&verifier);
    *unit = verifier.failed_unit;
    if (depth < 0) return false;
    if (fit) {
        code->co_stacksize = depth;
        code->co_framesize = code->co_nlocalsplus + depth;
    }
    code->verified = true;
    return true;
}

bool code_verify_jump(Thread *thread, const CodeObject *code, int from, int to, int depth) {
    Verifier verifier = {
        .thread = thread, .code = code, .jump_from = from, .jump_to = to, .jump_depth = depth};
    return verify(&verifier) >= 0;
}
