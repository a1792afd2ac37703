// assemble.c — from the optimised graph to bytes: prefix, jumps, wordcode, tables, code object.
//
// The size of a jump depends on its distance and the distance on the sizes between; they are
// recomputed until nothing changes, from a first guess that is CPython's, because with an unlucky
// distance more than one solution exists.
#include "compiler/assemble.h"

#include <string.h>

#include "base/text_buffer.h"
#include "bytecode/code.h"
#include "bytecode/exception_table.h"
#include "bytecode/locations.h"
#include "compiler/flowgraph.h"
#include "objects/bytes.h"
#include "objects/tuple.h"
#include "runtime/errors.h"

typedef struct {
    CodeUnit *unit;
    FlowGraph graph;
    int *cell_slots; // localsplus slot of each cell, then of each free variable
    int cell_count;  // cells and free variables
    int slot_count;  // of localsplus
    int stack_size;
    int unit_count; // of the code
    Value code;     // bytes
    AssemblyMemory *memory;
} Assembly;

// A cell that is also a local has the local's slot; the others follow the locals, then the free
// variables.
static bool place_cells(Assembly *assembly) {
    CodeUnit *unit = assembly->unit;
    assembly->cell_count = unit->cellvars.count + unit->freevars.count;
    assembly->cell_slots =
        arena_allocate_array(assembly->graph.arena, (size_t)assembly->cell_count, sizeof(int));
    if (assembly->cell_slots == NULL) return false;
    int slot = unit->varnames.count;
    for (int i = 0; i < assembly->cell_count; i++) {
        int local = i < unit->cellvars.count
                        ? name_table_find(&unit->varnames, unit->cellvars.names[i])
                        : -1;
        assembly->cell_slots[i] = local >= 0 ? local : slot++;
    }
    assembly->slot_count = slot;
    return true;
}

static void renumber_cells(Assembly *assembly) {
    if (assembly->cell_count == 0) return;
    for (Block *block = assembly->graph.entry; block != NULL; block = block->next)
        for (int i = 0; i < block->count; i++)
            if (opcode_table[block->items[i].opcode].operand == OPERAND_CELL)
                block->items[i].oparg = assembly->cell_slots[block->items[i].oparg];
}

// MAKE_CELL for each cell in the order of the slots.
static bool insert_make_cells(Assembly *assembly, int *position) {
    FlowGraph *graph = &assembly->graph;
    int cell_count = assembly->unit->cellvars.count;
    int *cell_of_slot =
        arena_allocate_array(graph->arena, (size_t)assembly->slot_count, sizeof(int));
    if (cell_of_slot == NULL) {
        raise_memory_error(graph->context->thread);
        return false;
    }
    for (int i = 0; i < cell_count; i++) cell_of_slot[assembly->cell_slots[i]] = i + 1;
    for (int slot = 0; slot < assembly->slot_count; slot++) {
        if (cell_of_slot[slot] == 0) continue;
        FlowInstruction make = {OP_MAKE_CELL, cell_of_slot[slot] - 1, NO_LOCATION, NULL, {NULL}};
        if (!flow_insert(graph, graph->entry, (*position)++, make)) return false;
    }
    return true;
}

static bool insert_prefix(Assembly *assembly) {
    FlowGraph *graph = &assembly->graph;
    const CodeUnit *unit = assembly->unit;
    int position = 0;
    if (unit->freevars.count > 0) {
        FlowInstruction copy = {OP_COPY_FREE_VARS, unit->freevars.count, NO_LOCATION, NULL, {NULL}};
        if (!flow_insert(graph, graph->entry, position++, copy)) return false;
    }
    if (unit->cellvars.count > 0 && !insert_make_cells(assembly, &position)) return false;
    if (!(unit->flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR))) return true;
    Location first = {unit->first_line, unit->first_line, -1, -1};
    FlowInstruction make = {OP_RETURN_GENERATOR, 0, first, NULL, {NULL}};
    FlowInstruction drop = {OP_POP_TOP, 0, NO_LOCATION, NULL, {NULL}};
    return flow_insert(graph, graph->entry, position, make) &&
           flow_insert(graph, graph->entry, position + 1, drop);
}

