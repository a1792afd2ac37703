// code.h — the code object: what the compiler makes and the evaluator runs.
//
// Fields have CPython 3.12's names and meanings (InternalDocs, PEP 626, PEP 657). A code object is
// immutable but for its threaded code, which vm/ makes at the first execution, one per engine, and
// frees through the function it registers; bytecode/ knows its type only by name.
#pragma once
#include "runtime/thread.h"

struct ThreadedCode;
enum {
    CODE_ENGINE_LIMIT = 16,
    CODE_MAX_STACK = 1 << 20, // words of stack, and of local variables, that a frame may have
};

// Bits of co_flags.
enum {
    CO_OPTIMIZED = 0x1,
    CO_NEWLOCALS = 0x2,
    CO_VARARGS = 0x4,
    CO_VARKEYWORDS = 0x8,
    CO_NESTED = 0x10,
    CO_GENERATOR = 0x20,
    CO_COROUTINE = 0x80,
    CO_ITERABLE_COROUTINE = 0x100,
    CO_ASYNC_GENERATOR = 0x200,
    CO_FUTURE_DIVISION = 0x20000,
    CO_FUTURE_ABSOLUTE_IMPORT = 0x40000,
    CO_FUTURE_WITH_STATEMENT = 0x80000,
    CO_FUTURE_PRINT_FUNCTION = 0x100000,
    CO_FUTURE_UNICODE_LITERALS = 0x200000,
    CO_FUTURE_BARRY_AS_BDFL = 0x400000,
    CO_FUTURE_GENERATOR_STOP = 0x800000,
    CO_FUTURE_ANNOTATIONS = 0x1000000,
};
// Bits of co_localspluskinds.
enum { CO_FAST_HIDDEN = 0x10, CO_FAST_LOCAL = 0x20, CO_FAST_CELL = 0x40, CO_FAST_FREE = 0x80 };

typedef struct CodeObject {
    Object header;
    Value co_code;                           // bytes: wordcode with CACHE units
    Value co_consts;                         // tuple
    Value co_names;                          // tuple of interned str
    Value co_localsplusnames;                // tuple of interned str
    Value co_localspluskinds;                // bytes
    Value co_filename, co_name, co_qualname; // str
    Value co_linetable, co_exceptiontable;   // bytes
    int32_t co_argcount, co_posonlyargcount, co_kwonlyargcount, co_stacksize, co_flags,
        co_firstlineno;
    int32_t co_nlocals, co_ncellvars, co_nfreevars, co_nlocalsplus; // derived from the kinds
    int32_t co_framesize;                                           // co_nlocalsplus + co_stacksize
    const Value *constants;                                         // items of co_consts
    bool verified;                                                  // has passed code_verify
    bool trusted; // made by Krait's own compiler: verified in checked builds only
    struct ThreadedCode *threaded[CODE_ENGINE_LIMIT];
} CodeObject;
extern Type code_type;
ALWAYS_INLINE bool value_is_code(Value value) { return value_has_shape(value, SHAPE_code); }
ALWAYS_INLINE CodeObject *value_as_code(Value value) {
    ASSERT(value_is_code(value));
    return (CodeObject *)value_as_object(value);
}
// The parts of a code object, as types.CodeType's constructor takes them; Values as above.
typedef struct {
    int32_t argcount, posonlyargcount, kwonlyargcount, stacksize, flags, firstlineno;
    Value code, consts, names, localsplusnames, localspluskinds, filename, name, qualname,
        linetable, exceptiontable;
} CodeParts;
// Interns names and name-like string constants; checks the parts' types and sizes (ValueError,
// TypeError), not the instructions: code_verify does that.
RAISES Value code_new(Thread *thread, const CodeParts *parts);
// vm/ registers what frees code->threaded[i].
extern void (*code_threaded_free)(struct ThreadedCode *threaded);

// Source position of a code unit (offset / 2); columns are 0-based UTF-8 bytes; -1 means none.
typedef struct {
    int32_t line, end_line, column, end_column;
} CodePosition;
CodePosition code_position(const CodeObject *code, int unit);
int code_line(const CodeObject *code, int unit); // -1: none
// The handler for an exception raised at `unit`: false if there is none in this frame.
typedef struct {
    int target; // unit
    int depth;  // of the value stack
    bool push_lasti;
} CodeHandler;
bool code_find_handler(const CodeObject *code, int unit, CodeHandler *handler);
// Checks a code object abstractly (architecture: the verifier): ValueError that says what and
// where.
RAISES bool code_verify(Thread *thread, CodeObject *code);
// The same for the assembler. *unit is the code unit that the error is about, -1 if none. With
// `fit` co_stacksize is only known to be large enough, and becomes the depth that the stack
// reaches.
RAISES bool code_verify_assembled(Thread *thread, CodeObject *code, bool fit, int *unit);
// Would it be safe if a debugger went on at unit `to` instead of executing unit `from`, with
// `depth` values on the stack, all cells made and all locals bound? ValueError if not.
RAISES bool code_verify_jump(Thread *thread, const CodeObject *code, int from, int to, int depth);
// Text as CPython 3.12's dis prints it, nested code objects after it if recursive.
RAISES bool code_disassemble(Thread *thread, FILE *out, CodeObject *code, bool recursive,
                             bool show_caches);
// One JSON line for a source that could not be compiled, from the pending exception, which stays
// pending (another one may replace it: false).
bool code_listing_error(Thread *thread, FILE *out, const char *file, size_t source_bytes);
// Text that code_assemble reads back (bytecode/text_form.md says what it looks like).
RAISES bool code_write_text(Thread *thread, FILE *out, CodeObject *code);
// A code object from such text; it and those inside it pass the verifier. ValueError that says file
// and line.
RAISES Value code_assemble(Thread *thread, const char *text, size_t size, Value filename);
// One JSON line a source file in the form of macrobench/listings (see bytecode/listing.c).
RAISES bool code_listing(Thread *thread, FILE *out, CodeObject *code, const char *file,
                         size_t source_bytes);
RAISES bool code_initialize(Thread *thread);
