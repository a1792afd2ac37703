// flowgraph.c — building the graph, its simple passes, and the order of all passes.
#include "compiler/flowgraph.h"

#include <string.h>

#include "runtime/errors.h"

static bool raise_no_memory(FlowGraph *graph) {
    raise_memory_error(graph->context->thread);
    return false;
}

Block *flow_new_block(FlowGraph *graph) {
    Block *block = arena_allocate_zeroed(graph->context->arena, sizeof *block);
    if (block == NULL) {
        raise_no_memory(graph);
        return NULL;
    }
    block->label = NO_LABEL;
    return block;
}

static bool reserve(FlowGraph *graph, Block *block, int more) {
    if (block->capacity - block->count >= more) return true;
    int capacity = block->capacity == 0 ? 8 : block->capacity * 2;
    while (capacity < block->count + more) capacity *= 2;
    FlowInstruction *items =
        arena_extend(graph->context->arena, block->items, (size_t)block->capacity * sizeof *items,
                     (size_t)capacity * sizeof *items);
    if (items == NULL) return raise_no_memory(graph);
    block->items = items;
    block->capacity = capacity;
    return true;
}

bool flow_append(FlowGraph *graph, Block *block, FlowInstruction instruction) {
    if (!reserve(graph, block, 1)) return false;
    block->items[block->count++] = instruction;
    return true;
}

bool flow_insert(FlowGraph *graph, Block *block, int index, FlowInstruction instruction) {
    if (!reserve(graph, block, 1)) return false;
    memmove(&block->items[index + 1], &block->items[index],
            (size_t)(block->count - index) * sizeof *block->items);
    block->items[index] = instruction;
    block->count++;
    return true;
}

Block **flow_new_worklist(FlowGraph *graph) {
    size_t count = 0;
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        block->visited = false;
        count++;
    }
    Block **worklist = arena_allocate_array(graph->context->arena, count, sizeof *worklist);
    if (worklist == NULL) raise_no_memory(graph);
    return worklist;
}

int flow_next_label(const FlowGraph *graph) {
    int label = NO_LABEL;
    for (const Block *block = graph->entry; block != NULL; block = block->next)
        if (block->label > label) label = block->label;
    return label + 1;
}

// Starts a new block where the last one has ended or a label begins (an empty block takes the
// label instead).
static bool start_block(FlowGraph *graph) {
    Block *block = graph->last;
    const FlowInstruction *last = block_last(block);
    bool ended = last != NULL && opcode_flags(last->opcode) & (OPCODE_JUMPS | OPCODE_EXITS);
    if (!ended) {
        if (graph->pending_label == NO_LABEL) return true;
        if (last == NULL && block->label == NO_LABEL) {
            block->label = graph->pending_label;
            graph->pending_label = NO_LABEL;
            return true;
        }
    }
    Block *next = flow_new_block(graph);
    if (next == NULL) return false;
    next->label = graph->pending_label;
    graph->pending_label = NO_LABEL;
    block->next = next;
    graph->last = next;
    return true;
}

static bool resolve_targets(FlowGraph *graph, int label_count) {
    Block **blocks =
        arena_allocate_array(graph->context->arena, (size_t)label_count, sizeof *blocks);
    if (blocks == NULL) return raise_no_memory(graph);
    for (Block *block = graph->entry; block != NULL; block = block->next)
        if (block->label >= 0) blocks[block->label] = block;
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        for (int i = 0; i < block->count; i++) {
            FlowInstruction *instruction = &block->items[i];
            if (!flow_has_target(instruction)) continue;
            instruction->target = blocks[instruction->oparg];
            if (flow_is_setup(instruction)) instruction->target->is_handler = true;
        }
    }
    return true;
}

static bool raise_malformed(FlowGraph *graph) {
    raise_error(graph->context->thread, &exception_SystemError, "malformed control flow graph.");
    return false;
}

// One of the labels at each position, the newest, stands for all of them. Which one matters: the
// first guess at the size of a jump is made from the label's number, as in CPython. NULL when
// memory is short.
static int *number_positions(FlowGraph *graph, const InstructionSequence *sequence) {
    int *labels =
        arena_allocate(graph->context->arena, ((size_t)sequence->count + 1) * sizeof *labels);
    if (labels == NULL) return NULL;
    for (int i = 0; i <= sequence->count; i++) labels[i] = NO_LABEL;
    for (int label = 0; label < sequence->label_count; label++)
        if (sequence->label_positions[label] >= 0)
            labels[sequence->label_positions[label]] = label + 1; // CPython's begin at 1
    return labels;
}

