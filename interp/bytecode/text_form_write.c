// text_form_write.c — a code object as text that the assembler reads back (`krait --dis --text`).
//
// Operands are written as dis shows them in parentheses; one that the assembler would take for
// another index (a name or constant that stands in its tuple twice) is written as a number in
// brackets. Caches and EXTENDED_ARGs are left out, but an EXTENDED_ARG that the argument does not
// need. A location stands where it differs from the one before.
#include <string.h>

#include "bytecode/code_internal.h"
#include "bytecode/constant_key.h"
#include "bytecode/locations.h"
#include "bytecode/opcodes.h"
#include "bytecode/text_form_internal.h"
#include "bytecode/text_form_names.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"

enum { LONGEST_LITERAL = 60, INDENT = 4 };

typedef struct {
    Thread *thread;
    TextBuffer *text;
    const CodeObject *code;
    const unsigned char *units;
    int unit_count;
    int indent;
    int *labels; // by unit, and one for the end: number of the label there; 0: none
} Writer;

typedef struct {
    int start, unit, next; // first prefix, opcode, behind the caches
    int opcode;
    unsigned oparg;
} Step;

static bool fail(const Writer *writer, int unit, const char *reason) {
    raise_value_error(writer->thread, "cannot write %U as text: %s at offset %d",
                      writer->code->co_qualname, reason, unit * 2);
    return false;
}

static void put(Writer *writer, const char *text) { text_buffer_append_text(writer->text, text); }

static void start_line(Writer *writer, int depth) {
    text_buffer_append_fill(writer->text, ' ', (size_t)(writer->indent + depth) * INDENT);
}

static bool step_at(const Writer *writer, int unit, Step *step) {
    *step = (Step){.start = unit};
    while (unit + 1 < writer->unit_count && writer->units[2 * unit] == OP_EXTENDED_ARG)
        step->oparg = (step->oparg | writer->units[2 * unit++ + 1]) << 8;
    step->unit = unit;
    step->opcode = writer->units[2 * unit];
    step->oparg |= writer->units[2 * unit + 1];
    if (!opcode_exists(step->opcode) || step->opcode == OP_EXTENDED_ARG)
        return fail(writer, unit, "there is no such instruction");
    step->next = unit + 1 + opcode_caches(step->opcode);
    if (step->next > writer->unit_count) return fail(writer, unit, "caches are missing");
    return true;
}

// The unit that a jump's argument names; -1 for opcodes that do not jump.
static int64_t jump_target(const Step *step) {
    switch (opcode_table[step->opcode].operand) {
    case OPERAND_JUMP_FORWARD: return (int64_t)step->next + step->oparg;
    case OPERAND_JUMP_BACKWARD: return (int64_t)step->next - step->oparg;
    default: return -1;
    }
}

static bool is_jump(int opcode) {
    int operand = opcode_table[opcode].operand;
    return operand == OPERAND_JUMP_FORWARD || operand == OPERAND_JUMP_BACKWARD;
}

// Marks the units that need labels, and numbers them in their order.
static bool find_labels(Writer *writer) {
    Step step;
    writer->labels = calloc((size_t)writer->unit_count + 1, sizeof *writer->labels);
    if (writer->labels == NULL) {
        raise_memory_error(writer->thread);
        return false;
    }
    for (int unit = 0; unit < writer->unit_count; unit = step.next) {
        if (!step_at(writer, unit, &step)) return false;
        int64_t target = jump_target(&step);
        if (!is_jump(step.opcode)) continue;
        if (target < 0 || target > writer->unit_count)
            return fail(writer, unit, "a jump leads into nowhere");
        writer->labels[target] = 1;
    }
    ExceptionReader reader;
    ExceptionEntry entry;
    exception_reader_start(&reader, writer->code);
    while (exception_reader_next(&reader, &entry)) {
        const int units[] = {entry.start, entry.end, entry.handler.target};
        for (size_t i = 0; i < COUNT_OF(units); i++) {
            if (units[i] > writer->unit_count)
                return fail(writer, units[i], "the exception table leads into nowhere");
            writer->labels[units[i]] = 1;
        }
    }
    int count = 0;
    for (int unit = 0; unit < writer->unit_count; unit = step.next) {
        if (!step_at(writer, unit, &step)) return false;
        if (writer->labels[unit]) writer->labels[unit] = ++count;
        for (int inside = unit + 1; inside < step.next; inside++)
            if (writer->labels[inside])
                return fail(writer, inside, "something points into an instruction");
    }
    if (writer->labels[writer->unit_count]) writer->labels[writer->unit_count] = ++count;
    return true;
}

