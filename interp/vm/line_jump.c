// line_jump.c — which lines a frame may jump to, and the jump.
//
// For each code unit the stack is pictured as a row of kinds, as CPython does it: a jump is allowed
// if the picture of the target is a lower part of that of the source. This decides what users may
// do and what they are told; that the evaluator stays safe is decided by the verifier, which looks
// at the code again with the jump as one more way through it.
#include "vm/line_jump.h"

#include <limits.h>
#include <stdlib.h>

#include "bytecode/code_internal.h"
#include "bytecode/exception_table.h"
#include "bytecode/opcodes.h"
#include "objects/builtin_types.h"
#include "objects/bytes.h"
#include "runtime/errors.h"

typedef enum { KIND_ITERATOR = 1, KIND_EXCEPTION, KIND_VALUE, KIND_NULL, KIND_LASTI } Kind;
enum { KIND_BITS = 3, KIND_MASK = 7, GREATEST_DEPTH = 21, NOT_REACHED = -1, TOO_DEEP = -2 };

// Kinds, the top of the stack in the lowest bits; a negative depth says why there are none.
typedef struct {
    int depth;
    uint64_t kinds;
} Picture;

typedef struct {
    const CodeObject *code;
    const unsigned char *units;
    int unit_count;
    Picture *pictures; // before each unit
    bool again;        // something was learned about a unit that lies behind
} Sketch;

static Kind kind_at(Picture picture, int from_top) {
    return (Kind)(picture.kinds >> KIND_BITS * (from_top - 1) & KIND_MASK);
}

static Picture push(Picture picture, Kind kind) {
    if (picture.depth < 0) return picture;
    if (picture.depth == GREATEST_DEPTH) return (Picture){TOO_DEEP, 0};
    return (Picture){picture.depth + 1, picture.kinds << KIND_BITS | kind};
}

static Picture pop(Picture picture, int count) {
    if (picture.depth < 0) return picture;
    if (count >= picture.depth) return (Picture){0, 0};
    return (Picture){picture.depth - count, picture.kinds >> KIND_BITS * count};
}

static Picture swap(Picture picture, int with) {
    if (picture.depth < with) return picture;
    uint64_t difference = (uint64_t)(kind_at(picture, 1) ^ kind_at(picture, with));
    picture.kinds ^= difference | difference << KIND_BITS * (with - 1);
    return picture;
}

static void note(Sketch *sketch, int unit, int from, Picture picture) {
    if (unit < 0 || unit >= sketch->unit_count) return;
    if (sketch->pictures[unit].depth != NOT_REACHED) return;
    sketch->pictures[unit] = picture;
    sketch->again |= unit < from;
}

// The stack behind an instruction that goes on to the next one.
static Picture after(Picture before, int opcode, int oparg) {
    switch (opcode) {
    case OP_GET_ITER:
    case OP_GET_AITER: return push(pop(before, 1), KIND_ITERATOR);
    case OP_FOR_ITER: return push(before, KIND_VALUE);
    case OP_SEND: return before;
    case OP_PUSH_EXC_INFO: return push(before, KIND_EXCEPTION);
    case OP_PUSH_NULL: return push(before, KIND_NULL);
    case OP_LOAD_GLOBAL: return push(oparg & 1 ? push(before, KIND_NULL) : before, KIND_VALUE);
    case OP_LOAD_ATTR:
        return oparg & 1 ? push(push(pop(before, 1), KIND_NULL), KIND_VALUE) : before;
    case OP_CALL: return push(pop(before, oparg + 2), KIND_VALUE);
    case OP_SWAP: return swap(before, oparg);
    case OP_COPY: return push(before, kind_at(before, oparg));
    default: break;
    }
    int effect = opcode_stack_effect(opcode, oparg, false);
    if (effect < 0) return pop(before, -effect);
    for (; effect > 0; effect--) before = push(before, KIND_VALUE);
    return before;
}

