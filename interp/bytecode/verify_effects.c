// verify_effects.c — the second half of the verifier: what one instruction demands of the frame and
// does to it.
//
// The pictures of opcodes.def are interpreted; what they cannot say is in apply_special, one case
// for each row that ends in `!`.
#include <string.h>

#include "bytecode/verify_internal.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/type.h"

static int base_kind(SlotKind kind) { return (int)(kind & 0xff); }

static bool is_value(SlotKind kind) { return base_kind(kind) >= SLOT_VALUE; }

static bool is_tuple(int base) {
    return base == SLOT_TUPLE || base == SLOT_NAMES || base == SLOT_CLOSURE;
}

SlotKind verifier_kind_of_letter(char letter) {
    switch (letter) {
    case 'n': return SLOT_NULL;
    case 'v': return SLOT_VALUE;
    case 'c': return SLOT_CELL;
    case 'e': return SLOT_EXCEPTION;
    case 'E': return SLOT_EXCEPTION_OR_NONE;
    case 'l': return SLOT_LASTI;
    case 'i': return SLOT_ITERATOR;
    case 'L': return SLOT_LIST;
    case 'S': return SLOT_SET;
    case 'D': return SLOT_DICT;
    case 'T': return SLOT_TUPLE;
    case 'N': return SLOT_NAMES;
    case 'C': return SLOT_CLOSURE;
    case 'K': return SLOT_CODE;
    default: return SLOT_MAYBE;
    }
}

SlotKind verifier_join_kinds(SlotKind a, SlotKind b) {
    if (a == b) return a;
    int x = base_kind(a), y = base_kind(b);
    if (x == SLOT_DEAD || y == SLOT_DEAD) return SLOT_DEAD;
    if (!is_value(a) || !is_value(b)) return SLOT_MAYBE;
    bool exceptions = (x == SLOT_EXCEPTION || x == SLOT_EXCEPTION_OR_NONE) &&
                      (y == SLOT_EXCEPTION || y == SLOT_EXCEPTION_OR_NONE);
    if (exceptions) return SLOT_EXCEPTION_OR_NONE;
    bool tuples = is_tuple(x) && is_tuple(y);
    return tuples ? SLOT_TUPLE : SLOT_VALUE;
}

// Can a slot of this kind stand where a row wants `letter`?
static bool serves(SlotKind kind, char letter) {
    int wanted = (int)verifier_kind_of_letter(letter), found = base_kind(kind);
    if (found == SLOT_DEAD) return letter == 'a';
    switch (wanted) {
    case SLOT_MAYBE: return true;
    case SLOT_VALUE: return is_value(kind);
    case SLOT_EXCEPTION_OR_NONE: return found == wanted || found == SLOT_EXCEPTION;
    case SLOT_TUPLE: return is_tuple(found);
    default: return found == wanted;
    }
}

static const char *describe(char letter) {
    switch (letter) {
    case 'n': return "NULL";
    case 'v': return "a value";
    case 'c': return "a cell";
    case 'e': return "an exception";
    case 'E': return "an exception or None";
    case 'l': return "an instruction index";
    case 'L': return "a list";
    case 'S': return "a set";
    case 'D': return "a dict";
    case 'T': return "a tuple";
    case 'N': return "a tuple of strings";
    case 'K': return "a code object";
    default: return "something else";
    }
}

static SlotKind *stack_slot(Verifier *verifier, int index) {
    return &verifier->now.slots[verifier->slot_count + index];
}

static bool push(Verifier *verifier, int unit, SlotKind kind) {
    if (verifier->now.depth >= verifier->code->co_stacksize)
        return verifier_fail(verifier, unit, "the stack grows above co_stacksize");
    *stack_slot(verifier, verifier->now.depth++) = kind;
    verifier_note_depth(verifier, verifier->now.depth);
    return true;
}

static bool fail_dead(Verifier *verifier, int unit) {
    return verifier_fail(verifier, unit, "an operand of the instruction that raised is looked at");
}