static void put_raw(Writer *writer, unsigned oparg) {
    text_buffer_append_format(writer->text, "[%u]", oparg);
}

// The name at an index, if a reader finds that index by it.
static void put_indexed_name(Writer *writer, Value tuple, unsigned index) {
    const Tuple *names = value_as_tuple(tuple);
    unsigned first = 0;
    while (index < names->length && !value_same(names->items[first], names->items[index])) first++;
    if (index < names->length && first == index)
        text_form_put_name(writer->text, names->items[index]);
    else
        put_raw(writer, index);
}

static bool same_name(Value a, Value b) {
    return value_is_code(a) && value_is_code(b) &&
           str_equal(value_as_str(value_as_code(a)->co_name),
                     value_as_str(value_as_code(b)->co_name));
}

static bool put_constant_operand(Writer *writer, unsigned index) {
    const Tuple *constants = value_as_tuple(writer->code->co_consts);
    if (index >= constants->length) {
        put_raw(writer, index);
        return true;
    }
    Value constant = constants->items[index];
    unsigned first = 0;
    while (first < index && !constant_equal(writer->thread, constants->items[first], constant) &&
           !same_name(constants->items[first], constant))
        first++;
    size_t start = writer->text->length;
    bool fits = first == index && !constant_holds_nan(writer->thread, constant);
    if (fits && value_is_code(constant)) {
        put(writer, "code ");
        text_form_put_name(writer->text, value_as_code(constant)->co_name);
        return true;
    }
    if (fits && !text_form_put_literal(writer->thread, writer->text, constant)) return false;
    if (!fits || writer->text->length - start > LONGEST_LITERAL) {
        text_buffer_truncate(writer->text, start);
        put_raw(writer, index);
    }
    return true;
}

static void put_function_flags(Writer *writer, unsigned oparg) {
    const char *separator = "";
    for (int i = 0; i < TEXT_FORM_FUNCTION_FLAGS; i++) {
        if (!(oparg >> i & 1)) continue;
        put(writer, separator);
        put(writer, text_form_function_flags[i]);
        separator = ", ";
    }
}

static void put_format(Writer *writer, unsigned oparg) {
    put(writer, text_form_conversions[oparg & 3]);
    if (oparg & 4) put(writer, oparg & 3 ? ", with format" : "with format");
}

// Symbols and words of an operand with few meanings; false: a number says it.
static bool put_symbol(Writer *writer, const Step *step) {
    int oparg = (int)step->oparg;
    const char *symbol = NULL;
    switch (opcode_table[step->opcode].operand) {
    case OPERAND_BINARY: symbol = opcode_binary_symbol(oparg); break;
    case OPERAND_COMPARE:
        symbol = opcode_compare_symbol(oparg);
        if (symbol != NULL && opcode_compare_arg(oparg >> 4) != oparg) symbol = NULL;
        break;
    case OPERAND_INTRINSIC_1: symbol = opcode_intrinsic_1_name(oparg); break;
    case OPERAND_INTRINSIC_2: symbol = opcode_intrinsic_2_name(oparg); break;
    case OPERAND_FUNCTION:
        if (oparg == 0 || oparg > 15) return false;
        put_function_flags(writer, step->oparg);
        return true;
    case OPERAND_FORMAT:
        if (oparg == 0 || oparg > 7) return false;
        put_format(writer, step->oparg);
        return true;
    default: return false;
    }
    if (symbol == NULL)
        put_raw(writer, step->oparg);
    else
        put(writer, symbol);
    return true;
}