static int reversed_condition(int opcode) {
    switch (opcode) {
    case OP_POP_JUMP_IF_NONE: return OP_POP_JUMP_IF_NOT_NONE;
    case OP_POP_JUMP_IF_NOT_NONE: return OP_POP_JUMP_IF_NONE;
    case OP_POP_JUMP_IF_TRUE: return OP_POP_JUMP_IF_FALSE;
    default: ASSERT(opcode == OP_POP_JUMP_IF_FALSE); return OP_POP_JUMP_IF_TRUE;
    }
}

// There are no conditional jumps backwards: the reversed condition skips a plain one.
static bool split_backward_jump(FlowGraph *graph, Block *block, FlowInstruction *jump) {
    Block *back = flow_new_block(graph);
    if (back == NULL) return false;
    FlowInstruction plain = {OP_JUMP, jump->target->label, jump->location, jump->target, {NULL}};
    if (!flow_append(graph, back, plain)) return false;
    jump->opcode = reversed_condition(jump->opcode);
    jump->target = block->next;
    back->cold = block->cold;
    back->next = block->next;
    block->next = back;
    return true;
}

// Decides for each jump between forward and backward by the order of the blocks.
static bool direct_jumps(FlowGraph *graph) {
    for (Block *block = graph->entry; block != NULL; block = block->next) block->visited = false;
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        block->visited = true;
        FlowInstruction *last = block_last(block);
        if (last == NULL || !flow_is_jump(last)) continue;
        bool forward = !last->target->visited;
        if (last->opcode == OP_JUMP) {
            last->opcode = forward ? OP_JUMP_FORWARD : OP_JUMP_BACKWARD;
        } else if (last->opcode == OP_JUMP_NO_INTERRUPT) {
            last->opcode = forward ? OP_JUMP_FORWARD : OP_JUMP_BACKWARD_NO_INTERRUPT;
        } else if (!forward && !split_backward_jump(graph, block, last)) {
            return false;
        }
    }
    return true;
}

static int prefix_count(unsigned oparg) {
    if (LIKELY(oparg <= 0xff)) return 0;
    return oparg > 0xffffff ? 3 : oparg > 0xffff ? 2 : 1;
}

// Code units.
static int instruction_size(const FlowInstruction *instruction) {
    return prefix_count((unsigned)instruction->oparg) + 1 + opcode_caches(instruction->opcode);
}

enum { MAX_UNITS = 1 << 29 };
static bool raise_too_large(FlowGraph *graph) {
    raise_error(graph->context->thread, &exception_OverflowError, "code is too large");
    return false;
}

// The sizes of all blocks but for jumps, which stand at their ends.
static bool measure_blocks(FlowGraph *graph) {
    int64_t total = 0;
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        const FlowInstruction *last = block_last(block);
        const FlowInstruction *end =
            last != NULL && flow_is_jump(last) ? last : block->items + block->count;
        int64_t size = 0;
        for (const FlowInstruction *item = block->items; item < end; item++)
            size += instruction_size(item);
        total += size;
        if (total >= MAX_UNITS) return raise_too_large(graph);
        block->size = (int)size;
    }
    return true;
}

static bool place_blocks(FlowGraph *graph, int *total) {
    int offset = 0;
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        block->offset = offset;
        offset += block->size;
        const FlowInstruction *last = block_last(block);
        if (last != NULL && flow_is_jump(last)) offset += instruction_size(last);
        if (offset >= MAX_UNITS) return raise_too_large(graph);
    }
    *total = offset;
    return true;
}