// Checks and pops the slots left of '>' in a picture.
static bool pop_pictured(Verifier *verifier, int unit, const char *picture, int count) {
    if (count > verifier->now.depth)
        return verifier_fail(verifier, unit, "the stack has %d values, %d are needed",
                             verifier->now.depth, count);
    int letters = 0, repeated = 0;
    for (const char *p = picture; *p != '>'; p++) {
        if (*p == '*')
            repeated = 1;
        else
            letters++;
    }
    repeated = repeated ? count - (letters - 1) : 0; // times that the letter before '*' stands
    int slot = verifier->now.depth - count;
    for (const char *p = picture; *p != '>'; p++) {
        if (*p == '*') continue;
        for (int times = p[1] == '*' ? repeated : 1; times > 0; times--, slot++) {
            SlotKind kind = *stack_slot(verifier, slot);
            if (serves(kind, *p)) continue;
            if (kind == SLOT_DEAD) return fail_dead(verifier, unit);
            return verifier_fail(verifier, unit, "%s is needed on the stack", describe(*p));
        }
    }
    verifier->now.depth -= count;
    return true;
}

static bool push_pictured(Verifier *verifier, int unit, const char *picture, int count) {
    const char *p = strchr(picture, '>') + 1;
    for (; count > 0; count--) {
        if (!push(verifier, unit, verifier_kind_of_letter(*p))) return false;
        if (p[1] != '*') p++;
    }
    return true;
}

static bool push_two(Verifier *verifier, int unit, SlotKind low, SlotKind high) {
    return push(verifier, unit, low) && push(verifier, unit, high);
}

static bool is_names(Value tuple) {
    const Tuple *items = value_as_tuple(tuple);
    for (uint64_t i = 0; i < items->length; i++)
        if (!value_is_str_exact(items->items[i])) return false;
    return true;
}

static SlotKind constant_kind(const Verifier *verifier, int index) {
    Value constant = value_as_tuple(verifier->code->co_consts)->items[index];
    if (value_is_code(constant)) return SLOT_CODE | (SlotKind)index << 8;
    if (!value_is_tuple_exact(constant)) return SLOT_VALUE;
    return is_names(constant) ? SLOT_NAMES : SLOT_TUPLE;
}

// The container that LIST_APPEND and its like find `distance` slots below the top.
static bool check_container(Verifier *verifier, int unit, int distance, char letter) {
    if (distance < 1 || distance > verifier->now.depth)
        return verifier_fail(verifier, unit, "the argument reaches below the stack");
    if (!serves(*stack_slot(verifier, verifier->now.depth - distance), letter))
        return verifier_fail(verifier, unit, "%s is needed on the stack", describe(letter));
    return true;
}

static bool apply_local(Verifier *verifier, const Decoded *instruction) {
    SlotKind *local = &verifier->now.slots[instruction->oparg];
    int unit = instruction->unit;
    SlotKind held = *local;
    switch (instruction->opcode) {
    case OP_LOAD_FAST:
        if (!is_value(held)) return verifier_fail(verifier, unit, "the local may be unbound");
        return push(verifier, unit, held);
    case OP_LOAD_FAST_CHECK:
        if (!is_value(held)) *local = SLOT_VALUE;
        return push(verifier, unit, *local);
    case OP_LOAD_FAST_AND_CLEAR: *local = SLOT_NULL; return push(verifier, unit, held);
    case OP_DELETE_FAST: *local = SLOT_NULL; return true;
    case OP_MAKE_CELL: *local = SLOT_CELL; return true;
    case OP_STORE_FAST:
        held = *stack_slot(verifier, verifier->now.depth); // just popped
        if (held == SLOT_DEAD) return fail_dead(verifier, unit);
        *local = base_kind(held) <= SLOT_CELL ? held : SLOT_VALUE;
        return true;
    default: break;
    }
    if (held != SLOT_CELL) return verifier_fail(verifier, unit, "the slot holds no cell");
    switch (instruction->opcode) {
    case OP_LOAD_CLOSURE: return push(verifier, unit, SLOT_CELL);
    case OP_LOAD_DEREF:
    case OP_LOAD_FROM_DICT_OR_DEREF: return push(verifier, unit, SLOT_VALUE);
    default: return true;
    }
}