bool flow_build(FlowGraph *graph, const InstructionSequence *sequence) {
    if (graph->context->arena->failed) return raise_no_memory(graph);
    int *labels = number_positions(graph, sequence);
    if (labels == NULL) return raise_no_memory(graph);
    graph->entry = graph->last = flow_new_block(graph);
    graph->pending_label = NO_LABEL;
    if (graph->entry == NULL) return false;
    for (int i = 0; i < sequence->count; i++) {
        const SequenceInstruction *item = &sequence->items[i];
        FlowInstruction instruction = {item->opcode, item->oparg, item->location, NULL, NULL};
        if (flow_has_target(&instruction)) {
            int position = sequence->label_positions[item->oparg];
            if (position < 0 || position >= sequence->count) return raise_malformed(graph);
            instruction.oparg = labels[position];
        }
        graph->pending_label = labels[i];
        if (!start_block(graph) || !flow_append(graph, graph->last, instruction)) return false;
    }
    return resolve_targets(graph, sequence->label_count + 1);
}

// The state of label_handlers.
typedef struct {
    FlowGraph *graph;
    Block **worklist;
    int pending;
} HandlerPass;

static void visit_with(HandlerPass *pass, Block *block, const HandlerStack *handlers) {
    if (block->visited) return;
    block->visited = true;
    block->handlers = handlers;
    pass->worklist[pass->pending++] = block;
}

static bool label_block_handlers(HandlerPass *pass, Block *block) {
    const HandlerStack *handlers = block->handlers;
    for (int i = 0; i < block->count; i++) {
        FlowInstruction *instruction = &block->items[i];
        if (flow_is_setup(instruction)) {
            visit_with(pass, instruction->target, handlers);
            HandlerStack *inner = arena_allocate(pass->graph->context->arena, sizeof *inner);
            if (inner == NULL) return raise_no_memory(pass->graph);
            *inner =
                (HandlerStack){instruction->target, handlers, handlers ? handlers->depth + 1 : 1};
            handlers = inner;
            if (instruction->opcode != OP_SETUP_FINALLY) instruction->target->preserve_lasti = true;
            continue;
        }
        if (instruction->opcode == OP_POP_BLOCK) {
            ASSERT(handlers != NULL);
            handlers = handlers->outer;
            continue;
        }
        instruction->handler = handlers ? handlers->handler : NULL;
        if (flow_is_jump(instruction)) visit_with(pass, instruction->target, handlers);
        if (instruction->opcode == OP_YIELD_VALUE)
            instruction->oparg = handlers ? handlers->depth : 0;
    }
    if (block_falls_through(block) && block->next != NULL) visit_with(pass, block->next, handlers);
    return true;
}

// Notes in every instruction the handler of the protected region it is in, and in YIELD_VALUE the
// number of regions (label_exception_targets).
static bool label_handlers(FlowGraph *graph) {
    HandlerPass pass = {graph, flow_new_worklist(graph), 0};
    if (pass.worklist == NULL) return false;
    visit_with(&pass, graph->entry, NULL);
    while (pass.pending > 0)
        if (!label_block_handlers(&pass, pass.worklist[--pass.pending])) return false;
    return true;
}

static bool check_terminators(FlowGraph *graph) {
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        for (int i = 0; i < block->count - 1; i++) {
            if (opcode_flags(block->items[i].opcode) & (OPCODE_JUMPS | OPCODE_EXITS))
                return raise_malformed(graph);
        }
    }
    return true;
}

static Block *skip_empty(Block *block) {
    while (block != NULL && block->count == 0) block = block->next;
    return block;
}

static void remove_empty_blocks(FlowGraph *graph) {
    for (Block *block = graph->entry; block != NULL; block = block->next)
        block->next = skip_empty(block->next);
    graph->entry = skip_empty(graph->entry);
    int label = flow_next_label(graph);
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        for (int i = 0; i < block->count; i++) {
            FlowInstruction *instruction = &block->items[i];
            if (!flow_has_target(instruction)) continue;
            Block *target = skip_empty(instruction->target);
            if (target == instruction->target) continue;
            if (target->label == NO_LABEL) target->label = label++;
            instruction->target = target;
            instruction->oparg = target->label;
        }
    }
}

// A jump to a short block that leaves the scope is replaced by a copy of it.
static bool inline_small_exit(FlowGraph *graph, Block *block) {
    enum { MAX_COPIED = 4 };
    FlowInstruction *last = block_last(block);
    if (last == NULL || !flow_is_plain_jump(last)) return true;
    const Block *target = last->target;
    if (!block_exits(target) || target->count > MAX_COPIED) return true;
    flow_make_nop(last);
    if (!reserve(graph, block, target->count)) return false;
    memcpy(&block->items[block->count], target->items,
           (size_t)target->count * sizeof *target->items);
    block->count += target->count;
    return true;
}

static bool inline_small_exits(FlowGraph *graph) {
    for (Block *block = graph->entry; block != NULL; block = block->next)
        if (!inline_small_exit(graph, block)) return false;
    return true;
}

