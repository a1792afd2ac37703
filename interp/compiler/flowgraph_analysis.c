// flowgraph_analysis.c — passes that look at the whole graph: unbound locals, cold blocks, lines,
// stack depth.
//
// Each is a worklist over blocks with room for every block once.
#include "compiler/flowgraph.h"

#include <limits.h>

#include "bytecode/code.h"
#include "runtime/errors.h"

// Locals with a bit of unsafe_locals; the others are followed inside one block only, so that the
// pass stays linear (add_checks_for_loads_of_uninitialized_variables).
enum { TRACKED_LOCALS = 64 };

typedef struct {
    Block **worklist;
    int pending;
} Worklist;

static bool start(FlowGraph *graph, Worklist *list) {
    list->worklist = flow_new_worklist(graph);
    list->pending = 0;
    return list->worklist != NULL;
}

// `visited` says that the block is on the list.
static void pass_unsafe(Worklist *list, Block *block, uint64_t unsafe) {
    if ((block->unsafe_locals | unsafe) == block->unsafe_locals) return;
    block->unsafe_locals |= unsafe;
    if (block->visited) return;
    block->visited = true;
    list->worklist[list->pending++] = block;
}

static void scan_locals(Worklist *list, Block *block) {
    uint64_t unsafe = block->unsafe_locals;
    for (int i = 0; i < block->count; i++) {
        FlowInstruction *instruction = &block->items[i];
        if (instruction->handler != NULL) pass_unsafe(list, instruction->handler, unsafe);
        if (instruction->oparg >= TRACKED_LOCALS) continue;
        uint64_t bit = (uint64_t)1 << instruction->oparg;
        switch (instruction->opcode) {
        case OP_DELETE_FAST:
        case OP_LOAD_FAST_AND_CLEAR:
        case OP_STORE_FAST_MAYBE_NULL: unsafe |= bit; break;
        case OP_LOAD_FAST:
            if (unsafe & bit) instruction->opcode = OP_LOAD_FAST_CHECK;
            unsafe &= ~bit;
            break;
        case OP_STORE_FAST:
        case OP_LOAD_FAST_CHECK: unsafe &= ~bit; break;
        default: break;
        }
    }
    if (block->next != NULL && block_falls_through(block)) pass_unsafe(list, block->next, unsafe);
    const FlowInstruction *last = block_last(block);
    if (last != NULL && flow_is_jump(last)) pass_unsafe(list, last->target, unsafe);
}

// bound_in[i] is the number of the block in which local TRACKED_LOCALS + i is known to be bound.
static void scan_untracked(Block *block, int block_number, int *bound_in) {
    for (int i = 0; i < block->count; i++) {
        FlowInstruction *instruction = &block->items[i];
        int local = instruction->oparg - TRACKED_LOCALS;
        if (local < 0) continue;
        switch (instruction->opcode) {
        case OP_DELETE_FAST:
        case OP_LOAD_FAST_AND_CLEAR:
        case OP_STORE_FAST_MAYBE_NULL: bound_in[local] = 0; break;
        case OP_LOAD_FAST:
            if (bound_in[local] != block_number) instruction->opcode = OP_LOAD_FAST_CHECK;
            bound_in[local] = block_number;
            break;
        case OP_STORE_FAST: bound_in[local] = block_number; break;
        default: break;
        }
    }
}

