// text_form_read.c — the text form of bytecode to a code object (`krait --assemble`).
//
// Each code object is read in one go, its instructions kept until its end; names and constants that
// no declaration has get the next free index. What is read ends in the verifier.
#include <string.h>

#include "bytecode/code_internal.h"
#include "bytecode/constant_key.h"
#include "bytecode/opcodes.h"
#include "bytecode/text_form_internal.h"
#include "bytecode/text_form_names.h"
#include "objects/bytes.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"

const TextFormFlag text_form_flags[TEXT_FORM_FLAGS] = {
    {"OPTIMIZED", CO_OPTIMIZED},
    {"NEWLOCALS", CO_NEWLOCALS},
    {"VARARGS", CO_VARARGS},
    {"VARKEYWORDS", CO_VARKEYWORDS},
    {"NESTED", CO_NESTED},
    {"GENERATOR", CO_GENERATOR},
    {"COROUTINE", CO_COROUTINE},
    {"ITERABLE_COROUTINE", CO_ITERABLE_COROUTINE},
    {"ASYNC_GENERATOR", CO_ASYNC_GENERATOR},
    {"FUTURE_DIVISION", CO_FUTURE_DIVISION},
    {"FUTURE_ABSOLUTE_IMPORT", CO_FUTURE_ABSOLUTE_IMPORT},
    {"FUTURE_WITH_STATEMENT", CO_FUTURE_WITH_STATEMENT},
    {"FUTURE_PRINT_FUNCTION", CO_FUTURE_PRINT_FUNCTION},
    {"FUTURE_UNICODE_LITERALS", CO_FUTURE_UNICODE_LITERALS},
    {"FUTURE_BARRY_AS_BDFL", CO_FUTURE_BARRY_AS_BDFL},
    {"FUTURE_GENERATOR_STOP", CO_FUTURE_GENERATOR_STOP},
    {"FUTURE_ANNOTATIONS", CO_FUTURE_ANNOTATIONS},
};
const char *const text_form_function_flags[] = {"defaults", "kwdefaults", "annotations", "closure"};
const char *const text_form_conversions[] = {"", "str", "repr", "ascii"};

// The slots of localsplus, in their order.
typedef enum {
    SLOTS_POSITIONAL,
    SLOTS_KEYWORD_ONLY,
    SLOTS_VARARGS,
    SLOTS_KEYWORDS,
    SLOTS_LOCAL,
    SLOTS_CELL,
    SLOTS_FREE,
    SLOTS_COUNT,
} SlotGroup;

typedef struct {
    Value names; // list
    TextBuffer kinds;
} Slots;

// A code object being read.
typedef struct {
    TextReader *reader;
    CodeParts parts; // filled in at last
    Slots slots[SLOTS_COUNT];
    Value names, constants, operand_names; // lists
    TextProgram program;
    int next_prefixes; // EXTENDED_ARG lines before the next instruction
    bool is_function, has_flags, has_stack, has_line, has_positions;
    CodePosition position; // the last one given
} CodeReader;

static const CodePosition no_position = {-1, -1, -1, -1};

static bool raise_no_memory(const CodeReader *code) {
    raise_memory_error(code->reader->thread);
    return false;
}

// Does the word that has just been read say this?
static bool is_word(const char *word, size_t length, const char *wanted) {
    return strlen(wanted) == length && memcmp(word, wanted, length) == 0;
}

static bool expect(TextReader *reader, const char *text) {
    return text_reader_take(reader, text) || text_reader_fail(reader, "'%s' is expected", text);
}

static bool expect_line_end(TextReader *reader) {
    if (!text_reader_at_line_end(reader))
        return text_reader_fail(reader, "the line should end here: %s",
                                *reader->next == '@' ? "a location stands behind an instruction"
                                                     : "something is left over");
    if (reader->next < reader->end) {
        reader->next++;
        reader->line++;
    }
    return true;
}

static bool skip_empty_lines(TextReader *reader) {
    while (text_reader_at_line_end(reader) && reader->next < reader->end)
        if (!expect_line_end(reader)) return false;
    return true;
}

// Local variables

