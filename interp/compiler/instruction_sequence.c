// instruction_sequence.c — appending to the sequence.
#include "compiler/instruction_sequence.h"

#include <string.h>

static bool reserve_item(InstructionSequence *sequence) {
    if (sequence->count < sequence->capacity) return true;
    int capacity = sequence->capacity == 0 ? 64 : sequence->capacity * 2;
    FlowInstruction *items =
        arena_extend(sequence->context->arena, sequence->items,
                     (size_t)sequence->capacity * sizeof *items, (size_t)capacity * sizeof *items);
    if (items == NULL) return false;
    sequence->items = items;
    sequence->capacity = capacity;
    return true;
}

void sequence_clear(InstructionSequence *sequence) {
    sequence->count = sequence->label_count = sequence->target_count = 0;
}

Label sequence_new_label(InstructionSequence *sequence) {
    if (sequence->label_count == sequence->label_capacity) {
        int capacity = sequence->label_capacity == 0 ? 32 : sequence->label_capacity * 2;
        int *positions = arena_extend(sequence->context->arena, sequence->label_positions,
                                      (size_t)sequence->label_capacity * sizeof(int),
                                      (size_t)capacity * sizeof(int));
        if (positions == NULL) return 0;
        sequence->label_positions = positions;
        sequence->label_capacity = capacity;
    }
    sequence->label_positions[sequence->label_count] = -1;
    return sequence->label_count++;
}

void sequence_place_label(InstructionSequence *sequence, Label label) {
    if (sequence->context->arena->failed) return;
    ASSERT(label >= 0 && label < sequence->label_count);
    ASSERT(sequence->label_positions[label] < 0);
    sequence->label_positions[label] = sequence->count;
}

void sequence_emit(InstructionSequence *sequence, int opcode, int oparg, Location location) {
    ASSERT(opcode_exists(opcode));
    ASSERT(oparg >= 0 && oparg < 1 << 30);
    if (!reserve_item(sequence)) return;
    sequence->items[sequence->count++] = (FlowInstruction){opcode, oparg, location, NULL, {NULL}};
}

void sequence_emit_jump(InstructionSequence *sequence, int opcode, Label label, Location location) {
    ASSERT(opcode_flags(opcode) & (OPCODE_JUMPS | OPCODE_SETUP));
    sequence->target_count++;
    sequence_emit(sequence, opcode, label, location);
}

void sequence_emit_name(InstructionSequence *sequence, int opcode, int name, Location location) {
    int oparg = name;
    switch (opcode) {
    case OP_LOAD_ATTR:
    case OP_LOAD_GLOBAL: oparg = name << 1; break;
    case OP_LOAD_METHOD:
        opcode = OP_LOAD_ATTR;
        oparg = name << 1 | 1;
        break;
    case OP_LOAD_SUPER_ATTR: oparg = name << 2 | 2; break;
    case OP_LOAD_SUPER_METHOD:
        opcode = OP_LOAD_SUPER_ATTR;
        oparg = name << 2 | 3;
        break;
    case OP_LOAD_ZERO_SUPER_ATTR:
        opcode = OP_LOAD_SUPER_ATTR;
        oparg = name << 2;
        break;
    case OP_LOAD_ZERO_SUPER_METHOD:
        opcode = OP_LOAD_SUPER_ATTR;
        oparg = name << 2 | 1;
        break;
    default: break;
    }
    sequence_emit(sequence, opcode, oparg, location);
}

void sequence_insert(InstructionSequence *sequence, int index, int opcode, int oparg,
                     Location location) {
    ASSERT(index >= 0 && index <= sequence->count);
    if (!reserve_item(sequence)) return;
    memmove(&sequence->items[index + 1], &sequence->items[index],
            (size_t)(sequence->count - index) * sizeof *sequence->items);
    sequence->count++;
    sequence->items[index] = (FlowInstruction){opcode, oparg, location, NULL, {NULL}};
    sequence->target_count += (opcode_flags(opcode) & (OPCODE_JUMPS | OPCODE_SETUP)) != 0;
    for (int i = 0; i < sequence->label_count; i++)
        if (sequence->label_positions[i] >= index) sequence->label_positions[i]++;
}