bool flow_check_unbound_locals(FlowGraph *graph, int local_count, int parameter_count) {
    if (local_count == 0) return true;
    if (local_count > TRACKED_LOCALS) {
        int *bound_in =
            arena_allocate_array(graph->arena, (size_t)(local_count - TRACKED_LOCALS), sizeof(int));
        if (bound_in == NULL) {
            raise_memory_error(graph->context->thread);
            return false;
        }
        int block_number = 0;
        for (Block *block = graph->entry; block != NULL; block = block->next)
            scan_untracked(block, ++block_number, bound_in);
        local_count = TRACKED_LOCALS;
    }
    Worklist list;
    if (!start(graph, &list)) return false;
    uint64_t unsafe = 0;
    for (int i = parameter_count; i < local_count; i++) unsafe |= (uint64_t)1 << i;
    pass_unsafe(&list, graph->entry, unsafe);
    // A DELETE_FAST anywhere is another origin: every block is scanned at least once.
    for (Block *block = graph->entry; block != NULL; block = block->next) scan_locals(&list, block);
    while (list.pending > 0) {
        Block *block = list.worklist[--list.pending];
        block->visited = false;
        scan_locals(&list, block);
    }
    return true;
}

static void visit(Worklist *list, Block *block) {
    if (block->visited) return;
    block->visited = true;
    list->worklist[list->pending++] = block;
}

static void visit_unless_warm(Worklist *list, Block *block) {
    if (!block->warm) visit(list, block);
}

// Warm is what the entry reaches without an exception, cold what only handlers reach.
static bool mark_warm_and_cold(FlowGraph *graph) {
    Worklist list;
    if (!start(graph, &list)) return false;
    visit(&list, graph->entry);
    while (list.pending > 0) {
        Block *block = list.worklist[--list.pending];
        block->warm = true;
        if (block->next != NULL && block_falls_through(block)) visit(&list, block->next);
        const FlowInstruction *last = block_last(block);
        if (last != NULL && flow_is_jump(last)) visit(&list, last->target);
    }
    if (!start(graph, &list)) return false;
    for (Block *block = graph->entry; block != NULL; block = block->next)
        if (block->is_handler) visit(&list, block);
    while (list.pending > 0) {
        Block *block = list.worklist[--list.pending];
        block->cold = true;
        if (block->next != NULL && block_falls_through(block))
            visit_unless_warm(&list, block->next);
        const FlowInstruction *last = block_last(block);
        if (last != NULL && flow_is_jump(last)) visit_unless_warm(&list, last->target);
    }
    return true;
}

// A cold block that falls into a warm one gets a jump, as it will be moved away.
static bool make_falls_explicit(FlowGraph *graph) {
    int label = flow_next_label(graph);
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        Block *next = block->next;
        if (!block->cold || !block_falls_through(block) || next == NULL || !next->warm) continue;
        Block *jump = flow_new_block(graph);
        if (jump == NULL) return false;
        if (next->label == NO_LABEL) next->label = label++;
        if (!flow_append(graph, jump,
                         (FlowInstruction){OP_JUMP, next->label, NO_LOCATION, next, {NULL}}))
            return false;
        jump->cold = true;
        jump->next = next;
        block->next = jump;
    }
    return true;
}

bool flow_move_cold_blocks(FlowGraph *graph) {
    if (graph->entry->next == NULL) return true;
    if (!mark_warm_and_cold(graph) || !make_falls_explicit(graph)) return false;
    Block *cold_blocks = NULL, **cold_end = &cold_blocks;
    Block **link = &graph->entry;
    while (*link != NULL) {
        Block *block = *link;
        if (block->cold) {
            *link = block->next;
            *cold_end = block;
            cold_end = &block->next;
            block->next = NULL;
        } else {
            link = &block->next;
        }
    }
    *link = cold_blocks;
    if (cold_blocks != NULL) flow_remove_redundant_jumps(graph);
    return true;
}

static bool is_exit_without_line(const Block *block) {
    if (!block_exits(block)) return false;
    for (int i = 0; i < block->count; i++)
        if (block->items[i].location.line >= 0) return false;
    return true;
}

static Block *copy_block(FlowGraph *graph, const Block *block) {
    Block *copy = flow_new_block(graph);
    if (copy == NULL) return NULL;
    for (int i = 0; i < block->count; i++)
        if (!flow_append(graph, copy, block->items[i])) return NULL;
    copy->has_setups = block->has_setups;
    return copy;
}