static bool read_slot(CodeReader *code, SlotGroup group) {
    unsigned kind = group == SLOTS_CELL   ? CO_FAST_CELL
                    : group == SLOTS_FREE ? CO_FAST_FREE
                                          : CO_FAST_LOCAL;
    Value name = text_reader_get_name(code->reader);
    if (value_is_error(name)) return false;
    while (text_reader_take(code->reader, ":")) {
        const char *word;
        size_t length = text_reader_take_word(code->reader, &word);
        if (is_word(word, length, "cell"))
            kind |= CO_FAST_CELL;
        else if (is_word(word, length, "hidden"))
            kind |= CO_FAST_HIDDEN;
        else
            return text_reader_fail(code->reader, "'cell' or 'hidden' is expected behind ':'");
    }
    Slots *slots = &code->slots[group];
    return list_append(code->reader->thread, value_as_list(slots->names), name) &&
           (text_buffer_append_byte(&slots->kinds, (char)(unsigned char)kind) ||
            raise_no_memory(code));
}

static bool read_slots(CodeReader *code, SlotGroup group) {
    while (!text_reader_at_line_end(code->reader)) {
        if (!read_slot(code, group)) return false;
        (void)text_reader_take(code->reader, ",");
    }
    return true;
}

// One parameter, or the marks `/` and `*`.
static bool read_parameter(CodeReader *code, SlotGroup *group) {
    TextReader *reader = code->reader;
    if (text_reader_take(reader, "/")) {
        code->parts.posonlyargcount =
            (int)value_as_list(code->slots[SLOTS_POSITIONAL].names)->length;
        return *group == SLOTS_POSITIONAL || text_reader_fail(reader, "'/' is in the wrong place");
    }
    if (text_reader_take(reader, "**")) {
        *group = SLOTS_KEYWORDS;
        return read_slot(code, SLOTS_KEYWORDS);
    }
    if (text_reader_take(reader, "*")) {
        if (*group != SLOTS_POSITIONAL)
            return text_reader_fail(reader, "'*' is in the wrong place");
        *group = SLOTS_KEYWORD_ONLY;
        text_reader_skip_blanks(reader);
        bool bare = reader->next < reader->end && (*reader->next == ',' || *reader->next == ')');
        return bare || read_slot(code, SLOTS_VARARGS);
    }
    if (*group == SLOTS_KEYWORDS)
        return text_reader_fail(reader, "nothing stands behind '**' parameters");
    return read_slot(code, *group);
}

static bool read_parameters(CodeReader *code) {
    SlotGroup group = SLOTS_POSITIONAL;
    if (!text_reader_take(code->reader, "(")) return true;
    code->is_function = true;
    while (!text_reader_take(code->reader, ")")) {
        if (!read_parameter(code, &group)) return false;
        text_reader_skip_blanks(code->reader);
        bool more = text_reader_take(code->reader, ",");
        if (!more && (code->reader->next == code->reader->end || *code->reader->next != ')'))
            return text_reader_fail(code->reader, "',' or ')' is expected");
    }
    return true;
}

// Index in all groups; -1: no such slot.
static int find_slot(const CodeReader *code, Value name) {
    int index = 0;
    for (int group = 0; group < SLOTS_COUNT; group++) {
        const List *names = value_as_list(code->slots[group].names);
        for (uint64_t i = 0; i < names->length; i++, index++)
            if (value_same(names->items->items[i], name)) return index;
    }
    return -1;
}

// Operands

static int find_name(const CodeReader *code, Value name) {
    const List *names = value_as_list(code->names);
    for (uint64_t i = 0; i < names->length; i++)
        if (value_same(names->items->items[i], name)) return (int)i;
    return -1;
}

static bool read_raw(TextReader *reader, int *number) {
    return text_reader_get_number(reader, number) && expect(reader, "]");
}

static bool read_name_operand(CodeReader *code, int *index) {
    if (text_reader_take(code->reader, "[")) return read_raw(code->reader, index);
    Value name = text_reader_get_name(code->reader);
    if (value_is_error(name)) return false;
    *index = find_name(code, name);
    if (*index >= 0) return true;
    *index = (int)value_as_list(code->names)->length;
    return list_append(code->reader->thread, value_as_list(code->names), name);
}

static bool read_slot_operand(CodeReader *code, TextInstruction *instruction) {
    if (text_reader_take(code->reader, "[")) return read_raw(code->reader, &instruction->oparg);
    Value name = text_reader_get_name(code->reader);
    if (value_is_error(name)) return false;
    instruction->name = (int)value_as_list(code->operand_names)->length;
    return list_append(code->reader->thread, value_as_list(code->operand_names), name);
}

