// codegen_internal.h — what the parts of the code generator share.
//
// One idea: every visit_ function writes the instructions of one node into the sequence of the
// current unit, in the order and with the locations of CPython 3.12's compile.c. A unit is a scope
// being compiled; units form a stack through `parent`.
//
// Invariants: functions that can fail return false (or -1, VALUE_ERROR) with an exception set;
// emitting itself never fails (a lack of memory shows when the unit is assembled); a unit's block
// stack mirrors the loops, handlers and with statements around the current place, because return,
// break and continue must leave them one by one.
#pragma once

#include "bytecode/code.h"
#include "compiler/assemble.h"
#include "compiler/codegen.h"

typedef enum {
    UNIT_MODULE,
    UNIT_CLASS,
    UNIT_FUNCTION,
    UNIT_ASYNC_FUNCTION,
    UNIT_LAMBDA,
    UNIT_COMPREHENSION,
    UNIT_TYPE_PARAMS,
} UnitKind;

// What surrounds the current place in the order of nesting.
typedef enum {
    NEST_WHILE,
    NEST_FOR,
    NEST_TRY,         // body of a try with handlers
    NEST_FINALLY_TRY, // body of a try with finally
    NEST_FINALLY_END, // the finally clause when an exception is pending
    NEST_WITH,
    NEST_ASYNC_WITH,
    NEST_HANDLER_CLEANUP, // body of an except clause
    NEST_VALUE,           // a value that waits on the stack
    NEST_HANDLER,
    NEST_GROUP_HANDLER, // the clauses of except*
    NEST_ASYNC_COMPREHENSION,
    NEST_GENERATOR, // the body of a generator, protected against StopIteration
} NestKind;

typedef struct {
    NestKind kind;
    Label start;
    Label exit;
    Location with_location;   // of NEST_WITH, NEST_ASYNC_WITH: the context expression
    AstStatements final_body; // of NEST_FINALLY_TRY
    Value name;               // of NEST_HANDLER_CLEANUP: `except E as name`, or absent
} Nest;

enum {
    CODEGEN_MAX_NESTS = 21, // more is a SyntaxError, as in CPython
    // Displays and calls with more parts are built piece by piece: CPython's STACK_USE_GUIDELINE.
    CODEGEN_STACK_GUIDELINE = 30,
};

typedef struct Unit {
    CodeUnit code;
    UnitKind kind;
    SymbolBlock *block;
    Value private_name;         // the class whose private names are mangled, or absent
    NameMap hidden;             // name → HIDDEN_ACTIVE or HIDDEN_ENDED, outside functions only
    int inlined_comprehensions; // how many the current place is in
    struct Unit *parent;
    int nest_count;
    Nest nests[CODEGEN_MAX_NESTS]; // the last field: codegen_enter clears what is before it
} Unit;
enum { HIDDEN_ACTIVE = 1, HIDDEN_ENDED = 2 };

typedef struct {
    Compilation *compilation;
    Thread *thread;
    const SymbolTable *symbols;
    ConstantCache constants;
    AssemblyMemory memory;
    InstructionSequence spare; // of the last unit that was assembled, for the next one
    Unit *unit;
    int depth; // units on the stack
    bool interactive;
} CodeGenerator;

// Units (codegen.c).
RAISES bool codegen_enter(CodeGenerator *generator, UnitKind kind, Value name, const void *key,
                          int first_line);
// Ends the unit with a return (of None if add_none, else of the value on the stack), assembles it
// and goes back to its parent.
RAISES Value codegen_finish(CodeGenerator *generator, bool add_none);
RAISES bool codegen_body(CodeGenerator *generator, Location location, AstStatements body);
// Wraps a generator's body in the handler that turns StopIteration into RuntimeError (PEP 479).
RAISES bool codegen_wrap_generator(CodeGenerator *generator);
static inline bool codegen_awaits_at_top(const CodeGenerator *generator) {
    return (generator->compilation->flags & COMPILE_ALLOW_TOP_LEVEL_AWAIT) &&
           generator->unit->block->kind == BLOCK_MODULE;
}

