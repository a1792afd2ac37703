// assemble.h — from a finished code unit to its code object.
//
// The instruction sequence becomes a graph of blocks, is optimised (flowgraph.h), laid out and
// encoded. Passes and their order are those of CPython 3.12, because the bytecode must be the same.
#pragma once
#include "compiler/constants.h"
#include "compiler/instruction_sequence.h"
#include "base/text_buffer.h"
#include "compiler/name_table.h"

// Everything that the code generator knows of a scope when its body is written. Values are kept
// alive by the context.
typedef struct {
    InstructionSequence instructions;
    ConstantTable constants; // index 0 is kept even if it is unused
    NameTable names;
    NameTable varnames; // parameters first: positional, keyword-only, *args, **kwargs
    NameTable cellvars; // in their final (sorted) order
    NameTable freevars;
    NameTable hidden; // those of varnames that exist only inside inlined comprehensions
    Value name, qualname, filename;
    int argument_count; // positional-only ones included, *args and **kwargs not
    int positional_only_count;
    int keyword_only_count;
    int parameter_count; // all of them: the first of varnames, bound at the start
    int flags;           // CO_*
    int first_line;
} CodeUnit;

// What the assembler needs while it works; one after the other, the units of a compilation use the
// same. Ready when zeroed.
typedef struct {
    Arena arena;
    TextBuffer locations, exceptions;
} AssemblyMemory;
void assembly_memory_free(AssemblyMemory *memory);

// The sequence must end in an instruction that leaves the scope (a return is the generator's to
// add). The unit's tables are used up. VALUE_ERROR: MemoryError, SystemError for a malformed graph,
// or OverflowError when it is too large.
RAISES Value assemble_code(AstContext *context, AssemblyMemory *memory, CodeUnit *unit);