// Sets the arguments of jumps from the places of the blocks: true if one changed its size.
static bool set_jump_arguments(FlowGraph *graph) {
    bool changed = false;
    for (Block *block = graph->entry; block != NULL; block = block->next) {
        FlowInstruction *jump = block_last(block);
        if (jump == NULL || !flow_is_jump(jump)) continue;
        int size = instruction_size(jump);
        int distance = jump->target->offset - (block->offset + block->size + size);
        jump->oparg = distance < 0 ? -distance : distance;
        changed |= instruction_size(jump) != size;
    }
    return changed;
}

static bool resolve_jumps(FlowGraph *graph, int *total) {
    if (!direct_jumps(graph) || !measure_blocks(graph)) return false;
    do {
        if (!place_blocks(graph, total)) return false;
    } while (set_jump_arguments(graph));
    return true;
}

// The caches behind it are zero already.
static unsigned char *put_instruction(unsigned char *out, const FlowInstruction *instruction) {
    int opcode = instruction->opcode;
    unsigned oparg = (unsigned)instruction->oparg;
    if (UNLIKELY(oparg > 0xff)) {
        for (int prefix = prefix_count(oparg); prefix > 0; prefix--) {
            *out++ = OP_EXTENDED_ARG;
            *out++ = (unsigned char)(oparg >> (8 * prefix));
        }
    }
    out[0] = (unsigned char)opcode;
    out[1] = (unsigned char)oparg;
    return out + 2 + 2 * (ptrdiff_t)opcode_caches(opcode);
}

static bool same_location(Location a, Location b) { return memcmp(&a, &b, sizeof a) == 0; }

// A run of instructions that share an entry of a table.
typedef struct {
    Assembly *assembly;
    Location location;
    int location_units; // in the run so far
    int line;           // of the last entry written
    Block *handler;
    int handler_start;
    int offset;
} TableRuns;

static void end_location_run(TableRuns *runs) {
    CodePosition position = {runs->location.line, runs->location.end_line, runs->location.column,
                             runs->location.end_column};
    location_table_append(&runs->assembly->memory->locations, &runs->line, runs->location_units,
                          position);
    runs->location_units = 0;
}

static void end_handler_run(TableRuns *runs) {
    const Block *handler = runs->handler;
    if (handler == NULL) return;
    int depth = handler->start_depth - 1 - handler->preserve_lasti;
    ExceptionEntry entry = {
        runs->handler_start, runs->offset, {handler->offset, depth, handler->preserve_lasti}};
    exception_table_append(&runs->assembly->memory->exceptions, &entry);
}

static void encode(Assembly *assembly) {
    TableRuns runs = {assembly, NO_LOCATION, 0, assembly->unit->first_line, NULL, 0, 0};
    unsigned char *start = value_as_bytes(assembly->code)->data, *out = start;
    for (Block *block = assembly->graph.entry; block != NULL; block = block->next) {
        for (int i = 0; i < block->count; i++) {
            const FlowInstruction *instruction = &block->items[i];
            unsigned char *next = put_instruction(out, instruction);
            int size = (int)((size_t)(next - out) / 2);
            out = next;
            if (!same_location(instruction->location, runs.location)) {
                end_location_run(&runs);
                runs.location = instruction->location;
            }
            if (instruction->handler != runs.handler) {
                end_handler_run(&runs);
                runs.handler = instruction->handler;
                runs.handler_start = runs.offset;
            }
            runs.location_units += size;
            runs.offset += size;
        }
    }
    ASSERT(out - start == 2 * (ptrdiff_t)assembly->unit_count);
    end_location_run(&runs);
    end_handler_run(&runs);
}

static Value names_tuple(Thread *thread, const NameTable *table) {
    return tuple_from_values(thread, table->names, (size_t)table->count);
}