// PEP 626: the line of every exit must be known, so exits without one that several blocks jump to
// are copied for each of them and take its line (duplicate_exits_without_lineno).
static bool duplicate_exits(FlowGraph *graph) {
    int label = flow_next_label(graph);
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        FlowInstruction *last = block_last(block);
        if (last == NULL || !flow_is_jump(last)) continue;
        Block *target = last->target;
        if (!is_exit_without_line(target) || target->predecessors <= 1) continue;
        Block *copy = copy_block(graph, target);
        if (copy == NULL) return false;
        copy->items[0].location = last->location;
        last->target = copy;
        target->predecessors--;
        copy->predecessors = 1;
        copy->label = label++;
        copy->next = target->next;
        target->next = copy;
    }
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        const FlowInstruction *last = block_last(block);
        if (last != NULL && block_falls_through(block) && block->next != NULL &&
            is_exit_without_line(block->next))
            block->next->items[0].location = last->location;
    }
    return true;
}

static void inherit_location(Block *block, Location location) {
    if (block->predecessors == 1 && block->count > 0 && block->items[0].location.line < 0)
        block->items[0].location = location;
}

// An instruction without a line takes its predecessor's, a block its only predecessor's last one.
static void propagate_lines(FlowGraph *graph) {
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        const FlowInstruction *last = block_last(block);
        if (last == NULL) continue;
        Location location = NO_LOCATION;
        for (int i = 0; i < block->count; i++) {
            if (block->items[i].location.line < 0)
                block->items[i].location = location;
            else
                location = block->items[i].location;
        }
        if (block->next != NULL && block_falls_through(block))
            inherit_location(block->next, location);
        if (flow_is_jump(last)) inherit_location(last->target, location);
    }
}

static void guarantee_exit_lines(FlowGraph *graph, int first_line) {
    int line = first_line;
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        const FlowInstruction *last = block_last(block);
        if (last == NULL) continue;
        if (last->location.line >= 0)
            line = last->location.line;
        else if (last->opcode == OP_RETURN_VALUE)
            for (int i = 0; i < block->count; i++) block->items[i].location.line = line;
    }
}

bool flow_resolve_lines(FlowGraph *graph, int first_line) {
    if (!duplicate_exits(graph)) return false;
    propagate_lines(graph);
    guarantee_exit_lines(graph, first_line);
    return true;
}

static void enter_at_depth(Worklist *list, Block *block, int depth) {
    ASSERT(block->start_depth < 0 || block->start_depth == depth);
    if (block->start_depth >= 0) return;
    block->start_depth = depth;
    list->worklist[list->pending++] = block;
}

int flow_stack_depth(FlowGraph *graph, int code_flags) {
    Worklist list;
    if (!start(graph, &list)) return -1;
    for (Block *block = graph->entry; block != NULL; block = block->next)
        block->start_depth = INT_MIN;
    // A generator is resumed with the value that was sent.
    bool sends = code_flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR);
    int greatest = 0;
    enter_at_depth(&list, graph->entry, sends ? 1 : 0);
    while (list.pending > 0) {
        Block *block = list.worklist[--list.pending];
        int depth = block->start_depth;
        for (int i = 0; i < block->count; i++) {
            const FlowInstruction *instruction = &block->items[i];
            int opcode = instruction->opcode, oparg = instruction->oparg;
            int after = depth + opcode_stack_effect(opcode, oparg, false);
            ASSERT(after >= 0);
            if (after > greatest) greatest = after;
            if (flow_has_target(instruction)) {
                int at_target = depth + opcode_stack_effect(opcode, oparg, true);
                if (at_target > greatest) greatest = at_target;
                enter_at_depth(&list, instruction->target, at_target);
            }
            depth = after;
        }
        if (block->next != NULL && block_falls_through(block))
            enter_at_depth(&list, block->next, depth);
    }
    return greatest;
}