static bool apply_swap_or_copy(Verifier *verifier, const Decoded *instruction) {
    int oparg = instruction->oparg, depth = verifier->now.depth;
    if (oparg < 1 || oparg > depth)
        return verifier_fail(verifier, instruction->unit, "the argument reaches below the stack");
    SlotKind *other = stack_slot(verifier, depth - oparg);
    if (*other == SLOT_DEAD || *stack_slot(verifier, depth - 1) == SLOT_DEAD)
        return fail_dead(verifier, instruction->unit);
    if (instruction->opcode == OP_COPY) return push(verifier, instruction->unit, *other);
    SlotKind *top = stack_slot(verifier, depth - 1), saved = *top;
    *top = *other;
    *other = saved;
    return true;
}

// The popped slots are still in place above the stack.
static bool apply_build_tuple(Verifier *verifier, const Decoded *instruction) {
    bool closure = instruction->oparg > 0 && instruction->oparg < 1 << 23;
    for (int i = 0; i < instruction->oparg && closure; i++)
        closure = *stack_slot(verifier, verifier->now.depth + i) == SLOT_CELL;
    SlotKind kind = closure ? SLOT_CLOSURE | (SlotKind)instruction->oparg << 8 : SLOT_TUPLE;
    return push(verifier, instruction->unit, kind);
}

static bool apply_make_function(Verifier *verifier, const Decoded *instruction, int pops) {
    int above = verifier->now.depth + pops; // the stack's end before
    SlotKind code_kind = *stack_slot(verifier, above - 1);
    const Tuple *constants = value_as_tuple(verifier->code->co_consts);
    const CodeObject *code = value_as_code(constants->items[code_kind >> 8]);
    int cells = 0;
    if (instruction->oparg & 8) {
        SlotKind closure = *stack_slot(verifier, above - 2);
        if (base_kind(closure) != SLOT_CLOSURE)
            return verifier_fail(verifier, instruction->unit, "a tuple of cells is needed");
        cells = (int)(closure >> 8);
    }
    if (cells != code->co_nfreevars)
        return verifier_fail(verifier, instruction->unit,
                             "the closure has %d cells, the code has %d free variables", cells,
                             code->co_nfreevars);
    return push(verifier, instruction->unit, SLOT_VALUE);
}

static bool apply_copy_free_vars(Verifier *verifier, const Decoded *instruction) {
    if (instruction->oparg != verifier->code->co_nfreevars)
        return verifier_fail(verifier, instruction->unit, "the code has %d free variables",
                             verifier->code->co_nfreevars);
    for (int i = 1; i <= instruction->oparg; i++)
        verifier->now.slots[verifier->slot_count - i] = SLOT_CELL;
    return true;
}

static bool apply_return_generator(Verifier *verifier, const Decoded *instruction) {
    int kinds = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR;
    if (!(verifier->code->co_flags & kinds) || verifier->now.in_generator ||
        verifier->now.depth != 0)
        return verifier_fail(verifier, instruction->unit, "no generator can be made here");
    verifier->now.in_generator = true;
    return push(verifier, instruction->unit, SLOT_VALUE);
}

// A yield behind which RESUME says "yield from" or "await" has the iterator delegated to below the
// value: throw() looks for it there.
static bool apply_yield(Verifier *verifier, const Decoded *instruction) {
    int unit = instruction->unit, next = instruction->next, depth = verifier->now.depth;
    if (!verifier->now.in_generator)
        return verifier_fail(verifier, unit, "the frame is no generator's");
    for (int i = 0; i < depth; i++) // they are about to move into the generator
        if (*stack_slot(verifier, i) == SLOT_DEAD) return fail_dead(verifier, unit);
    const Decoded *resume = next < verifier->unit_count ? &verifier->decoded[next] : NULL;
    if (resume != NULL && resume->opcode == OP_RESUME && resume->oparg >= 2 &&
        (depth == 0 || !is_value(*stack_slot(verifier, depth - 1))))
        return verifier_fail(verifier, unit, "there is nothing to delegate to");
    return push(verifier, unit, SLOT_VALUE);
}