static bool put_operand(Writer *writer, const Step *step) {
    const CodeObject *code = writer->code;
    unsigned oparg = step->oparg;
    switch (opcode_table[step->opcode].operand) {
    case OPERAND_CONST: return put_constant_operand(writer, oparg);
    case OPERAND_NAME: put_indexed_name(writer, code->co_names, oparg); break;
    case OPERAND_NAME_GLOBAL:
        if (oparg & 1) put(writer, "NULL + ");
        put_indexed_name(writer, code->co_names, oparg >> 1);
        break;
    case OPERAND_NAME_METHOD:
        if (oparg & 1) put(writer, "NULL|self + ");
        put_indexed_name(writer, code->co_names, oparg >> 1);
        break;
    case OPERAND_NAME_SUPER:
        if (oparg & 1) put(writer, "NULL|self + ");
        put_indexed_name(writer, code->co_names, oparg >> 2);
        if (oparg & 2) put(writer, " explicit");
        break;
    case OPERAND_LOCAL:
    case OPERAND_CELL: put_indexed_name(writer, code->co_localsplusnames, oparg); break;
    case OPERAND_JUMP_FORWARD:
    case OPERAND_JUMP_BACKWARD:
        text_buffer_append_format(writer->text, "L%d", writer->labels[jump_target(step)]);
        break;
    case OPERAND_UNPACK:
        text_buffer_append_format(writer->text, "%u, %u", oparg & 255, oparg >> 8);
        break;
    default:
        if (!put_symbol(writer, step)) text_buffer_append_format(writer->text, "%u", oparg);
        break;
    }
    return true;
}

static void put_position(Writer *writer, CodePosition position) {
    put(writer, "  @");
    if (position.line < 0) {
        put(writer, "-");
        return;
    }
    text_buffer_append_format(writer->text, "%d", position.line);
    bool columns = position.column >= 0 && position.end_column >= 0;
    bool one_line = position.end_line == position.line;
    if (!columns && one_line) return;
    if (!columns) {
        text_buffer_append_format(writer->text, ":?-%d:?", position.end_line);
    } else if (one_line) {
        text_buffer_append_format(writer->text, ":%d-%d", position.column, position.end_column);
    } else {
        text_buffer_append_format(writer->text, ":%d-%d:%d", position.column, position.end_line,
                                  position.end_column);
    }
}

static int needed_prefixes(unsigned oparg) {
    return oparg > 0xffffff ? 3 : oparg > 0xffff ? 2 : oparg > 0xff ? 1 : 0;
}

static bool put_instruction(Writer *writer, const Step *step) {
    start_line(writer, 1);
    if (opcode_has_arg(step->opcode)) {
        text_buffer_append_format(writer->text, "%-20s ", opcode_name(step->opcode));
        return put_operand(writer, step);
    }
    put(writer, opcode_name(step->opcode));
    return true;
}

static bool put_instructions(Writer *writer) {
    LocationReader reader;
    LocationEntry entry = {.position = {-1, -1, -1, -1}};
    CodePosition last = {-2, 0, 0, 0};
    Step step;
    location_reader_start(&reader, writer->code);
    for (int unit = 0; unit < writer->unit_count; unit = step.next) {
        if (!step_at(writer, unit, &step)) return false;
        if (writer->labels[unit]) {
            start_line(writer, 0);
            text_buffer_append_format(writer->text, "  L%d:\n", writer->labels[unit]);
        }
        int prefixes = opcode_has_arg(step.opcode) ? needed_prefixes(step.oparg) : 0;
        for (int i = step.start; i < step.unit - prefixes; i++) {
            start_line(writer, 1);
            put(writer, "EXTENDED_ARG\n");
        }
        if (!put_instruction(writer, &step)) return false;
        while (unit >= entry.unit + entry.unit_count) {
            if (location_reader_next(&reader, &entry)) continue;
            entry = (LocationEntry){unit, writer->unit_count, {-1, -1, -1, -1}};
        }
        if (memcmp(&last, &entry.position, sizeof last) != 0) put_position(writer, entry.position);
        last = entry.position;
        put(writer, "\n");
    }
    if (writer->labels[writer->unit_count]) {
        start_line(writer, 0);
        text_buffer_append_format(writer->text, "  L%d:\n", writer->labels[writer->unit_count]);
    }
    return true;
}