// Names and kinds of all slots of localsplus.
static bool describe_slots(Assembly *assembly, CodeParts *parts) {
    const CodeUnit *unit = assembly->unit;
    Thread *thread = assembly->graph.context->thread;
    parts->localsplusnames = tuple_new(thread, (size_t)assembly->slot_count);
    if (value_is_error(parts->localsplusnames)) return false;
    parts->localspluskinds = bytes_new(thread, NULL, (size_t)assembly->slot_count);
    if (value_is_error(parts->localspluskinds)) return false;
    Value *names = value_as_tuple(parts->localsplusnames)->items;
    unsigned char *kinds = value_as_bytes(parts->localspluskinds)->data;
    for (int i = 0; i < unit->varnames.count; i++) {
        names[i] = unit->varnames.names[i];
        kinds[i] = CO_FAST_LOCAL;
        if (name_table_find(&unit->hidden, names[i]) >= 0) kinds[i] |= CO_FAST_HIDDEN;
    }
    for (int i = 0; i < assembly->cell_count; i++) {
        int slot = assembly->cell_slots[i], free_index = i - unit->cellvars.count;
        names[slot] = free_index < 0 ? unit->cellvars.names[i] : unit->freevars.names[free_index];
        kinds[slot] |= free_index < 0 ? CO_FAST_CELL : CO_FAST_FREE;
    }
    return true;
}

static bool bytes_of(Thread *thread, const TextBuffer *buffer, Value *bytes) {
    if (buffer->failed) {
        raise_memory_error(thread);
        return false;
    }
    *bytes = bytes_new(thread, text_buffer_text(buffer), buffer->length);
    return !value_is_error(*bytes);
}

static Value make_code(Assembly *assembly) {
    const CodeUnit *unit = assembly->unit;
    Thread *thread = assembly->graph.context->thread;
    CodeParts parts = {
        .argcount = unit->argument_count,
        .posonlyargcount = unit->positional_only_count,
        .kwonlyargcount = unit->keyword_only_count,
        .stacksize = assembly->stack_size,
        .flags = unit->flags,
        .firstlineno = unit->first_line,
        .filename = unit->filename,
        .name = unit->name,
        .qualname = unit->qualname,
        .code = assembly->code,
    };
    if (!bytes_of(thread, &assembly->memory->locations, &parts.linetable) ||
        !bytes_of(thread, &assembly->memory->exceptions, &parts.exceptiontable) ||
        !describe_slots(assembly, &parts))
        return VALUE_ERROR;
    parts.consts = tuple_from_values(thread, unit->constants.items, (size_t)unit->constants.count);
    if (value_is_error(parts.consts)) return VALUE_ERROR;
    parts.names = names_tuple(thread, &unit->names);
    if (value_is_error(parts.names)) return VALUE_ERROR;
    Value code = code_new(thread, &parts);
    if (!value_is_error(code)) value_as_code(code)->trusted = true;
    return code;
}

static Value assemble(Assembly *assembly) {
    FlowGraph *graph = &assembly->graph;
    Thread *thread = graph->context->thread;
    CodeUnit *unit = assembly->unit;
    if (!flow_build(graph, &unit->instructions) || !flow_optimize(graph, unit)) return VALUE_ERROR;
    if (!place_cells(assembly)) return raise_memory_error(thread);
    if (!insert_prefix(assembly)) return VALUE_ERROR;
    renumber_cells(assembly);
    assembly->stack_size = flow_stack_depth(graph, unit->flags);
    if (assembly->stack_size < 0) return VALUE_ERROR;
    flow_drop_pseudo_opcodes(graph);
    if (!resolve_jumps(graph, &assembly->unit_count)) return VALUE_ERROR;
    assembly->code = bytes_new(thread, NULL, 2 * (size_t)assembly->unit_count);
    if (value_is_error(assembly->code)) return VALUE_ERROR;
    encode(assembly);
    return make_code(assembly);
}

Value assemble_code(AstContext *context, AssemblyMemory *memory, CodeUnit *unit) {
    arena_reset(&memory->arena);
    memory->locations.length = memory->exceptions.length = 0;
    Assembly assembly = {
        .unit = unit, .graph = {.context = context, .arena = &memory->arena}, .memory = memory};
    return assemble(&assembly);
}

void assembly_memory_free(AssemblyMemory *memory) {
    arena_free_all(&memory->arena);
    text_buffer_free(&memory->locations);
    text_buffer_free(&memory->exceptions);
}