static bool find_code_constant(CodeReader *code, int *index) {
    Value name = text_reader_get_name(code->reader);
    if (value_is_error(name)) return false;
    const List *constants = value_as_list(code->constants);
    for (uint64_t i = 0; i < constants->length; i++) {
        Value constant = constants->items->items[i];
        if (!value_is_code(constant) ||
            !str_equal(value_as_str(value_as_code(constant)->co_name), value_as_str(name)))
            continue;
        *index = (int)i;
        return true;
    }
    return text_reader_fail(code->reader, "there is no constant code %R", name);
}

static bool read_constant_operand(CodeReader *code, int *index) {
    if (text_reader_take(code->reader, "[")) return read_raw(code->reader, index);
    if (text_reader_take(code->reader, "code ")) return find_code_constant(code, index);
    Value constant = text_reader_get_literal(code->reader);
    if (value_is_error(constant)) return false;
    List *constants = value_as_list(code->constants);
    for (*index = 0; *index < (int)constants->length; ++*index)
        if (constant_equal(code->reader->thread, constants->items->items[*index], constant))
            return true;
    return list_append(code->reader->thread, constants, constant);
}

// The index of a label, which may be defined later.
static bool read_label(CodeReader *code, int *index) {
    TextLabels *labels = &code->program.labels;
    TextLabel label = {.instruction = -1, .line = code->reader->line};
    label.length = text_reader_take_word(code->reader, &label.name);
    if (label.length == 0) return text_reader_fail(code->reader, "a label is expected");
    for (*index = 0; *index < (int)labels->count; ++*index) {
        const TextLabel *known = &labels->items[*index];
        if (known->length == label.length && memcmp(known->name, label.name, label.length) == 0)
            return true;
    }
    return text_labels_push(labels, label) || raise_no_memory(code);
}

// The longest symbol that comes next; `scale` is the step between their numbers.
static bool read_symbol(TextReader *reader, const char *(*symbol)(int), int scale, int *number) {
    size_t longest = 0;
    text_reader_skip_blanks(reader);
    for (int i = 0; symbol(i * scale) != NULL; i++) {
        const char *text = symbol(i * scale);
        size_t length = strlen(text);
        if (length <= longest || (size_t)(reader->end - reader->next) < length ||
            memcmp(reader->next, text, length) != 0)
            continue;
        longest = length;
        *number = i;
    }
    reader->next += longest;
    return longest > 0 || text_reader_fail(reader, "no such operand");
}

static bool at_digit(TextReader *reader) {
    text_reader_skip_blanks(reader);
    return reader->next < reader->end && *reader->next >= '0' && *reader->next <= '9';
}

static bool read_function_flags(TextReader *reader, int *oparg) {
    do {
        const char *word;
        size_t length = text_reader_take_word(reader, &word);
        int i = 0;
        while (i < TEXT_FORM_FUNCTION_FLAGS && !is_word(word, length, text_form_function_flags[i]))
            i++;
        if (i == TEXT_FORM_FUNCTION_FLAGS)
            return text_reader_fail(reader,
                                    "defaults, kwdefaults, annotations or closure is expected");
        *oparg |= 1 << i;
    } while (text_reader_take(reader, ","));
    return true;
}

static bool read_format(TextReader *reader, int *oparg) {
    if (!text_reader_take(reader, "with format")) {
        const char *word;
        size_t length = text_reader_take_word(reader, &word);
        int i = 1;
        while (i < TEXT_FORM_CONVERSIONS && !is_word(word, length, text_form_conversions[i])) i++;
        if (i == TEXT_FORM_CONVERSIONS)
            return text_reader_fail(reader, "str, repr, ascii or 'with format' is expected");
        *oparg = i;
        if (!text_reader_take(reader, ",")) return true;
        if (!expect(reader, "with format")) return false;
    }
    *oparg |= 4;
    return true;
}

static bool read_name_and_bits(CodeReader *code, int operand, int *oparg) {
    bool global = operand == OPERAND_NAME_GLOBAL;
    int low = text_reader_take(code->reader, global ? "NULL +" : "NULL|self +"), index;
    if (!read_name_operand(code, &index)) return false;
    if (index >= 1 << 28) return text_reader_fail(code->reader, "the index is too large");
    if (operand == OPERAND_NAME_SUPER)
        index = index << 1 | text_reader_take(code->reader, "explicit");
    *oparg = index << 1 | low;
    return true;
}

