// instruction_sequence.h — what the code generator writes: opcodes in program order, with labels.
//
// Jumps and the three SETUPs name a label as their argument; the label is placed once, before or
// after its uses. Pseudo opcodes are allowed, EXTENDED_ARG, CACHE and the assembler's jumps
// (JUMP_FORWARD, JUMP_BACKWARD, JUMP_BACKWARD_NO_INTERRUPT) are not: use JUMP, JUMP_NO_INTERRUPT.
// MAKE_CELL, COPY_FREE_VARS and RETURN_GENERATOR are added by the assembler. Arguments of
// cell opcodes (LOAD_CLOSURE, LOAD_DEREF, STORE_DEREF, DELETE_DEREF, LOAD_FROM_DICT_OR_DEREF) count
// cellvars, then freevars. LOAD_ATTR, LOAD_GLOBAL and LOAD_SUPER_ATTR take their final argument
// (name << 1 | bit and so on); of the LOAD_METHOD family sequence_emit_name makes it.
//
// Invariants: the sequence lives in the arena; when memory is short nothing is written, the
// arena's `failed` is set, and assemble_code raises MemoryError, so emitting need not be checked.
#pragma once
#include "bytecode/opcodes.h"
#include "compiler/ast.h"

// Lines from 1, columns in UTF-8 bytes from 0; -1 means none.
typedef struct {
    int line, end_line, column, end_column;
} Location;
#define NO_LOCATION ((Location){-1, -1, -1, -1})
ALWAYS_INLINE Location location_of(AstPosition position) {
    return (Location){position.lineno, position.end_lineno, position.col_offset,
                      position.end_col_offset};
}

typedef int Label;
enum { NO_LABEL = -1 };

// The flow graph takes the sequence's instructions over as they are; what follows the location is
// its business (flowgraph.h) and zero until then.
typedef struct Block Block;
typedef struct {
    int opcode;
    int oparg; // a Label in jumps and SETUPs
    Location location;
    Block *target;
    union {
        Block *handler;
        intptr_t label;
    };
} FlowInstruction;

// Zeroed but for `context`, it is empty.
typedef struct {
    AstContext *context;
    FlowInstruction *items;
    int count;
    int capacity;
    int target_count;     // of jumps and SETUPs
    int *label_positions; // index of the instruction that follows, -1: not placed yet
    int label_count;
    int label_capacity;
} InstructionSequence;

// Empties it; its memory stays.
void sequence_clear(InstructionSequence *sequence);
Label sequence_new_label(InstructionSequence *sequence);
// Places a label before the next instruction.
void sequence_place_label(InstructionSequence *sequence, Label label);
void sequence_emit(InstructionSequence *sequence, int opcode, int oparg, Location location);
// Jumps and SETUPs.
void sequence_emit_jump(InstructionSequence *sequence, int opcode, Label label, Location location);
// The opcodes that take a name's index, shifted as the opcode wants it: LOAD_ATTR and LOAD_GLOBAL
// without their bit, the pseudo LOAD_METHOD, LOAD_SUPER_METHOD, LOAD_ZERO_SUPER_METHOD,
// LOAD_ZERO_SUPER_ATTR turned into LOAD_ATTR and LOAD_SUPER_ATTR; others as they are.
void sequence_emit_name(InstructionSequence *sequence, int opcode, int name, Location location);
// Inserts an instruction before position `index`; labels at or behind it move with their
// instructions. (A generator's body is wrapped so once it is complete.)
void sequence_insert(InstructionSequence *sequence, int index, int opcode, int oparg,
                     Location location);
