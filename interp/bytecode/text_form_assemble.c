// text_form_assemble.c — instructions that have been read to wordcode and its two tables.
//
// Prefixes are only ever added until every argument fits, so the layout comes to rest.
#include <string.h>

#include "bytecode/code_internal.h"
#include "bytecode/locations.h"
#include "bytecode/opcodes.h"
#include "bytecode/text_form_internal.h"
#include "objects/bytes.h"
#include "runtime/errors.h"

typedef struct {
    TextReader reader; // for messages
    TextProgram *program;
    TextBuffer code, locations, exceptions;
} Assembly;

static int needed_prefixes(int oparg) {
    return oparg > 0xffffff ? 3 : oparg > 0xffff ? 2 : oparg > 0xff ? 1 : 0;
}

static int unit_count(const TextInstruction *instruction) {
    return instruction->prefixes + 1 + opcode_caches(instruction->opcode);
}

static bool fail_at(Assembly *assembly, int line, const char *reason, const TextLabel *label) {
    assembly->reader.line = line;
    return text_reader_fail(&assembly->reader, reason, (int)label->length, label->name);
}

// The unit of a label, which may stand behind the last instruction.
static int label_unit(const TextProgram *program, int label) {
    size_t index = (size_t)program->labels.items[label].instruction;
    if (index < program->instructions.count) return program->instructions.items[index].unit;
    if (index == 0) return 0;
    const TextInstruction *last = text_instructions_last(&program->instructions);
    return last->unit + unit_count(last);
}

static bool check_labels(Assembly *assembly) {
    for (size_t i = 0; i < assembly->program->labels.count; i++) {
        const TextLabel *label = &assembly->program->labels.items[i];
        if (label->instruction < 0)
            return fail_at(assembly, label->line, "there is no label '%.*s'", label);
    }
    return true;
}

// False with an exception when the label is on the wrong side.
static bool resolve_jump(Assembly *assembly, TextInstruction *instruction) {
    int target = label_unit(assembly->program, instruction->label);
    int next = instruction->unit + unit_count(instruction);
    bool backward = opcode_table[instruction->opcode].operand == OPERAND_JUMP_BACKWARD;
    instruction->oparg = backward ? next - target : target - next;
    const TextLabel *label = &assembly->program->labels.items[instruction->label];
    return instruction->oparg >= 0 ||
           fail_at(assembly, instruction->line,
                   backward ? "'%.*s' is not before this jump" : "'%.*s' is not behind this jump",
                   label);
}

static bool lay_out(Assembly *assembly) {
    TextInstructions *all = &assembly->program->instructions;
    for (bool changed = true; changed;) {
        changed = false;
        int unit = 0;
        for (size_t i = 0; i < all->count; i++) {
            all->items[i].unit = unit;
            unit += unit_count(&all->items[i]);
        }
        for (size_t i = 0; i < all->count; i++) {
            TextInstruction *instruction = &all->items[i];
            if (instruction->label >= 0 && !resolve_jump(assembly, instruction)) return false;
            int needed = needed_prefixes(instruction->oparg);
            if (needed <= instruction->prefixes) continue;
            instruction->prefixes = needed;
            changed = true;
        }
    }
    return true;
}

static void put_units(Assembly *assembly) {
    const TextInstructions *all = &assembly->program->instructions;
    for (size_t i = 0; i < all->count; i++) {
        const TextInstruction *instruction = &all->items[i];
        for (int k = instruction->prefixes; k >= 0; k--) {
            int opcode = k > 0 ? OP_EXTENDED_ARG : instruction->opcode;
            unsigned byte = (unsigned)instruction->oparg >> (8 * k) & 0xff;
            char unit[2] = {(char)(unsigned char)opcode, (char)(unsigned char)byte};
            text_buffer_append(&assembly->code, unit, 2);
        }
        text_buffer_append_fill(&assembly->code, 0, 2 * (size_t)opcode_caches(instruction->opcode));
    }
}

static void put_locations(Assembly *assembly) {
    const TextInstructions *all = &assembly->program->instructions;
    int line = assembly->program->firstlineno;
    for (size_t i = 0; i < all->count;) {
        CodePosition position = all->items[i].position;
        int units = 0;
        for (; i < all->count && memcmp(&all->items[i].position, &position, sizeof position) == 0;
             i++)
            units += unit_count(&all->items[i]);
        location_table_append(&assembly->locations, &line, units, position);
    }
}

static bool put_exceptions(Assembly *assembly) {
    const TextProgram *program = assembly->program;
    int previous_end = 0;
    for (size_t i = 0; i < program->exceptions.count; i++) {
        const TextException *exception = &program->exceptions.items[i];
        ExceptionEntry entry = {
            label_unit(program, exception->start),
            label_unit(program, exception->end),
            {label_unit(program, exception->target), exception->depth, exception->push_lasti}};
        if (entry.start < previous_end || entry.end <= entry.start)
            return fail_at(assembly, exception->line,
                           "the part protected from '%.*s' on is empty or not in order",
                           &program->labels.items[exception->start]);
        exception_table_append(&assembly->exceptions, &entry);
        previous_end = entry.end;
    }
    return true;
}

static Value take_bytes(Assembly *assembly, const TextBuffer *buffer) {
    if (buffer->failed) return raise_memory_error(assembly->reader.thread);
    return bytes_new(assembly->reader.thread, text_buffer_text(buffer), buffer->length);
}

static bool assemble(Assembly *assembly, CodeParts *parts) {
    if (!check_labels(assembly) || !lay_out(assembly) || !put_exceptions(assembly)) return false;
    put_units(assembly);
    put_locations(assembly);
    parts->code = take_bytes(assembly, &assembly->code);
    if (value_is_error(parts->code)) return false;
    parts->linetable = take_bytes(assembly, &assembly->locations);
    if (value_is_error(parts->linetable)) return false;
    parts->exceptiontable = take_bytes(assembly, &assembly->exceptions);
    return !value_is_error(parts->exceptiontable);
}

bool text_program_assemble(const TextReader *reader, TextProgram *program, CodeParts *parts) {
    Assembly assembly = {.reader = *reader, .program = program};
    bool done = assemble(&assembly, parts);
    text_buffer_free(&assembly.code);
    text_buffer_free(&assembly.locations);
    text_buffer_free(&assembly.exceptions);
    return done;
}