static bool read_unpack(TextReader *reader, int *oparg) {
    int before, behind;
    if (!text_reader_get_number(reader, &before) || !expect(reader, ",") ||
        !text_reader_get_number(reader, &behind))
        return false;
    if (before > 255 || behind >= 1 << 20) return text_reader_fail(reader, "too many targets");
    *oparg = behind << 8 | before;
    return true;
}

static bool read_operand(CodeReader *code, TextInstruction *instruction) {
    TextReader *reader = code->reader;
    int operand = opcode_table[instruction->opcode].operand, *oparg = &instruction->oparg;
    switch (operand) {
    case OPERAND_CONST: return read_constant_operand(code, oparg);
    case OPERAND_NAME: return read_name_operand(code, oparg);
    case OPERAND_NAME_GLOBAL:
    case OPERAND_NAME_METHOD:
    case OPERAND_NAME_SUPER: return read_name_and_bits(code, operand, oparg);
    case OPERAND_LOCAL:
    case OPERAND_CELL: return read_slot_operand(code, instruction);
    case OPERAND_JUMP_FORWARD:
    case OPERAND_JUMP_BACKWARD: return read_label(code, &instruction->label);
    default: break;
    }
    if (text_reader_take(reader, "[")) return read_raw(reader, oparg);
    bool is_number = at_digit(reader);
    switch (operand) {
    case OPERAND_BINARY: return read_symbol(reader, opcode_binary_symbol, 1, oparg);
    case OPERAND_COMPARE:
        if (!read_symbol(reader, opcode_compare_symbol, 16, oparg)) return false;
        *oparg = opcode_compare_arg(*oparg);
        return true;
    case OPERAND_UNPACK: return read_unpack(reader, oparg);
    case OPERAND_INTRINSIC_1:
        if (is_number) break;
        return read_symbol(reader, opcode_intrinsic_1_name, 1, oparg);
    case OPERAND_INTRINSIC_2:
        if (is_number) break;
        return read_symbol(reader, opcode_intrinsic_2_name, 1, oparg);
    case OPERAND_FUNCTION:
        if (is_number) break;
        return read_function_flags(reader, oparg);
    case OPERAND_FORMAT:
        if (is_number) break;
        return read_format(reader, oparg);
    default: break;
    }
    return text_reader_get_number(reader, oparg);
}

// Lines

// LINE, LINE:COLUMN-COLUMN, LINE:COLUMN-LINE:COLUMN; `?` is no column, `-` no location at all.
static bool read_column(TextReader *reader, int *column) {
    *column = -1;
    return text_reader_take(reader, "?") || text_reader_get_number(reader, column);
}

static bool read_position(CodeReader *code) {
    TextReader *reader = code->reader;
    CodePosition *position = &code->position;
    *position = no_position;
    code->has_positions = true;
    if (text_reader_take(reader, "-")) return true;
    if (!text_reader_get_number(reader, &position->line)) return false;
    position->end_line = position->line;
    if (!text_reader_take(reader, ":")) return true;
    if (!read_column(reader, &position->column) || !expect(reader, "-") ||
        !read_column(reader, &position->end_column))
        return false;
    if (!text_reader_take(reader, ":")) return true;
    position->end_line = position->end_column;
    return read_column(reader, &position->end_column);
}

static int find_opcode(const char *word, size_t length) {
    for (int opcode = 0; opcode < OPCODE_FIRST_PSEUDO; opcode++)
        if (opcode_exists(opcode) && is_word(word, length, opcode_name(opcode))) return opcode;
    return -1;
}

static bool read_instruction(CodeReader *code, const char *word, size_t length) {
    TextInstruction instruction = {.opcode = find_opcode(word, length),
                                   .label = -1,
                                   .name = -1,
                                   .line = code->reader->line,
                                   .prefixes = code->next_prefixes};
    if (instruction.opcode < 0)
        return text_reader_fail(code->reader, "'%.*s' is neither an opcode nor a declaration",
                                (int)length, word);
    if (instruction.opcode == OP_EXTENDED_ARG) {
        if (++code->next_prefixes > 3)
            return text_reader_fail(code->reader, "at most three EXTENDED_ARG");
        return true;
    }
    code->next_prefixes = 0;
    if (opcode_has_arg(instruction.opcode) && !read_operand(code, &instruction)) return false;
    if (text_reader_take(code->reader, "@") && !read_position(code)) return false;
    instruction.position = code->position;
    return text_instructions_push(&code->program.instructions, instruction) ||
           raise_no_memory(code);
}