static void reach(Block *block, Block **worklist, int *pending) {
    block->predecessors++;
    if (!block->visited) worklist[(*pending)++] = block;
}

// Every way into a block may put it on the list once.
static Block **new_edge_worklist(FlowGraph *graph) {
    size_t count = 1;
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        block->visited = false;
        count++;
        for (int i = 0; i < block->count; i++) count += flow_has_target(&block->items[i]);
    }
    Block **worklist = arena_allocate_array(graph->context->arena, count, sizeof *worklist);
    if (worklist == NULL) raise_no_memory(graph);
    return worklist;
}

// Counts the ways into each block and empties those that have none. A block that is on the list
// twice has its successors counted twice, as in CPython 3.12: the counts decide which exits are
// copied.
static bool remove_unreachable(FlowGraph *graph) {
    Block **worklist = new_edge_worklist(graph);
    if (worklist == NULL) return false;
    int pending = 0;
    reach(graph->entry, worklist, &pending);
    while (pending > 0) {
        Block *block = worklist[--pending];
        block->visited = true;
        if (block->next != NULL && block_falls_through(block))
            reach(block->next, worklist, &pending);
        for (int i = 0; i < block->count; i++)
            if (flow_has_target(&block->items[i]))
                reach(block->items[i].target, worklist, &pending);
    }
    for (Block *block = graph->entry; block != NULL; block = block->next)
        if (block->predecessors == 0) block->count = 0;
    return true;
}

// Line of the first instruction of the next blocks that will stay; -1 if it has none.
static int next_line(const Block *block) {
    const Block *next = skip_empty(block->next);
    if (next == NULL) return -2;
    for (int i = 0; i < next->count; i++) {
        const FlowInstruction *instruction = &next->items[i];
        if (instruction->opcode != OP_NOP || instruction->location.line != NO_LOCATION.line)
            return instruction->location.line;
    }
    return -1;
}

// A NOP stays only where it is the one instruction of its line.
static bool nop_is_redundant(Block *block, int index, int previous_line) {
    const FlowInstruction *nop = &block->items[index];
    int line = nop->location.line;
    if (line < 0 || line == previous_line) return true;
    if (index == block->count - 1) return line == next_line(block);
    FlowInstruction *next = nop[1].location.line < 0 ? &block->items[index + 1] : NULL;
    if (next != NULL) next->location = nop->location;
    return next != NULL || nop[1].location.line == line;
}

void flow_remove_redundant_nops(Block *block) {
    int kept = 0, previous_line = -1;
    for (int i = 0; i < block->count; i++) {
        int line = block->items[i].location.line;
        if (block->items[i].opcode == OP_NOP && nop_is_redundant(block, i, previous_line)) continue;
        block->items[kept++] = block->items[i];
        previous_line = line;
    }
    block->count = kept;
}

void flow_remove_redundant_jumps(FlowGraph *graph) {
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        FlowInstruction *last = block_last(block);
        if (last != NULL && flow_is_plain_jump(last) && last->target == block->next)
            flow_make_nop(last);
    }
}

static bool optimize_graph(FlowGraph *graph, ConstantTable *constants) {
    if (!check_terminators(graph)) return false;
    remove_empty_blocks(graph);
    if (!inline_small_exits(graph)) return false;
    for (Block *block = graph->entry; block != NULL; block = block->next)
        if (!flow_optimize_block(graph, block, constants)) return false;
    flow_remove_redundant_pairs(graph);
    if (!inline_small_exits(graph) || !remove_unreachable(graph)) return false;
    for (Block *block = graph->entry; block != NULL; block = block->next)
        flow_remove_redundant_nops(block);
    remove_empty_blocks(graph);
    flow_remove_redundant_jumps(graph);
    return true;
}

bool flow_optimize(FlowGraph *graph, CodeUnit *unit) {
    return label_handlers(graph) && optimize_graph(graph, &unit->constants) &&
           flow_remove_unused_constants(graph, &unit->constants) &&
           flow_check_unbound_locals(graph, unit->varnames.count, unit->parameter_count) &&
           flow_move_cold_blocks(graph) && flow_resolve_lines(graph, unit->first_line);
}

void flow_drop_pseudo_opcodes(FlowGraph *graph) {
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        for (int i = 0; i < block->count; i++) {
            FlowInstruction *instruction = &block->items[i];
            if (flow_is_setup(instruction) || instruction->opcode == OP_POP_BLOCK)
                flow_make_nop(instruction);
            else if (instruction->opcode == OP_STORE_FAST_MAYBE_NULL)
                instruction->opcode = OP_STORE_FAST;
        }
    }
    for (Block *block = graph->entry; block != NULL; block = block->next)
        flow_remove_redundant_nops(block);
}
