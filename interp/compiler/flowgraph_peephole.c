// flowgraph_peephole.c — rewriting inside a block: constant conditions, tuples of constants, jumps
// to jumps, runs of SWAP.
//
// Instructions that fall away become NOPs first and are removed later, so positions in a block stay
// valid during a pass (optimize_basic_block and its helpers in CPython's flowgraph.c).
#include "compiler/flowgraph.h"

#include "objects/tuple.h"
#include "runtime/errors.h"
#include "runtime/protocols.h"

static bool raise_no_memory(FlowGraph *graph) {
    raise_memory_error(graph->context->thread);
    return false;
}

// LOAD_CONST.., BUILD_TUPLE `size` at `index` becomes one LOAD_CONST of the tuple.
static bool fold_tuple(FlowGraph *graph, Block *block, int index, int size,
                       ConstantTable *constants) {
    FlowInstruction *first = &block->items[index - size];
    for (int i = 0; i < size; i++)
        if (!flow_has_constant(&first[i])) return true;
    Value tuple = tuple_new(graph->context->thread, (size_t)size);
    if (value_is_error(tuple)) return false;
    for (int i = 0; i < size; i++)
        value_as_tuple(tuple)->items[i] = constants->items[first[i].oparg];
    int constant = constant_table_add(constants, tuple);
    if (constant < 0) return false;
    for (int i = 0; i < size; i++) flow_make_nop(&first[i]);
    first[size].opcode = OP_LOAD_CONST;
    first[size].oparg = constant;
    return true;
}

// Follows a jump whose target is a plain jump. False where nothing changes, or where the jump
// passed over would lose its line.
static bool thread_jump(FlowInstruction *jump, int opcode) {
    ASSERT(jump->target->count > 0);
    const FlowInstruction *target = &jump->target->items[0];
    if (target->opcode != OP_JUMP || jump->target == target->target) return false;
    if (jump->location.line != target->location.line && target->location.line != -1) return false;
    jump->target = target->target;
    jump->opcode = opcode;
    return true;
}

static int opcode_at(const Block *block, int index) {
    return index < block->count ? block->items[index].opcode : OP_CACHE;
}

// A constant at `index` whose user follows. *index moves past what is done with.
static bool optimize_constant(FlowGraph *graph, Block *block, int *index, Value constant,
                              int oparg) {
    FlowInstruction *load = &block->items[*index], *next = load + 1;
    switch (opcode_at(block, *index + 1)) {
    case OP_POP_JUMP_IF_FALSE:
    case OP_POP_JUMP_IF_TRUE: {
        int truth = object_is_true(graph->context->thread, constant);
        if (truth < 0) return false;
        flow_make_nop(load);
        if (truth == (next->opcode == OP_POP_JUMP_IF_TRUE)) {
            next->opcode = OP_JUMP;
        } else {
            flow_make_nop(next);
        }
        return true;
    }
    case OP_IS_OP: {
        int jump = opcode_at(block, *index + 2);
        if (!value_is_none(constant)) return true;
        if (jump != OP_POP_JUMP_IF_FALSE && jump != OP_POP_JUMP_IF_TRUE) return true;
        bool if_not_none = next->oparg ^ (jump == OP_POP_JUMP_IF_FALSE);
        flow_make_nop(load);
        flow_make_nop(next);
        next[1].opcode = if_not_none ? OP_POP_JUMP_IF_NOT_NONE : OP_POP_JUMP_IF_NONE;
        return true;
    }
    case OP_RETURN_VALUE:
        flow_make_nop(load);
        next->opcode = OP_RETURN_CONST;
        next->oparg = oparg;
        ++*index;
        return true;
    default: return true;
    }
}

static bool optimize_tuple(FlowGraph *graph, Block *block, int index, ConstantTable *constants) {
    FlowInstruction *build = &block->items[index], *next = build + 1;
    if (opcode_at(block, index + 1) == OP_UNPACK_SEQUENCE && build->oparg == next->oparg &&
        build->oparg >= 1 && build->oparg <= 3) {
        if (build->oparg == 1)
            flow_make_nop(next);
        else
            next->opcode = OP_SWAP;
        flow_make_nop(build);
        return true;
    }
    return index < build->oparg || fold_tuple(graph, block, index, build->oparg, constants);
}