static bool define_label(CodeReader *code, const char *word, size_t length) {
    int index;
    code->reader->next = word;
    if (!read_label(code, &index)) return false;
    TextLabel *label = &code->program.labels.items[index];
    if (label->instruction >= 0)
        return text_reader_fail(code->reader, "the label '%.*s' stands here twice", (int)length,
                                word);
    label->instruction = (int)code->program.instructions.count;
    return expect(code->reader, ":");
}

// exception L1 to L2 -> L3 [depth] lasti
static bool read_exception(CodeReader *code) {
    TextReader *reader = code->reader;
    TextException exception = {.line = reader->line};
    if (!read_label(code, &exception.start) || !expect(reader, "to") ||
        !read_label(code, &exception.end) || !expect(reader, "->") ||
        !read_label(code, &exception.target))
        return false;
    if (text_reader_take(reader, "[") && !read_raw(reader, &exception.depth)) return false;
    if (exception.depth >= 1 << 24) return text_reader_fail(reader, "the depth is too large");
    exception.push_lasti = text_reader_take(reader, "lasti");
    return text_exceptions_push(&code->program.exceptions, exception) || raise_no_memory(code);
}

static bool read_flags(CodeReader *code) {
    code->has_flags = true;
    while (!text_reader_at_line_end(code->reader)) {
        int number;
        if (at_digit(code->reader)) {
            if (!text_reader_get_number(code->reader, &number)) return false;
            code->parts.flags |= number;
            continue;
        }
        const char *word;
        size_t length = text_reader_take_word(code->reader, &word);
        int i = 0;
        while (i < TEXT_FORM_FLAGS && !is_word(word, length, text_form_flags[i].name)) i++;
        if (i == TEXT_FORM_FLAGS)
            return text_reader_fail(code->reader, "there is no flag '%.*s'", (int)length, word);
        code->parts.flags |= text_form_flags[i].bit;
    }
    return true;
}

static Value read_code(TextReader *reader, const CodeReader *parent);

static bool read_constant(CodeReader *code) {
    Value constant = text_reader_take(code->reader, "code ")
                         ? read_code(code->reader, code)
                         : text_reader_get_literal(code->reader);
    return !value_is_error(constant) &&
           list_append(code->reader->thread, value_as_list(code->constants), constant);
}

static bool read_names(CodeReader *code) {
    while (!text_reader_at_line_end(code->reader)) {
        Value name = text_reader_get_name(code->reader);
        if (value_is_error(name) ||
            !list_append(code->reader->thread, value_as_list(code->names), name))
            return false;
    }
    return true;
}

static bool read_text(TextReader *reader, Value *text) {
    *text = text_reader_get_name(reader);
    return !value_is_error(*text);
}

static bool read_firstlineno(CodeReader *code) {
    code->has_line = true;
    return text_reader_get_number(code->reader, &code->parts.firstlineno);
}

static bool read_stacksize(CodeReader *code) {
    code->has_stack = true;
    return text_reader_get_number(code->reader, &code->parts.stacksize);
}

// A declaration: 1; -1: it is wrong; 0: the word is none.
static int read_declaration(CodeReader *code, const char *word, size_t length) {
    bool done;
    if (is_word(word, length, "const"))
        done = read_constant(code);
    else if (is_word(word, length, "names"))
        done = read_names(code);
    else if (is_word(word, length, "locals"))
        done = read_slots(code, SLOTS_LOCAL);
    else if (is_word(word, length, "cells"))
        done = read_slots(code, SLOTS_CELL);
    else if (is_word(word, length, "frees"))
        done = read_slots(code, SLOTS_FREE);
    else if (is_word(word, length, "exception"))
        done = read_exception(code);
    else if (is_word(word, length, "flags"))
        done = read_flags(code);
    else if (is_word(word, length, "stack"))
        done = read_stacksize(code);
    else if (is_word(word, length, "line"))
        done = read_firstlineno(code);
    else if (is_word(word, length, "file"))
        done = read_text(code->reader, &code->parts.filename);
    else if (is_word(word, length, "qualname"))
        done = read_text(code->reader, &code->parts.qualname);
    else
        return 0;
    return done ? 1 : -1;
}