static void sketch_instruction(Sketch *sketch, int unit, int opcode, int oparg, int next) {
    Picture before = sketch->pictures[unit], behind = after(before, opcode, oparg);
    const OpcodeInfo *info = &opcode_table[opcode];
    if (info->flags & OPCODE_JUMPS) {
        int target = info->operand == OPERAND_JUMP_BACKWARD ? next - oparg : next + oparg;
        bool both = opcode == OP_SEND || opcode == OP_FOR_ITER;
        note(sketch, target, unit, both ? behind : pop(before, opcode_pops(opcode, oparg)));
    }
    if (!(info->flags & OPCODE_ENDS)) note(sketch, next, unit, behind);
}

static void sketch_instructions(Sketch *sketch) {
    for (int unit = 0, oparg = 0; unit < sketch->unit_count;) {
        int opcode = sketch->units[2 * unit];
        oparg = oparg << 8 | sketch->units[2 * unit + 1];
        int next = unit + 1 + opcode_caches(opcode);
        if (opcode == OP_EXTENDED_ARG) {
            note(sketch, next, unit, sketch->pictures[unit]);
        } else {
            if (sketch->pictures[unit].depth != NOT_REACHED)
                sketch_instruction(sketch, unit, opcode, oparg, next);
            oparg = 0;
        }
        unit = next;
    }
}

static void sketch_handlers(Sketch *sketch) {
    ExceptionReader reader;
    ExceptionEntry entry;
    exception_reader_start(&reader, sketch->code);
    while (exception_reader_next(&reader, &entry)) {
        Picture picture = sketch->pictures[entry.start];
        if (picture.depth == NOT_REACHED) continue;
        picture = pop(picture, picture.depth - entry.handler.depth);
        if (entry.handler.push_lasti) picture = push(picture, KIND_LASTI);
        note(sketch, entry.handler.target, sketch->unit_count, push(picture, KIND_EXCEPTION));
    }
}

// The picture before every unit; NULL with MemoryError. The caller frees it.
static Picture *sketch_stacks(Thread *thread, const CodeObject *code, int unit_count) {
    Picture *pictures = malloc(((size_t)unit_count + 1) * sizeof *pictures);
    if (pictures == NULL) {
        raise_memory_error(thread);
        return NULL;
    }
    for (int i = 0; i <= unit_count; i++) pictures[i] = (Picture){NOT_REACHED, 0};
    int generator = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR;
    pictures[0] = (Picture){0, 0};
    if (code->co_flags & generator) pictures[0] = push(pictures[0], KIND_VALUE);
    Sketch sketch = {.code = code,
                     .units = value_as_bytes(code->co_code)->data,
                     .unit_count = unit_count,
                     .pictures = pictures};
    do {
        sketch.again = false;
        sketch_instructions(&sketch);
        sketch_handlers(&sketch);
    } while (sketch.again);
    return pictures;
}

static bool fits(Kind from, Kind to) {
    if (to == KIND_VALUE) return from != KIND_NULL;
    return to == KIND_NULL || from == to;
}

static bool is_lower_part(Picture from, Picture to) {
    if (from.depth < 0 || to.depth < 0 || from.depth < to.depth) return false;
    from = pop(from, from.depth - to.depth);
    for (int i = 1; i <= to.depth; i++)
        if (!fits(kind_at(from, i), kind_at(to, i))) return false;
    return true;
}

static const char *explain(Picture from, Picture to) {
    if (from.depth == TOO_DEEP) return "stack to deep to analyze";
    if (from.depth == NOT_REACHED) return "can't jump from unreachable code";
    if (to.depth == TOO_DEEP) return "stack is too deep to analyze";
    if (to.depth == NOT_REACHED)
        return "can't jump into an exception handler, or code may be unreachable";
    switch (to.depth > 0 ? kind_at(to, 1) : KIND_VALUE) {
    case KIND_EXCEPTION: return "can't jump into an 'except' block as there's no exception";
    case KIND_LASTI: return "can't jump into a re-raising block as there's no location";
    case KIND_ITERATOR: return "can't jump into the body of a for loop";
    default: return "incompatible stacks";
    }
}

