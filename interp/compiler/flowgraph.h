// flowgraph.h — a code unit as a graph of basic blocks, and the passes over it.
//
// A block is a run of instructions that is entered at its first and left at its last; blocks form
// a list in layout order, in which each falls through to the next unless its last instruction never
// goes on. Passes and their order are those of CPython 3.12's flowgraph.c; each notes the function
// it corresponds to. Everything but the instructions lives in
// the graph's arena.
//
// Invariants: jumps and exits stand only at the end of a block; every pass is iterative; functions
// that return false have raised (MemoryError, SystemError).
#pragma once
#include "compiler/assemble.h"

// An FlowInstruction's `target` is the block that a jump or SETUP goes to, `handler` the one where
// an exception raised here goes (NULL: out of the frame); `label` is used by flow_build alone.

// The handlers around a point of the program, innermost first; shared tails, never changed.
typedef struct HandlerStack {
    Block *handler;
    const struct HandlerStack *outer;
    int depth;
} HandlerStack;

struct Block {
    Block *next;
    FlowInstruction *items;
    int count, capacity;
    int label;        // NO_LABEL unless some jump or SETUP had it as its target
    int predecessors; // reachable ways into it, counted once (flow_remove_unreachable)
    int start_depth;  // of the stack; negative: not reached
    int offset;       // in code units
    int size;         // likewise, without a jump at its end
    bool visited;     // scratch of the passes
    bool has_setups;  // else only its last instruction can have a target
    bool is_handler;
    bool preserve_lasti; // as a handler it finds lasti below the exception
    bool cold, warm;
    const HandlerStack *handlers; // at its start, while handlers are being assigned
    uint64_t unsafe_locals;       // bit i: local i may be unbound at its start
};

typedef struct {
    AstContext *context;
    Arena *arena; // of the blocks, and of what the passes need
    Block *entry;
    int target_count; // there are no more instructions with a target
} FlowGraph;

// flowgraph.c: construction and editing.
// The blocks are runs of the sequence's own items.
RAISES bool flow_build(FlowGraph *graph, InstructionSequence *sequence);
RAISES Block *flow_new_block(FlowGraph *graph); // not yet in the list
RAISES bool flow_append(FlowGraph *graph, Block *block, FlowInstruction instruction);
RAISES bool flow_insert(FlowGraph *graph, Block *block, int index, FlowInstruction instruction);
// All passes up to line numbers (_PyCfg_OptimizeCodeUnit).
RAISES bool flow_optimize(FlowGraph *graph, CodeUnit *unit);
// An array with room for every block once; clears `visited` of all.
RAISES Block **flow_new_worklist(FlowGraph *graph);
int flow_next_label(const FlowGraph *graph);
// SETUPs and POP_BLOCK become NOPs, STORE_FAST_MAYBE_NULL STORE_FAST.
void flow_drop_pseudo_opcodes(FlowGraph *graph);
void flow_remove_redundant_jumps(FlowGraph *graph);
void flow_remove_redundant_nops(Block *block);

// flowgraph_peephole.c.
RAISES bool flow_optimize_block(FlowGraph *graph, Block *block, ConstantTable *constants);
void flow_remove_redundant_pairs(FlowGraph *graph);
RAISES bool flow_remove_unused_constants(FlowGraph *graph, ConstantTable *constants);

// flowgraph_analysis.c.
// LOAD_FAST of locals that may be unbound becomes LOAD_FAST_CHECK.
RAISES bool flow_check_unbound_locals(FlowGraph *graph, int local_count, int parameter_count);
RAISES bool flow_move_cold_blocks(FlowGraph *graph);
RAISES bool flow_resolve_lines(FlowGraph *graph, int first_line);
// The greatest depth of the stack, -1 on failure; sets start_depth of every reachable block.
RAISES int flow_stack_depth(FlowGraph *graph, int code_flags);

static inline FlowInstruction *block_last(const Block *block) {
    return block->count > 0 ? &block->items[block->count - 1] : NULL;
}
// Where to begin looking for instructions with a target.
static inline int block_first_target(const Block *block) {
    return block->has_setups || block->count == 0 ? 0 : block->count - 1;
}
static inline bool flow_is_jump(const FlowInstruction *instruction) {
    return opcode_flags(instruction->opcode) & OPCODE_JUMPS;
}
static inline bool flow_is_setup(const FlowInstruction *instruction) {
    return opcode_flags(instruction->opcode) & OPCODE_SETUP;
}
static inline bool flow_has_target(const FlowInstruction *instruction) {
    return opcode_flags(instruction->opcode) & (OPCODE_JUMPS | OPCODE_SETUP);
}
static inline bool flow_has_constant(const FlowInstruction *instruction) {
    return opcode_table[instruction->opcode].operand == OPERAND_CONST;
}
static inline bool flow_is_plain_jump(const FlowInstruction *instruction) {
    return (opcode_flags(instruction->opcode) & (OPCODE_JUMPS | OPCODE_ENDS)) ==
           (OPCODE_JUMPS | OPCODE_ENDS);
}
static inline bool block_falls_through(const Block *block) {
    const FlowInstruction *last = block_last(block);
    return last == NULL || !(opcode_flags(last->opcode) & OPCODE_ENDS);
}
static inline bool block_exits(const Block *block) {
    const FlowInstruction *last = block_last(block);
    return last != NULL && opcode_flags(last->opcode) & OPCODE_EXITS;
}
static inline void flow_make_nop(FlowInstruction *instruction) {
    instruction->opcode = OP_NOP;
    instruction->oparg = 0;
}