// The lines of a code object up to its `end`.
static bool read_lines(CodeReader *code) {
    TextReader *reader = code->reader;
    for (;;) {
        if (!skip_empty_lines(reader)) return false;
        if (reader->next == reader->end)
            return text_reader_fail(reader, "the code object has no 'end'");
        const char *word;
        size_t length = text_reader_take_word(reader, &word);
        if (is_word(word, length, "end")) return true;
        text_reader_skip_blanks(reader);
        if (length > 0 && reader->next < reader->end && *reader->next == ':') {
            if (!define_label(code, word, length)) return false;
            continue;
        }
        int declared = read_declaration(code, word, length);
        if (declared < 0 || (declared == 0 && !read_instruction(code, word, length)) ||
            !expect_line_end(reader))
            return false;
    }
}

// Making the code object

// Slots that only instructions name are local variables.
static bool add_locals(CodeReader *code) {
    Slots *locals = &code->slots[SLOTS_LOCAL];
    const TextInstructions *all = &code->program.instructions;
    for (size_t i = 0; i < all->count; i++) {
        const TextInstruction *instruction = &all->items[i];
        if (instruction->name < 0) continue;
        Value name = value_as_list(code->operand_names)->items->items[instruction->name];
        if (find_slot(code, name) >= 0) continue;
        code->reader->line = instruction->line;
        if (opcode_table[instruction->opcode].operand == OPERAND_CELL)
            return text_reader_fail(code->reader, "%R is not declared in 'cells' or 'frees'", name);
        if (!list_append(code->reader->thread, value_as_list(locals->names), name)) return false;
        if (!text_buffer_append_byte(&locals->kinds, CO_FAST_LOCAL)) return raise_no_memory(code);
    }
    return true;
}

static bool lay_out_slots(CodeReader *code) {
    Thread *thread = code->reader->thread;
    if (!add_locals(code)) return false;
    Value names = list_new(thread, 0);
    if (value_is_error(names)) return false;
    TextBuffer kinds = {0};
    bool done = true;
    for (int group = 0; group < SLOTS_COUNT && done; group++) {
        const Slots *slots = &code->slots[group];
        const List *group_names = value_as_list(slots->names);
        for (uint64_t i = 0; i < group_names->length && done; i++)
            done = list_append(thread, value_as_list(names), group_names->items->items[i]);
        text_buffer_append(&kinds, text_buffer_text(&slots->kinds), slots->kinds.length);
    }
    if (done && kinds.failed) done = raise_no_memory(code);
    if (done) {
        code->parts.localsplusnames = list_as_tuple(thread, value_as_list(names));
        code->parts.localspluskinds = bytes_new(thread, text_buffer_text(&kinds), kinds.length);
        done = !value_is_error(code->parts.localsplusnames) &&
               !value_is_error(code->parts.localspluskinds);
    }
    text_buffer_free(&kinds);
    TextInstructions *all = &code->program.instructions;
    for (size_t i = 0; i < all->count && done; i++)
        if (all->items[i].name >= 0)
            all->items[i].oparg = find_slot(
                code, value_as_list(code->operand_names)->items->items[all->items[i].name]);
    return done;
}

static int count_slots(const CodeReader *code, SlotGroup group) {
    return (int)value_as_list(code->slots[group].names)->length;
}

static void complete_parts(CodeReader *code) {
    CodeParts *parts = &code->parts;
    parts->argcount = count_slots(code, SLOTS_POSITIONAL);
    parts->kwonlyargcount = count_slots(code, SLOTS_KEYWORD_ONLY);
    if (!code->has_flags && code->is_function) parts->flags = CO_OPTIMIZED | CO_NEWLOCALS;
    if (count_slots(code, SLOTS_VARARGS)) parts->flags |= CO_VARARGS;
    if (count_slots(code, SLOTS_KEYWORDS)) parts->flags |= CO_VARKEYWORDS;
    code->program.firstlineno = parts->firstlineno;
    TextInstructions *all = &code->program.instructions;
    for (size_t i = 0; i < all->count && !code->has_positions; i++)
        all->items[i].position = (CodePosition){all->items[i].line, all->items[i].line, -1, -1};
}