// Emitting.
static inline InstructionSequence *codegen_sequence(CodeGenerator *generator) {
    return &generator->unit->code.instructions;
}
static inline void emit(CodeGenerator *generator, Location location, int opcode) {
    sequence_emit(codegen_sequence(generator), opcode, 0, location);
}
static inline void emit_arg(CodeGenerator *generator, Location location, int opcode, int oparg) {
    sequence_emit(codegen_sequence(generator), opcode, oparg, location);
}
static inline void emit_jump(CodeGenerator *generator, Location location, int opcode, Label label) {
    sequence_emit_jump(codegen_sequence(generator), opcode, label, location);
}
static inline Label new_label(CodeGenerator *generator) {
    return sequence_new_label(codegen_sequence(generator));
}
static inline void place_label(CodeGenerator *generator, Label label) {
    sequence_place_label(codegen_sequence(generator), label);
}
// Adds a constant to the unit: its index, or -1.
RAISES int codegen_add_constant(CodeGenerator *generator, Value constant);
RAISES bool emit_constant(CodeGenerator *generator, Location location, Value constant);
static inline RAISES bool emit_none(CodeGenerator *generator, Location location) {
    return emit_constant(generator, location, VALUE_NONE);
}
static inline RAISES bool emit_int(CodeGenerator *generator, Location location, int64_t number) {
    return emit_constant(generator, location, value_from_fixnum(number));
}
// An instruction on an attribute or module name, which is mangled.
RAISES bool emit_name(CodeGenerator *generator, Location location, int opcode, Value name);
// LOAD_FAST_AND_CLEAR and STORE_FAST_MAYBE_NULL.
RAISES bool emit_local(CodeGenerator *generator, Location location, int opcode, Value name);
// Loads, stores or deletes a variable, whatever its scope.
RAISES bool emit_variable(CodeGenerator *generator, Location location, Value name,
                          AstContextKind context);
void emit_compare(CodeGenerator *generator, Location location, AstCompareOperator op);
void emit_binary(CodeGenerator *generator, Location location, AstBinaryOperator op, bool in_place);
// The loop of await and yield from; the iterator and None are on the stack.
void emit_yield_from(CodeGenerator *generator, Location location, bool is_await);
// GET_AWAITABLE and the loop.
RAISES bool emit_await(CodeGenerator *generator, Location location, int awaitable_kind);
void emit_yield(CodeGenerator *generator, Location location);
// The mangled form of a name in the current unit.
RAISES Value codegen_mangle(CodeGenerator *generator, Value name);
// SyntaxError for assignments to and deletions of __debug__.
RAISES bool codegen_check_name(CodeGenerator *generator, Location location, Value name,
                               AstContextKind context);
// Scope of a name for a closure: class units hold __class__ and __classdict__ as cells.
RAISES int codegen_reference_scope(CodeGenerator *generator, Value name);

// Makes a function of a code object: closure tuple, LOAD_CONST, MAKE_FUNCTION.
RAISES bool emit_closure(CodeGenerator *generator, Location location, Value code, int flags);

// Errors at a location; result always false.
COLD bool codegen_error(CodeGenerator *generator, Location location, const char *format, ...);
static inline AstPosition position_of(Location location) {
    return (AstPosition){location.line, location.column, location.end_line, location.end_column};
}

// Nesting (codegen_nests.c).
RAISES bool nest_push(CodeGenerator *generator, Location location, Nest nest);
void nest_pop(CodeGenerator *generator);
RAISES bool visit_return(CodeGenerator *generator, const AstStatement *statement);
RAISES bool visit_break(CodeGenerator *generator, Location location);
RAISES bool visit_continue(CodeGenerator *generator, Location location);
// Calls the exit function that a with statement keeps on the stack.
RAISES bool emit_exit_call(CodeGenerator *generator, Location location);