// Writes, from the end of a run of `length` instructions, the fewest SWAPs that permute the stack
// as `stack` says (stack[i] is the slot that comes to depth i); NOPs fill the rest. Each cycle of
// the permutation is unrolled by swapping its members through the top (the cycle walk of CPython's
// swaptimize).
static void write_swaps(FlowInstruction *run, int length, int *stack, int depth) {
    enum { DONE = -1 };
    int position = length - 1;
    for (int i = 0; i < depth; i++) {
        if (stack[i] == DONE || stack[i] == i) continue;
        int j = i;
        for (;;) {
            if (j != 0) {
                ASSERT(position >= 0);
                run[position].opcode = OP_SWAP;
                run[position--].oparg = j + 1;
            }
            if (stack[j] == DONE) break;
            int next = stack[j];
            stack[j] = DONE;
            j = next;
        }
    }
    while (position >= 0) flow_make_nop(&run[position--]);
}

// Replaces the run of SWAPs and NOPs at *index by a shortest one; *index moves to its end.
static bool minimize_swaps(FlowGraph *graph, Block *block, int *index) {
    FlowInstruction *run = &block->items[*index];
    int depth = run->oparg, length = 1, swaps = 1;
    for (; *index + length < block->count; length++) {
        if (run[length].opcode == OP_SWAP) {
            if (run[length].oparg > depth) depth = run[length].oparg;
            swaps++;
        } else if (run[length].opcode != OP_NOP) {
            break;
        }
    }
    if (swaps == 1) return true;
    int *stack = arena_allocate(graph->arena, (size_t)depth * sizeof *stack);
    if (stack == NULL) return raise_no_memory(graph);
    for (int i = 0; i < depth; i++) stack[i] = i;
    for (int i = 0; i < length; i++) {
        if (run[i].opcode != OP_SWAP) continue;
        int other = run[i].oparg - 1, top = stack[0];
        stack[0] = stack[other];
        stack[other] = top;
    }
    write_swaps(run, length, stack, depth);
    *index += length - 1;
    return true;
}

// Instructions that only consume the top of the stack and cannot fail may change places.
static bool is_swappable(int opcode) {
    return opcode == OP_STORE_FAST || opcode == OP_STORE_FAST_MAYBE_NULL || opcode == OP_POP_TOP;
}

static int stored_local(const FlowInstruction *instruction) {
    return instruction->opcode == OP_STORE_FAST || instruction->opcode == OP_STORE_FAST_MAYBE_NULL
               ? instruction->oparg
               : -1;
}

// The next swappable instruction behind `index` with only NOPs between, or -1. Instructions of
// another line stop the search (line < 0: any line): tracing must see the stores in source order.
static int next_swappable(const Block *block, int index, int line) {
    while (++index < block->count) {
        const FlowInstruction *instruction = &block->items[index];
        if (line >= 0 && instruction->location.line != line) return -1;
        if (is_swappable(instruction->opcode)) return index;
        if (instruction->opcode != OP_NOP) return -1;
    }
    return -1;
}

// May the stores at j and k change places? Not if they, or one between, store to the same local.
static bool stores_are_independent(const Block *block, int j, int k) {
    int store_j = stored_local(&block->items[j]), store_k = stored_local(&block->items[k]);
    if (store_j < 0 && store_k < 0) return true;
    if (store_j == store_k) return false;
    for (int i = j + 1; i < k; i++) {
        int store = stored_local(&block->items[i]);
        if (store >= 0 && (store == store_j || store == store_k)) return false;
    }
    return true;
}

// Applies SWAPs by exchanging the instructions that consume the swapped values, from `index` to
// the left (apply_static_swaps).
static void apply_swaps(Block *block, int index) {
    for (; index >= 0; index--) {
        FlowInstruction *swap = &block->items[index];
        if (swap->opcode == OP_NOP || is_swappable(swap->opcode)) continue;
        if (swap->opcode != OP_SWAP) return;
        int j = next_swappable(block, index, -1);
        if (j < 0) return;
        int k = j, line = block->items[j].location.line;
        for (int count = swap->oparg - 1; count > 0; count--) {
            k = next_swappable(block, k, line);
            if (k < 0) return;
        }
        if (!stores_are_independent(block, j, k)) return;
        flow_make_nop(swap);
        FlowInstruction saved = block->items[j];
        block->items[j] = block->items[k];
        block->items[k] = saved;
    }
}