// More than the stack can ever hold.
static int bound_stack(const TextProgram *program) {
    int64_t bound = 0;
    for (size_t i = 0; i < program->instructions.count; i++) {
        const TextInstruction *instruction = &program->instructions.items[i];
        bound += 1 + (int64_t)opcode_pushes(instruction->opcode, instruction->oparg);
    }
    for (size_t i = 0; i < program->exceptions.count; i++)
        bound += program->exceptions.items[i].depth + 2;
    return bound > CODE_MAX_STACK ? CODE_MAX_STACK : (int)bound;
}

// Puts the line of the instruction at a unit in front of the pending message.
static void tell_line(CodeReader *code, int unit) {
    const TextInstructions *all = &code->program.instructions;
    size_t i = all->count - 1;
    while (i > 0 && all->items[i].unit > unit) i--;
    code->reader->line = all->items[i].line;
    if (!error_matches(code->reader->thread, &exception_ValueError)) return;
    Value pending = error_take(code->reader->thread);
    (void)text_reader_fail(code->reader, "%S", pending);
}

static Value finish(CodeReader *code, int last_line) {
    Thread *thread = code->reader->thread;
    if (code->program.instructions.count == 0) {
        (void)text_reader_fail(code->reader, "there is no instruction");
        return VALUE_ERROR;
    }
    if (!lay_out_slots(code)) return VALUE_ERROR;
    complete_parts(code);
    if (!text_program_assemble(code->reader, &code->program, &code->parts)) return VALUE_ERROR;
    code->reader->line = last_line;
    code->parts.names = list_as_tuple(thread, value_as_list(code->names));
    if (value_is_error(code->parts.names)) return VALUE_ERROR;
    code->parts.consts = list_as_tuple(thread, value_as_list(code->constants));
    if (value_is_error(code->parts.consts)) return VALUE_ERROR;
    if (!code->has_stack) code->parts.stacksize = bound_stack(&code->program);
    Value made = code_new(thread, &code->parts);
    if (value_is_error(made)) return made;
    int unit;
    if (code_verify_assembled(thread, value_as_code(made), !code->has_stack, &unit)) return made;
    if (unit >= 0) tell_line(code, unit);
    return VALUE_ERROR;
}

static bool start(CodeReader *code, const CodeReader *parent) {
    Thread *thread = code->reader->thread;
    Value *const lists[] = {&code->names, &code->constants, &code->operand_names};
    for (size_t i = 0; i < COUNT_OF(lists); i++)
        if (value_is_error(*lists[i] = list_new(thread, 0))) return false;
    for (int group = 0; group < SLOTS_COUNT; group++)
        if (value_is_error(code->slots[group].names = list_new(thread, 0))) return false;
    code->position = no_position;
    code->parts.firstlineno = code->reader->line;
    code->parts.filename = parent != NULL ? parent->parts.filename : code->reader->filename;
    code->parts.name = text_reader_get_name(code->reader);
    code->parts.qualname = code->parts.name;
    return !value_is_error(code->parts.name) && read_parameters(code) &&
           expect_line_end(code->reader);
}

static void stop(CodeReader *code) {
    text_instructions_free(&code->program.instructions);
    text_labels_free(&code->program.labels);
    text_exceptions_free(&code->program.exceptions);
    for (int group = 0; group < SLOTS_COUNT; group++) text_buffer_free(&code->slots[group].kinds);
}

// The word `code` has been read.
static Value read_code(TextReader *reader, const CodeReader *parent) {
    if (!thread_check_stack(reader->thread, "")) return VALUE_ERROR;
    CodeReader code = {.reader = reader};
    Value made = VALUE_ERROR;
    if (start(&code, parent) && read_lines(&code)) made = finish(&code, reader->line);
    stop(&code);
    return made;
}

Value code_assemble(Thread *thread, const char *text, size_t size, Value filename) {
    Value checked = str_decode_utf8(thread, text, size, "strict");
    if (value_is_error(checked)) return checked;
    TextReader reader = {thread, text, text + size, 1, filename};
    if (!skip_empty_lines(&reader)) return VALUE_ERROR;
    if (!text_reader_take(&reader, "code ")) {
        (void)text_reader_fail(&reader, "the text starts with 'code NAME'");
        return VALUE_ERROR;
    }
    Value code = read_code(&reader, NULL);
    if (value_is_error(code)) return code;
    if (!expect_line_end(&reader) || !skip_empty_lines(&reader)) return VALUE_ERROR;
    if (reader.next == reader.end) return code;
    (void)text_reader_fail(&reader, "there is something behind the last 'end'");
    return VALUE_ERROR;
}