// Statements.
RAISES bool visit_statements(CodeGenerator *generator, AstStatements statements);
RAISES bool visit_statement(CodeGenerator *generator, AstStatement *statement);
RAISES bool visit_try(CodeGenerator *generator, const AstStatement *statement);
RAISES bool visit_with(CodeGenerator *generator, const AstStatement *statement);
RAISES bool visit_match(CodeGenerator *generator, const AstStatement *statement);
RAISES bool visit_function(CodeGenerator *generator, const AstStatement *statement);
RAISES bool visit_class(CodeGenerator *generator, const AstStatement *statement);
RAISES bool visit_type_alias(CodeGenerator *generator, const AstStatement *statement);
RAISES bool visit_annotated_assignment(CodeGenerator *generator, const AstStatement *statement);
RAISES bool visit_augmented_assignment(CodeGenerator *generator, const AstStatement *statement);
RAISES bool visit_import(CodeGenerator *generator, const AstStatement *statement);
RAISES bool visit_import_from(CodeGenerator *generator, const AstStatement *statement);
// An annotation's text as a constant (from __future__ import annotations).
RAISES bool emit_annotation_text(CodeGenerator *generator, AstExpression *annotation);

// Expressions.
RAISES bool visit_expression(CodeGenerator *generator, AstExpression *expression);
RAISES bool visit_expressions(CodeGenerator *generator, AstExpressions expressions);
// Jumps to `target` if the truth of the expression is `condition`, else falls through.
RAISES bool visit_condition(CodeGenerator *generator, Location location, AstExpression *expression,
                            Label target, bool condition);
RAISES bool visit_lambda(CodeGenerator *generator, AstExpression *expression);
RAISES bool visit_comprehension(CodeGenerator *generator, AstExpression *expression);
// Pushes the parts of a slice: their number (2 or 3), or -1.
RAISES int visit_slice_parts(CodeGenerator *generator, const AstExpression *expression);
static inline bool is_plain_slice(const AstExpression *expression) {
    return expression->kind == AST_SLICE && expression->slice.step == NULL;
}

// Displays (codegen_displays.c).
typedef struct {
    int build;     // BUILD_LIST or BUILD_SET
    int append;    // LIST_APPEND or SET_ADD
    int extend;    // LIST_EXTEND or SET_UPDATE
    bool to_tuple; // the result is a tuple
} DisplayKind;
// A list, set or tuple of `pushed` values that are on the stack and the elements.
RAISES bool emit_display(CodeGenerator *generator, Location location, AstExpressions elements,
                         int pushed, DisplayKind kind);
RAISES bool visit_list(CodeGenerator *generator, const AstExpression *expression);
RAISES bool visit_tuple(CodeGenerator *generator, const AstExpression *expression);
RAISES bool visit_set(CodeGenerator *generator, const AstExpression *expression);
RAISES bool visit_dict(CodeGenerator *generator, const AstExpression *expression);
RAISES bool visit_joined_str(CodeGenerator *generator, const AstExpression *expression);
RAISES bool visit_formatted_value(CodeGenerator *generator, const AstExpression *expression);

// Calls (codegen_calls.c): what comes before and behind the first operand of a spine node.
// *next is set to the expression to visit between the two, NULL if there is none.
RAISES bool call_begin(CodeGenerator *generator, const AstExpression *call, AstExpression **next);
RAISES bool call_end(CodeGenerator *generator, const AstExpression *call);
RAISES bool attribute_begin(CodeGenerator *generator, const AstExpression *attribute,
                            AstExpression **next);
RAISES bool attribute_end(CodeGenerator *generator, const AstExpression *attribute);
// The arguments and the call; the callee and `pushed` arguments are on the stack.
RAISES bool emit_call(CodeGenerator *generator, Location location, int pushed, AstExpressions args,
                      AstKeywords keywords);
// The place of an attribute access that spans lines is the attribute's name.
Location attribute_location(Location location, const AstExpression *attribute);

// SyntaxWarnings for code that cannot be meant (codegen_checks.c). False when a warning became an
// error.
RAISES bool check_compare(CodeGenerator *generator, const AstExpression *expression);
RAISES bool check_callee(CodeGenerator *generator, const AstExpression *callee);
RAISES bool check_subscript(CodeGenerator *generator, const AstExpression *subscript);
RAISES bool check_assert(CodeGenerator *generator, const AstStatement *statement);