// The operands are popped (and known to be values).
static bool apply_intrinsic(Verifier *verifier, const Decoded *instruction) {
    int unit = instruction->unit;
    SlotKind operand = *stack_slot(verifier, verifier->now.depth), result = SLOT_VALUE;
    if (instruction->opcode == OP_CALL_INTRINSIC_1) {
        if (instruction->oparg == INTRINSIC_STOPITERATION_ERROR) {
            if (!serves(operand, 'e'))
                return verifier_fail(verifier, unit, "an exception is needed on the stack");
            result = SLOT_EXCEPTION;
        } else if (instruction->oparg == INTRINSIC_LIST_TO_TUPLE) {
            if (!serves(operand, 'L'))
                return verifier_fail(verifier, unit, "a list is needed on the stack");
            result = SLOT_TUPLE;
        } else if (instruction->oparg == INTRINSIC_TYPEALIAS) {
            if (!serves(operand, 'T'))
                return verifier_fail(verifier, unit, "a tuple is needed on the stack");
        }
    } else if (instruction->oparg == INTRINSIC_PREP_RERAISE_STAR) {
        if (!serves(operand, 'e') || !serves(*stack_slot(verifier, verifier->now.depth + 1), 'L'))
            return verifier_fail(verifier, unit, "an exception and a list are needed");
        result = SLOT_EXCEPTION_OR_NONE;
    }
    return push(verifier, unit, result);
}

static bool apply_reraise(Verifier *verifier, const Decoded *instruction) {
    int oparg = instruction->oparg;
    if (oparg == 0) return true;
    if (oparg > verifier->now.depth ||
        *stack_slot(verifier, verifier->now.depth - oparg) != SLOT_LASTI)
        return verifier_fail(verifier, instruction->unit,
                             "no instruction index is where it points");
    return true;
}

static bool apply_container(Verifier *verifier, const Decoded *instruction) {
    int unit = instruction->unit, oparg = instruction->oparg;
    switch (instruction->opcode) {
    case OP_LIST_APPEND:
    case OP_LIST_EXTEND: return check_container(verifier, unit, oparg, 'L');
    case OP_SET_ADD:
    case OP_SET_UPDATE: return check_container(verifier, unit, oparg, 'S');
    case OP_DICT_MERGE: // the callable is named when a keyword comes twice
        return check_container(verifier, unit, oparg, 'D') &&
               check_container(verifier, unit, oparg + 2, 'v');
    default: return check_container(verifier, unit, oparg, 'D');
    }
}

// Rows with `!`: their operands are popped as the picture says, the results are made here.
static bool apply_special(Verifier *verifier, const Decoded *instruction, int pops) {
    int unit = instruction->unit, oparg = instruction->oparg;
    switch (instruction->opcode) {
    case OP_SWAP:
    case OP_COPY: return apply_swap_or_copy(verifier, instruction);
    case OP_LOAD_CONST: return push(verifier, unit, constant_kind(verifier, oparg));
    case OP_BUILD_TUPLE: return apply_build_tuple(verifier, instruction);
    case OP_LOAD_ATTR:
    case OP_LOAD_SUPER_ATTR:
        return oparg & 1 ? push_two(verifier, unit, SLOT_MAYBE, SLOT_VALUE)
                         : push(verifier, unit, SLOT_VALUE);
    case OP_LOAD_GLOBAL:
        return oparg & 1 ? push_two(verifier, unit, SLOT_NULL, SLOT_VALUE)
                         : push(verifier, unit, SLOT_VALUE);
    case OP_RERAISE: return apply_reraise(verifier, instruction);
    case OP_MAKE_FUNCTION: return apply_make_function(verifier, instruction, pops);
    case OP_CALL_FUNCTION_EX: return push(verifier, unit, SLOT_VALUE);
    case OP_COPY_FREE_VARS: return apply_copy_free_vars(verifier, instruction);
    case OP_RETURN_GENERATOR: return apply_return_generator(verifier, instruction);
    case OP_YIELD_VALUE: return apply_yield(verifier, instruction);
    case OP_KW_NAMES: return true; // verifier_check_keywords has looked
    case OP_CALL_INTRINSIC_1:
    case OP_CALL_INTRINSIC_2: return apply_intrinsic(verifier, instruction);
    case OP_LIST_APPEND:
    case OP_LIST_EXTEND:
    case OP_SET_ADD:
    case OP_SET_UPDATE:
    case OP_MAP_ADD:
    case OP_DICT_MERGE:
    case OP_DICT_UPDATE: return apply_container(verifier, instruction);
    default: return apply_local(verifier, instruction);
    }
}