// The line that begins at a unit, -1: none. *last is the line before it, -1 at the start.
static int begun_line(const CodeObject *code, int unit, int *last) {
    int line = code_line(code, unit);
    if (line < 0 || line == *last) return -1;
    return *last = line;
}

// The first line from `wanted` on that begins somewhere; -1: none.
static int find_line(const CodeObject *code, int unit_count, int wanted) {
    int found = INT_MAX, last = -1;
    for (int unit = 0; unit < unit_count; unit++) {
        int line = begun_line(code, unit, &last);
        if (line >= wanted && line < found) found = line;
    }
    return found == INT_MAX ? -1 : found;
}

// Of the places where the line begins the one that keeps most of the stack; -1: none fits, and
// *reason says why.
static int find_target(const CodeObject *code, int unit_count, const Picture *pictures, int unit,
                       int wanted, const char **reason) {
    int best = -1, last = -1;
    *reason = NULL;
    for (int target = 0; target < unit_count; target++) {
        if (begun_line(code, target, &last) != wanted) continue;
        if (!is_lower_part(pictures[unit], pictures[target])) {
            if (*reason == NULL) *reason = explain(pictures[unit], pictures[target]);
        } else if (best < 0 || pictures[target].depth > pictures[best].depth) {
            best = target;
        }
    }
    if (best < 0 && *reason == NULL) *reason = "cannot find bytecode for specified line";
    return best;
}

// Locals that the compiler knows to be bound at the target may not be.
static bool bind_locals(Thread *thread, const Frame *frame) {
    int unbound = 0;
    for (int i = 0; i < frame->code->co_nlocalsplus; i++)
        unbound += value_is_absent(frame->localsplus[i]);
    if (unbound == 0) return true;
    if (!warn(thread, &exception_RuntimeWarning, "assigning None to %d unbound local%s", unbound,
              unbound == 1 ? "" : "s"))
        return false;
    for (int i = 0; i < frame->code->co_nlocalsplus; i++)
        if (value_is_absent(frame->localsplus[i])) frame->localsplus[i] = VALUE_NONE;
    return true;
}

static void cut_stack(Thread *thread, Frame *frame, Picture from, int depth) {
    for (; from.depth > depth; from = pop(from, 1)) {
        Value dropped = *--frame->stack_pointer;
        if (kind_at(from, 1) == KIND_EXCEPTION) thread->handled = dropped;
    }
}

static int jump(Thread *thread, Frame *frame, const Picture *pictures, int unit, int line) {
    CodeObject *code = frame->code;
    int unit_count = (int)(value_as_bytes(code->co_code)->length / 2);
    const char *reason;
    int target = find_target(code, unit_count, pictures, unit, line, &reason);
    if (target < 0) {
        raise_value_error(thread, "%s", reason);
        return -1;
    }
    int depth = pictures[target].depth;
    if (!code_verify_jump(thread, code, unit, target, depth)) {
        if (!error_matches(thread, &exception_ValueError)) return -1;
        error_clear(thread);
        raise_value_error(thread, "incompatible stacks");
        return -1;
    }
    if (!frame_fill_cells(thread, frame) || !bind_locals(thread, frame)) return -1;
    cut_stack(thread, frame, pictures[unit], depth);
    return target;
}

int line_jump(Thread *thread, Frame *frame, int unit, int line) {
    const CodeObject *code = frame->code;
    int unit_count = (int)(value_as_bytes(code->co_code)->length / 2);
    if (line < code->co_firstlineno) {
        raise_value_error(thread, "line %d comes before the current code block", line);
        return -1;
    }
    int found = find_line(code, unit_count, line);
    if (found < 0) {
        raise_value_error(thread, "line %d comes after the current code block", line);
        return -1;
    }
    Picture *pictures = sketch_stacks(thread, code, unit_count);
    if (pictures == NULL) return -1;
    int target = jump(thread, frame, pictures, unit, found);
    free(pictures);
    return target;
}