static void put_exceptions(Writer *writer) {
    ExceptionReader reader;
    ExceptionEntry entry;
    exception_reader_start(&reader, writer->code);
    while (exception_reader_next(&reader, &entry)) {
        start_line(writer, 1);
        text_buffer_append_format(writer->text, "exception L%d to L%d -> L%d [%d]%s\n",
                                  writer->labels[entry.start], writer->labels[entry.end],
                                  writer->labels[entry.handler.target], entry.handler.depth,
                                  entry.handler.push_lasti ? " lasti" : "");
    }
}

// A name of localsplus with what its kind says beyond its group.
static void put_slot(Writer *writer, int slot) {
    const CodeObject *code = writer->code;
    size_t size;
    unsigned kind = code_bytes(code->co_localspluskinds, &size)[slot];
    text_form_put_name(writer->text, value_as_tuple(code->co_localsplusnames)->items[slot]);
    if (kind & CO_FAST_LOCAL && kind & CO_FAST_CELL) put(writer, ":cell");
    if (kind & CO_FAST_HIDDEN) put(writer, ":hidden");
}

// def-like: positional-only and positional parameters, *args, keyword-only ones, **keywords.
static int put_parameters(Writer *writer) {
    const CodeObject *code = writer->code;
    int positional = code->co_argcount, keyword_only = code->co_kwonlyargcount;
    int extra = positional + keyword_only;
    int varargs = code->co_flags & CO_VARARGS ? extra++ : -1;
    int keywords = code->co_flags & CO_VARKEYWORDS ? extra++ : -1;
    const char *separator = "";
    put(writer, "(");
    for (int i = 0; i < positional; i++, separator = ", ") {
        put(writer, separator);
        put_slot(writer, i);
        if (i + 1 == code->co_posonlyargcount) put(writer, ", /");
    }
    if (varargs >= 0 || keyword_only > 0) {
        text_buffer_append_format(writer->text, "%s*", separator);
        if (varargs >= 0) put_slot(writer, varargs);
        separator = ", ";
    }
    for (int i = positional; i < positional + keyword_only; i++) {
        put(writer, ", ");
        put_slot(writer, i);
    }
    if (keywords >= 0) {
        text_buffer_append_format(writer->text, "%s**", separator);
        put_slot(writer, keywords);
    }
    put(writer, ")");
    return extra;
}

static void put_slots(Writer *writer, int first) {
    static const struct {
        const char *word;
        int kind;
    } groups[] = {{"locals", CO_FAST_LOCAL}, {"cells", CO_FAST_CELL}, {"frees", CO_FAST_FREE}};
    size_t size;
    const unsigned char *kinds = code_bytes(writer->code->co_localspluskinds, &size);
    int slot = first;
    for (size_t group = 0; group < COUNT_OF(groups); group++) {
        if (slot >= (int)size || !(kinds[slot] & groups[group].kind)) continue;
        start_line(writer, 1);
        put(writer, groups[group].word);
        for (; slot < (int)size && kinds[slot] & groups[group].kind; slot++) {
            put(writer, " ");
            put_slot(writer, slot);
        }
        put(writer, "\n");
    }
}

