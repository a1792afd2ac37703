// flowgraph.c — building the graph, its simple passes, and the order of all passes.
#include "compiler/flowgraph.h"

#include <string.h>

#include "runtime/errors.h"

static bool raise_no_memory(FlowGraph *graph) {
    raise_memory_error(graph->context->thread);
    return false;
}

Block *flow_new_block(FlowGraph *graph) {
    Block *block = arena_allocate_zeroed(graph->arena, sizeof *block);
    if (block == NULL) {
        raise_no_memory(graph);
        return NULL;
    }
    block->label = NO_LABEL;
    return block;
}

// A block that grows leaves the run of the sequence it was made of.
static bool reserve(FlowGraph *graph, Block *block, int more) {
    if (block->capacity - block->count >= more) return true;
    int capacity = (block->count + more) * 2;
    FlowInstruction *items = arena_allocate_array(graph->arena, (size_t)capacity, sizeof *items);
    if (items == NULL) return raise_no_memory(graph);
    if (block->count > 0) memcpy(items, block->items, (size_t)block->count * sizeof *items);
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
    Block **worklist = arena_allocate_array(graph->arena, count, sizeof *worklist);
    if (worklist == NULL) raise_no_memory(graph);
    return worklist;
}

int flow_next_label(const FlowGraph *graph) {
    int label = NO_LABEL;
    for (const Block *block = graph->entry; block != NULL; block = block->next)
        if (block->label > label) label = block->label;
    return label + 1;
}

static bool raise_malformed(FlowGraph *graph) {
    raise_error(graph->context->thread, &exception_SystemError, "malformed control flow graph.");
    return false;
}

// One of the labels at each position, the newest, stands for all of them. Which one matters: the
// first guess at the size of a jump is made from the label's number, as in CPython, whose labels
// begin at 1. Result: the label that stands for each one, 0 where there is no instruction; NULL
// with MemoryError.
static int *merge_labels(FlowGraph *graph, InstructionSequence *sequence) {
    int *merged = arena_allocate_array(graph->arena, (size_t)sequence->label_count, sizeof *merged);
    if (merged == NULL) raise_no_memory(graph);
    for (int pass = 0; merged != NULL && pass < 2; pass++) {
        for (int label = 0; label < sequence->label_count; label++) {
            int position = sequence->label_positions[label];
            if (position < 0 || position >= sequence->count) continue;
            FlowInstruction *item = &sequence->items[position];
            if (pass == 0)
                item->label = label + 1;
            else
                merged[label] = (int)item->label;
        }
    }
    return merged;
}

// Cuts the sequence behind jumps and exits and before labels. blocks[label] becomes the block that
// begins there, targets[] the instructions that have one.
static bool cut_blocks(FlowGraph *graph, InstructionSequence *sequence, Block **blocks,
                       FlowInstruction **targets) {
    Block *block = NULL, **link = &graph->entry;
    bool ended = true;
    for (FlowInstruction *item = sequence->items; item < sequence->items + sequence->count;
         item++) {
        if (ended || item->label != 0) {
            block = flow_new_block(graph);
            if (block == NULL) return false;
            *link = block;
            link = &block->next;
            block->items = item;
            if (item->label != 0) {
                block->label = (int)item->label;
                blocks[item->label] = block;
                item->handler = NULL;
            }
        }
        block->capacity = ++block->count;
        unsigned flags = opcode_flags(item->opcode);
        ended = flags & (OPCODE_JUMPS | OPCODE_EXITS);
        if (!(flags & (OPCODE_JUMPS | OPCODE_SETUP))) continue;
        if (flags & OPCODE_SETUP) block->has_setups = true;
        *targets++ = item;
    }
    return true;
}

bool flow_build(FlowGraph *graph, InstructionSequence *sequence) {
    if (graph->context->arena->failed) return raise_no_memory(graph);
    graph->target_count = sequence->target_count;
    int *merged = merge_labels(graph, sequence);
    if (merged == NULL) return false;
    Block **blocks =
        arena_allocate_array(graph->arena, (size_t)sequence->label_count + 1, sizeof *blocks);
    FlowInstruction **targets =
        arena_allocate_array(graph->arena, (size_t)sequence->target_count, sizeof *targets);
    if (blocks == NULL || targets == NULL) return raise_no_memory(graph);
    if (!cut_blocks(graph, sequence, blocks, targets)) return false;
    for (int i = 0; i < sequence->target_count; i++) {
        targets[i]->oparg = merged[targets[i]->oparg];
        if (targets[i]->oparg == 0) return raise_malformed(graph);
        targets[i]->target = blocks[targets[i]->oparg];
        if (flow_is_setup(targets[i])) targets[i]->target->is_handler = true;
    }
    return true;
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
    // Instructions come without handler and, YIELD_VALUEs, with depth 0.
    for (int i = handlers == NULL ? block_first_target(block) : 0; i < block->count; i++) {
        FlowInstruction *instruction = &block->items[i];
        if (flow_is_setup(instruction)) {
            visit_with(pass, instruction->target, handlers);
            HandlerStack *inner = arena_allocate(pass->graph->arena, sizeof *inner);
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

static Block *skip_empty(Block *block) {
    while (block != NULL && block->count == 0) block = block->next;
    return block;
}

// Instructions that go to an empty block go to the next one that is not.
static void skip_empty_targets(FlowGraph *graph) {
    int label = NO_LABEL;
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        for (int i = block_first_target(block); i < block->count; i++) {
            FlowInstruction *instruction = &block->items[i];
            if (!flow_has_target(instruction)) continue;
            Block *target = skip_empty(instruction->target);
            if (target == instruction->target) continue;
            if (target->label == NO_LABEL) {
                if (label == NO_LABEL) label = flow_next_label(graph);
                target->label = label++;
            }
            instruction->target = target;
            instruction->oparg = target->label;
        }
    }
}

static void remove_empty_blocks(FlowGraph *graph) {
    bool removed = false;
    Block **link = &graph->entry;
    while (*link != NULL) {
        if ((*link)->count == 0) {
            removed = true;
            *link = (*link)->next;
        } else {
            link = &(*link)->next;
        }
    }
    if (removed) skip_empty_targets(graph);
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
    if (target->has_setups) {
        block->has_setups = true;
        graph->target_count += target->count;
    }
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
    size_t count = (size_t)graph->target_count + 1;
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        block->visited = false;
        count++;
    }
    Block **worklist = arena_allocate_array(graph->arena, count, sizeof *worklist);
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
        for (int i = block_first_target(block); i < block->count; i++)
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
    int first = 0;
    while (first < block->count && block->items[first].opcode != OP_NOP) first++;
    int kept = first, previous_line = first == 0 ? -1 : block->items[first - 1].location.line;
    for (int i = first; i < block->count; i++) {
        FlowInstruction *instruction = &block->items[i];
        int line = instruction->location.line;
        if (instruction->opcode == OP_NOP && nop_is_redundant(block, i, previous_line)) continue;
        if (kept < i) block->items[kept] = *instruction;
        kept++;
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
            if (instruction->opcode < OPCODE_FIRST_PSEUDO) continue;
            if (flow_is_setup(instruction) || instruction->opcode == OP_POP_BLOCK)
                flow_make_nop(instruction);
            else if (instruction->opcode == OP_STORE_FAST_MAYBE_NULL)
                instruction->opcode = OP_STORE_FAST;
        }
    }
    for (Block *block = graph->entry; block != NULL; block = block->next)
        flow_remove_redundant_nops(block);
}