bool verifier_apply(Verifier *verifier, const Decoded *instruction) {
    int opcode = instruction->opcode, oparg = instruction->oparg;
    const char *picture = opcode_table[opcode].stack;
    int pops = opcode_pops(opcode, oparg), pushes = opcode_pushes(opcode, oparg);
    int pictured = pops;
    if (opcode == OP_CALL_FUNCTION_EX && oparg & 1) {
        if (!check_container(verifier, instruction->unit, 1, 'D')) return false;
        verifier->now.depth--;
        pictured--;
    }
    if (!pop_pictured(verifier, instruction->unit, picture, pictured)) return false;
    if (picture[strlen(picture) - 1] == '!') return apply_special(verifier, instruction, pops);
    return push_pictured(verifier, instruction->unit, picture, pushes);
}

// Arguments that are indices, or have few meanings.
static int operand_limit(const Verifier *verifier, const Decoded *instruction) {
    const CodeObject *code = verifier->code;
    int names = (int)value_as_tuple(code->co_names)->length;
    switch (opcode_table[instruction->opcode].operand) {
    case OPERAND_CONST: return (int)value_as_tuple(code->co_consts)->length;
    case OPERAND_NAME: return names;
    case OPERAND_NAME_METHOD:
    case OPERAND_NAME_GLOBAL: return 2 * names;
    case OPERAND_NAME_SUPER: return 4 * names;
    case OPERAND_LOCAL:
    case OPERAND_CELL: return verifier->slot_count;
    case OPERAND_BINARY: return 2 * BINARY_INPLACE;
    case OPERAND_COMPARE: return (COMPARE_GE + 1) << 4;
    case OPERAND_INVERT:
    case OPERAND_CALL_EX: return 2;
    case OPERAND_FUNCTION: return 16;
    case OPERAND_FORMAT: return 8;
    case OPERAND_SLICE: return 4;
    case OPERAND_RAISE:
    case OPERAND_AWAITABLE: return 3;
    case OPERAND_RESUME: return 4;
    case OPERAND_INTRINSIC_1: return INTRINSIC_1_COUNT;
    case OPERAND_INTRINSIC_2: return INTRINSIC_2_COUNT;
    default: return 1 << 28;
    }
}

bool verifier_check_operand(Verifier *verifier, const Decoded *instruction) {
    int lowest = 0;
    switch (opcode_table[instruction->opcode].operand) {
    case OPERAND_SLICE: lowest = 2; break;
    case OPERAND_INTRINSIC_1:
    case OPERAND_INTRINSIC_2: lowest = 1; break;
    default: break;
    }
    if (instruction->oparg < lowest || instruction->oparg >= operand_limit(verifier, instruction))
        return verifier_fail(verifier, instruction->unit, "the argument %d is out of range",
                             instruction->oparg);
    return true;
}

bool verifier_check_keywords(Verifier *verifier, const Decoded *instruction) {
    if (constant_kind(verifier, instruction->oparg) != SLOT_NAMES)
        return verifier_fail(verifier, instruction->unit, "the constant is no tuple of strings");
    Value names = value_as_tuple(verifier->code->co_consts)->items[instruction->oparg];
    int next = instruction->next;
    const Decoded *call = next < verifier->unit_count ? &verifier->decoded[next] : NULL;
    if (call == NULL || call->opcode != OP_CALL || verifier->joins[next] ||
        value_as_tuple(names)->length > (uint64_t)call->oparg)
        return verifier_fail(verifier, instruction->unit, "no CALL with as many arguments follows");
    return true;
}