static void put_flags(Writer *writer, int flags, bool is_function) {
    flags &= ~(CO_VARARGS | CO_VARKEYWORDS);
    if (flags == (is_function ? CO_OPTIMIZED | CO_NEWLOCALS : 0)) return;
    start_line(writer, 1);
    put(writer, "flags");
    for (int i = 0; i < TEXT_FORM_FLAGS; i++) {
        if (!(flags & text_form_flags[i].bit)) continue;
        text_buffer_append_format(writer->text, " %s", text_form_flags[i].name);
        flags &= ~text_form_flags[i].bit;
    }
    if (flags != 0) text_buffer_append_format(writer->text, " %d", flags);
    put(writer, "\n");
}

static bool put_code(Thread *thread, TextBuffer *text, const CodeObject *code, int indent,
                     const CodeObject *parent);

static bool put_constants(Writer *writer) {
    const Tuple *constants = value_as_tuple(writer->code->co_consts);
    for (uint64_t i = 0; i < constants->length; i++) {
        Value constant = constants->items[i];
        start_line(writer, 1);
        put(writer, "const ");
        bool done = value_is_code(constant)
                        ? put_code(writer->thread, writer->text, value_as_code(constant),
                                   writer->indent + 1, writer->code)
                        : text_form_put_literal(writer->thread, writer->text, constant);
        if (!done) return false;
        put(writer, "\n");
    }
    return true;
}

static void put_names(Writer *writer) {
    const Tuple *names = value_as_tuple(writer->code->co_names);
    if (names->length == 0) return;
    start_line(writer, 1);
    put(writer, "names");
    for (uint64_t i = 0; i < names->length; i++) {
        put(writer, " ");
        text_form_put_name(writer->text, names->items[i]);
    }
    put(writer, "\n");
}

static void put_head(Writer *writer, const CodeObject *parent) {
    const CodeObject *code = writer->code;
    const Str *filename = value_as_str(code->co_filename);
    put(writer, "code ");
    text_form_put_name(writer->text, code->co_name);
    int parameters = 0;
    bool function = code->co_flags & CO_OPTIMIZED || code->co_argcount + code->co_kwonlyargcount ||
                    code->co_flags & (CO_VARARGS | CO_VARKEYWORDS);
    if (function) parameters = put_parameters(writer);
    put(writer, "\n");
    if (!str_equal(value_as_str(code->co_name), value_as_str(code->co_qualname))) {
        start_line(writer, 1);
        put(writer, "qualname ");
        text_form_put_name(writer->text, code->co_qualname);
        put(writer, "\n");
    }
    if (parent == NULL || !str_equal(filename, value_as_str(parent->co_filename))) {
        start_line(writer, 1);
        put(writer, "file ");
        text_form_put_string(writer->text, filename);
        put(writer, "\n");
    }
    start_line(writer, 1);
    text_buffer_append_format(writer->text, "line %d\n", code->co_firstlineno);
    put_flags(writer, code->co_flags, function);
    start_line(writer, 1);
    text_buffer_append_format(writer->text, "stack %d\n", code->co_stacksize);
    put_slots(writer, parameters);
    put_names(writer);
}

static bool put_code(Thread *thread, TextBuffer *text, const CodeObject *code, int indent,
                     const CodeObject *parent) {
    if (!thread_check_stack(thread, "")) return false;
    Writer writer = {.thread = thread, .text = text, .code = code, .indent = indent};
    size_t size;
    writer.units = code_bytes(code->co_code, &size);
    writer.unit_count = (int)(size / 2);
    put_head(&writer, parent);
    bool done = put_constants(&writer) && find_labels(&writer) && put_instructions(&writer);
    if (done) put_exceptions(&writer);
    free(writer.labels);
    start_line(&writer, 0);
    put(&writer, "end");
    return done;
}

bool code_write_text(Thread *thread, FILE *out, CodeObject *code) {
    TextBuffer text = {0};
    bool done = put_code(thread, &text, code, 0, NULL);
    text_buffer_append_text(&text, "\n");
    if (done && text.failed) {
        raise_memory_error(thread);
        done = false;
    }
    if (done) fwrite(text_buffer_text(&text), 1, text.length, out);
    text_buffer_free(&text);
    return done;
}