static bool optimize_swap(FlowGraph *graph, Block *block, int *index) {
    if (block->items[*index].oparg == 1) {
        flow_make_nop(&block->items[*index]);
        return true;
    }
    if (!minimize_swaps(graph, block, index)) return false;
    apply_swaps(block, *index);
    return true;
}

bool flow_optimize_block(FlowGraph *graph, Block *block, ConstantTable *constants) {
    int opcode = OP_CACHE, oparg = 0;
    for (int i = 0; i < block->count; i++) {
        FlowInstruction *instruction = &block->items[i];
        // A copy of a constant that was just loaded is that constant.
        bool copies_constant =
            opcode == OP_LOAD_CONST && instruction->opcode == OP_COPY && instruction->oparg == 1;
        if (!copies_constant) {
            opcode = instruction->opcode;
            oparg = instruction->oparg;
        }
        switch (opcode) {
        case OP_LOAD_CONST:
            if (!optimize_constant(graph, block, &i, constants->items[oparg], oparg)) return false;
            break;
        case OP_BUILD_TUPLE:
            if (!optimize_tuple(graph, block, i, constants)) return false;
            break;
        case OP_POP_JUMP_IF_NOT_NONE:
        case OP_POP_JUMP_IF_NONE:
        case OP_POP_JUMP_IF_FALSE:
        case OP_POP_JUMP_IF_TRUE:
        case OP_JUMP: i -= thread_jump(instruction, opcode); break;
        case OP_SWAP:
            if (!optimize_swap(graph, block, &i)) return false;
            break;
        case OP_PUSH_NULL:
            if (opcode_at(block, i + 1) == OP_LOAD_GLOBAL && !(instruction[1].oparg & 1)) {
                flow_make_nop(instruction);
                instruction[1].oparg |= 1;
            }
            break;
        default: break;
        }
    }
    return true;
}

// The last instruction in layout order that control came from, over the end of a block into the
// next one where that is not a jump target.
static bool remove_pairs_once(FlowGraph *graph) {
    bool changed = false;
    FlowInstruction *instruction = NULL;
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        flow_remove_redundant_nops(block);
        if (block->label != NO_LABEL) instruction = NULL;
        for (int i = 0; i < block->count; i++) {
            FlowInstruction *previous = instruction;
            instruction = &block->items[i];
            if (instruction->opcode != OP_POP_TOP || previous == NULL) continue;
            if (previous->opcode != OP_LOAD_CONST &&
                !(previous->opcode == OP_COPY && previous->oparg == 1))
                continue;
            flow_make_nop(previous);
            flow_make_nop(instruction);
            changed = true;
        }
        if ((instruction != NULL && flow_is_jump(instruction)) || !block_falls_through(block))
            instruction = NULL;
    }
    return changed;
}

void flow_remove_redundant_pairs(FlowGraph *graph) {
    while (remove_pairs_once(graph)) continue;
}

bool flow_remove_unused_constants(FlowGraph *graph, ConstantTable *constants) {
    if (constants->count == 0) return true;
    bool *used = arena_allocate_array(graph->arena, (size_t)constants->count, sizeof *used);
    int *new_index =
        arena_allocate_array(graph->arena, (size_t)constants->count, sizeof *new_index);
    if (used == NULL || new_index == NULL) return raise_no_memory(graph);
    used[0] = true; // may be a docstring
    for (Block *block = graph->entry; block != NULL; block = block->next)
        for (int i = 0; i < block->count; i++)
            if (flow_has_constant(&block->items[i])) used[block->items[i].oparg] = true;
    int count = 0;
    while (count < constants->count && used[count]) count++;
    if (count == constants->count) return true;
    count = 0;
    for (int i = 0; i < constants->count; i++) {
        if (!used[i]) continue;
        constants->items[count] = constants->items[i];
        new_index[i] = count++;
    }
    constants->count = count;
    for (Block *block = graph->entry; block != NULL; block = block->next)
        for (int i = 0; i < block->count; i++)
            if (flow_has_constant(&block->items[i]))
                block->items[i].oparg = new_index[block->items[i].oparg];
    return true;
}
