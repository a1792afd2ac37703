// code_attributes.c — what Python sees of a code object: co_* attributes, co_lines, co_positions,
// replace, and the constructor.
//
// The constructor and replace take the variables as three tuples (varnames, cellvars, freevars) and
// lay the slots of localsplus out anew, as CPython does.
#include <stddef.h>
#include <string.h>

#include "bytecode/code_internal.h"
#include "bytecode/locations.h"
#include "bytecode/opcodes.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/text.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"

Value code_slot_names(Thread *thread, const CodeObject *code, int kind) {
    size_t size, count = 0;
    const unsigned char *kinds = code_bytes(code->co_localspluskinds, &size);
    for (size_t i = 0; i < size; i++) count += !!(kinds[i] & kind);
    Value tuple = tuple_new(thread, count);
    if (value_is_error(tuple)) return tuple;
    const Tuple *names = value_as_tuple(code->co_localsplusnames);
    count = 0;
    for (size_t i = 0; i < size; i++)
        if (kinds[i] & kind) value_as_tuple(tuple)->items[count++] = names->items[i];
    return tuple;
}

static Value get_varnames(Thread *thread, Value self) {
    return code_slot_names(thread, value_as_code(self), CO_FAST_LOCAL);
}

static Value get_cellvars(Thread *thread, Value self) {
    return code_slot_names(thread, value_as_code(self), CO_FAST_CELL);
}

static Value get_freevars(Thread *thread, Value self) {
    return code_slot_names(thread, value_as_code(self), CO_FAST_FREE);
}

#define INT_GETTER(field)                                                                          \
    static Value get_##field(Thread *thread, Value self) {                                         \
        (void)thread;                                                                              \
        return value_from_fixnum(value_as_code(self)->co_##field);                                 \
    }
INT_GETTER(argcount)
INT_GETTER(posonlyargcount)
INT_GETTER(kwonlyargcount)
INT_GETTER(nlocals)
INT_GETTER(stacksize)
INT_GETTER(flags)
INT_GETTER(firstlineno)

// Numbers are members in CPython, which word this otherwise than computed attributes.
static bool refuse_change(Thread *thread, Value self, Value value) {
    (void)self;
    (void)value;
    raise_error(thread, &exception_AttributeError, "readonly attribute");
    return false;
}

static Value get_code(Thread *thread, Value self) {
    (void)thread;
    return value_as_code(self)->co_code;
}

// One step of co_lnotab: differences of at most a byte each, a large one split.
static void put_line_delta(TextBuffer *table, int units, int lines) {
    for (; units > 255; units -= 255) text_buffer_append(table, "\xff\0", 2);
    for (; lines > 127 || lines < -128; units = 0) {
        int step = lines > 127 ? 127 : -128;
        char pair[2] = {(char)(unsigned char)units, (char)step};
        text_buffer_append(table, pair, 2);
        lines -= step;
    }
    char pair[2] = {(char)(unsigned char)units, (char)lines};
    text_buffer_append(table, pair, 2);
}

// The table of code offsets and lines that Python had before 3.10.
static Value get_lnotab(Thread *thread, Value self) {
    const CodeObject *code = value_as_code(self);
    if (!warn(thread, &exception_DeprecationWarning,
              "co_lnotab is deprecated, use co_lines instead."))
        return VALUE_ERROR;
    TextBuffer table = {0};
    LocationReader reader;
    LocationEntry entry;
    int offset = 0, line = code->co_firstlineno;
    location_reader_start(&reader, code);
    while (location_reader_next(&reader, &entry)) {
        if (reader.line == line) continue;
        put_line_delta(&table, entry.unit * 2 - offset, reader.line - line);
        offset = entry.unit * 2;
        line = reader.line;
    }
    Value bytes = table.failed ? raise_memory_error(thread)
                               : bytes_new(thread, text_buffer_text(&table), table.length);
    text_buffer_free(&table);
    return bytes;
}

static Value number_or_none(int number) {
    return number < 0 ? VALUE_NONE : value_from_fixnum(number);
}

// Appends (start, end, line) with neighbours of the same line merged.
static bool append_lines(Thread *thread, const CodeObject *code, List *lines) {
    LocationReader reader;
    LocationEntry entry;
    location_reader_start(&reader, code);
    bool more = location_reader_next(&reader, &entry);
    while (more) {
        int start = entry.unit, line = entry.position.line, end;
        do {
            end = entry.unit + entry.unit_count;
            more = location_reader_next(&reader, &entry);
        } while (more && entry.position.line == line);
        Value row = tuple_of(thread, 3, value_from_fixnum(start * 2), value_from_fixnum(end * 2),
                             number_or_none(line));
        if (value_is_error(row) || !list_append(thread, lines, row)) return false;
    }
    return true;
}

static Value py_co_lines(Thread *thread, Value *args, int count) {
    (void)count;
    Value lines = list_new(thread, 0);
    if (value_is_error(lines) ||
        !append_lines(thread, value_as_code(args[0]), value_as_list(lines)))
        return VALUE_ERROR;
    return object_iterate(thread, lines);
}

static bool append_positions(Thread *thread, const CodeObject *code, List *positions) {
    LocationReader reader;
    LocationEntry entry;
    location_reader_start(&reader, code);
    while (location_reader_next(&reader, &entry)) {
        const CodePosition *position = &entry.position;
        Value row =
            tuple_of(thread, 4, number_or_none(position->line), number_or_none(position->end_line),
                     number_or_none(position->column), number_or_none(position->end_column));
        if (value_is_error(row)) return false;
        for (int i = 0; i < entry.unit_count; i++)
            if (!list_append(thread, positions, row)) return false;
    }
    return true;
}

static Value py_co_positions(Thread *thread, Value *args, int count) {
    (void)count;
    Value positions = list_new(thread, 0);
    if (value_is_error(positions) ||
        !append_positions(thread, value_as_code(args[0]), value_as_list(positions)))
        return VALUE_ERROR;
    return object_iterate(thread, positions);
}

static Value py_varname_from_oparg(Thread *thread, Value *args, int count) {
    (void)count;
    const Tuple *names = value_as_tuple(value_as_code(args[0])->co_localsplusnames);
    ssize_t index;
    if (!object_as_index(thread, args[1], &index)) return VALUE_ERROR;
    if (index < 0 || (uint64_t)index >= names->length)
        return raise_error(thread, &exception_IndexError, "tuple index out of range");
    return names->items[index];
}

// The arguments of the constructor; replace fills them from a code object and its keywords.
typedef enum {
    FIELD_ARGCOUNT,
    FIELD_POSONLYARGCOUNT,
    FIELD_KWONLYARGCOUNT,
    FIELD_NLOCALS,
    FIELD_STACKSIZE,
    FIELD_FLAGS,
    FIELD_CODE,
    FIELD_CONSTS,
    FIELD_NAMES,
    FIELD_VARNAMES,
    FIELD_FILENAME,
    FIELD_NAME,
    FIELD_QUALNAME,
    FIELD_FIRSTLINENO,
    FIELD_LINETABLE,
    FIELD_EXCEPTIONTABLE,
    FIELD_FREEVARS,
    FIELD_CELLVARS,
    FIELD_COUNT,
} Field;
enum { REQUIRED_FIELDS = FIELD_FREEVARS };

typedef enum { KIND_INT, KIND_BYTES, KIND_TUPLE, KIND_STR } FieldKind;
static const struct {
    const char *name;
    FieldKind kind;
} fields[FIELD_COUNT] = {
    [FIELD_ARGCOUNT] = {"co_argcount", KIND_INT},
    [FIELD_POSONLYARGCOUNT] = {"co_posonlyargcount", KIND_INT},
    [FIELD_KWONLYARGCOUNT] = {"co_kwonlyargcount", KIND_INT},
    [FIELD_NLOCALS] = {"co_nlocals", KIND_INT},
    [FIELD_STACKSIZE] = {"co_stacksize", KIND_INT},
    [FIELD_FLAGS] = {"co_flags", KIND_INT},
    [FIELD_CODE] = {"co_code", KIND_BYTES},
    [FIELD_CONSTS] = {"co_consts", KIND_TUPLE},
    [FIELD_NAMES] = {"co_names", KIND_TUPLE},
    [FIELD_VARNAMES] = {"co_varnames", KIND_TUPLE},
    [FIELD_FILENAME] = {"co_filename", KIND_STR},
    [FIELD_NAME] = {"co_name", KIND_STR},
    [FIELD_QUALNAME] = {"co_qualname", KIND_STR},
    [FIELD_FIRSTLINENO] = {"co_firstlineno", KIND_INT},
    [FIELD_LINETABLE] = {"co_linetable", KIND_BYTES},
    [FIELD_EXCEPTIONTABLE] = {"co_exceptiontable", KIND_BYTES},
    [FIELD_FREEVARS] = {"co_freevars", KIND_TUPLE},
    [FIELD_CELLVARS] = {"co_cellvars", KIND_TUPLE},
};
static const char *const kind_names[] = {"int", "bytes", "tuple", "str"};

static bool has_kind(Value value, FieldKind kind) {
    switch (kind) {
    case KIND_BYTES: return value_has_flag(value, TYPE_BYTES_SUBCLASS);
    case KIND_TUPLE: return value_is_tuple(value);
    case KIND_STR: return value_is_str(value);
    default: return true;
    }
}

static bool as_int32(Thread *thread, Value value, int32_t *result) {
    int64_t number;
    Value index = object_index(thread, value);
    if (value_is_error(index) || !object_as_int64(thread, index, &number)) return false;
    if (number < INT32_MIN || number > INT32_MAX) {
        raise_error(thread, &exception_OverflowError, "Python int too large to convert to C int");
        return false;
    }
    *result = (int32_t)number;
    return true;
}

// A fresh tuple of exact strs.
static Value copy_names(Thread *thread, Value tuple) {
    const Tuple *names = value_as_tuple(tuple);
    Value copy = tuple_from_values(thread, names->items, names->length);
    if (value_is_error(copy)) return copy;
    for (uint64_t i = 0; i < names->length; i++) {
        Value name = names->items[i];
        if (!value_is_str(name))
            return raise_type_error(thread, "name tuples must contain only strings, not '%T'",
                                    name);
        if (value_is_str_exact(name)) continue;
        name = str_from_kind(thread, str_kind(value_as_str(name)), str_data(value_as_str(name)),
                             value_as_str(name)->length);
        if (value_is_error(name)) return name;
        object_store(thread->heap, value_as_tuple(copy), &value_as_tuple(copy)->items[i], name);
    }
    return copy;
}

// Slot of a name among the varnames, -1 if it is none of them.
static int find_name(const Tuple *names, Value name) {
    for (uint64_t i = 0; i < names->length; i++)
        if (str_equal(value_as_str(names->items[i]), value_as_str(name))) return (int)i;
    return -1;
}

// Fast locals of code that is not optimised (modules, class bodies) belong to inlined
// comprehensions.
static void mark_hidden(Value code, unsigned char *kinds, size_t slot_count) {
    size_t size;
    const unsigned char *units = code_bytes(code, &size);
    unsigned extended = 0;
    for (size_t i = 0; i + 1 < size; i += 2) {
        unsigned oparg = extended << 8 | units[i + 1];
        extended = units[i] == OP_EXTENDED_ARG ? oparg : 0;
        if (opcode_table[units[i]].operand == OPERAND_LOCAL && oparg < slot_count)
            kinds[oparg] |= CO_FAST_HIDDEN;
        i += 2 * (size_t)opcode_caches(units[i]);
    }
}

// Locals, cells that are no locals, free variables.
static bool lay_out_slots(Thread *thread, const Value *values, CodeParts *parts) {
    const Tuple *varnames = value_as_tuple(values[FIELD_VARNAMES]);
    const Tuple *cellvars = value_as_tuple(values[FIELD_CELLVARS]);
    const Tuple *freevars = value_as_tuple(values[FIELD_FREEVARS]);
    size_t capacity = varnames->length + cellvars->length + freevars->length;
    Value names = list_new(thread, capacity);
    if (value_is_error(names)) return false;
    Value kind_bytes = bytes_new(thread, NULL, capacity);
    if (value_is_error(kind_bytes)) return false;
    unsigned char *kinds = value_as_bytes(kind_bytes)->data;
    List *list = value_as_list(names);
    for (uint64_t i = 0; i < varnames->length; i++) {
        kinds[i] = CO_FAST_LOCAL;
        if (!list_append(thread, list, varnames->items[i])) return false;
    }
    for (uint64_t i = 0; i < cellvars->length; i++) {
        int local = find_name(varnames, cellvars->items[i]);
        size_t slot = local >= 0 ? (size_t)local : list->length;
        kinds[slot] |= CO_FAST_CELL;
        if (local < 0 && !list_append(thread, list, cellvars->items[i])) return false;
    }
    for (uint64_t i = 0; i < freevars->length; i++) {
        kinds[list->length] = CO_FAST_FREE;
        if (!list_append(thread, list, freevars->items[i])) return false;
    }
    if (!(parts->flags & CO_OPTIMIZED)) mark_hidden(values[FIELD_CODE], kinds, varnames->length);
    parts->localspluskinds = bytes_new(thread, kinds, list->length);
    if (value_is_error(parts->localspluskinds)) return false;
    parts->localsplusnames = list_as_tuple(thread, list);
    return !value_is_error(parts->localsplusnames);
}

static Value make_from_fields(Thread *thread, const Value *values, const int32_t *numbers) {
    CodeParts parts = {
        .argcount = numbers[FIELD_ARGCOUNT],
        .posonlyargcount = numbers[FIELD_POSONLYARGCOUNT],
        .kwonlyargcount = numbers[FIELD_KWONLYARGCOUNT],
        .stacksize = numbers[FIELD_STACKSIZE],
        .flags = numbers[FIELD_FLAGS],
        .firstlineno = numbers[FIELD_FIRSTLINENO],
        .code = values[FIELD_CODE],
        .names = values[FIELD_NAMES],
        .filename = values[FIELD_FILENAME],
        .name = values[FIELD_NAME],
        .qualname = values[FIELD_QUALNAME],
        .linetable = values[FIELD_LINETABLE],
        .exceptiontable = values[FIELD_EXCEPTIONTABLE],
    };
    // Interning must not change the caller's tuple.
    const Tuple *consts = value_as_tuple(values[FIELD_CONSTS]);
    parts.consts = tuple_from_values(thread, consts->items, consts->length);
    if (value_is_error(parts.consts) || !lay_out_slots(thread, values, &parts)) return VALUE_ERROR;
    Value code = code_new(thread, &parts);
    if (value_is_error(code)) return code;
    if ((uint64_t)numbers[FIELD_NLOCALS] != value_as_tuple(values[FIELD_VARNAMES])->length)
        return raise_value_error(thread, "code: co_nlocals != len(co_varnames)");
    return code;
}

static bool check_not_negative(Thread *thread, const int32_t *numbers) {
    static const char *const names[] = {"argcount", "posonlyargcount", "kwonlyargcount", "nlocals"};
    for (int i = 0; i < (int)COUNT_OF(names); i++) {
        if (numbers[i] >= 0) continue;
        raise_value_error(thread, "code: %s must not be negative", names[i]);
        return false;
    }
    return true;
}

Value code_make(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)type;
    Value values[FIELD_COUNT];
    int32_t numbers[FIELD_COUNT] = {0};
    if (!value_is_absent(names) && value_as_tuple(names)->length > 0)
        return raise_type_error(thread, "code() takes no keyword arguments");
    if (count < REQUIRED_FIELDS || count > FIELD_COUNT)
        return raise_type_error(thread, "code expected at %s %d arguments, got %d",
                                count < REQUIRED_FIELDS ? "least" : "most",
                                count < REQUIRED_FIELDS ? REQUIRED_FIELDS : FIELD_COUNT, count);
    for (int i = 0; i < FIELD_COUNT; i++) {
        values[i] = i < count ? args[i] : tuple_from_values(thread, NULL, 0);
        if (value_is_error(values[i])) return VALUE_ERROR;
        if (fields[i].kind == KIND_INT) {
            if (!as_int32(thread, values[i], &numbers[i])) return VALUE_ERROR;
        } else if (!has_kind(values[i], fields[i].kind)) {
            char argument[16];
            snprintf(argument, sizeof argument, "argument %d", i + 1);
            return raise_argument_error(thread, "code", argument, kind_names[fields[i].kind],
                                        values[i]);
        }
    }
    if (!check_not_negative(thread, numbers)) return VALUE_ERROR;
    static const int name_fields[] = {FIELD_NAMES, FIELD_VARNAMES, FIELD_FREEVARS, FIELD_CELLVARS};
    for (size_t i = 0; i < COUNT_OF(name_fields); i++) {
        Value copy = copy_names(thread, values[name_fields[i]]);
        if (value_is_error(copy)) return VALUE_ERROR;
        values[name_fields[i]] = copy;
    }
    return make_from_fields(thread, values, numbers);
}

static bool read_fields(Thread *thread, const CodeObject *code, Value *values, int32_t *numbers) {
    numbers[FIELD_ARGCOUNT] = code->co_argcount;
    numbers[FIELD_POSONLYARGCOUNT] = code->co_posonlyargcount;
    numbers[FIELD_KWONLYARGCOUNT] = code->co_kwonlyargcount;
    numbers[FIELD_NLOCALS] = code->co_nlocals;
    numbers[FIELD_STACKSIZE] = code->co_stacksize;
    numbers[FIELD_FLAGS] = code->co_flags;
    numbers[FIELD_FIRSTLINENO] = code->co_firstlineno;
    values[FIELD_CODE] = code->co_code;
    values[FIELD_CONSTS] = code->co_consts;
    values[FIELD_NAMES] = code->co_names;
    values[FIELD_FILENAME] = code->co_filename;
    values[FIELD_NAME] = code->co_name;
    values[FIELD_QUALNAME] = code->co_qualname;
    values[FIELD_LINETABLE] = code->co_linetable;
    values[FIELD_EXCEPTIONTABLE] = code->co_exceptiontable;
    values[FIELD_VARNAMES] = code_slot_names(thread, code, CO_FAST_LOCAL);
    if (value_is_error(values[FIELD_VARNAMES])) return false;
    values[FIELD_CELLVARS] = code_slot_names(thread, code, CO_FAST_CELL);
    if (value_is_error(values[FIELD_CELLVARS])) return false;
    values[FIELD_FREEVARS] = code_slot_names(thread, code, CO_FAST_FREE);
    return !value_is_error(values[FIELD_FREEVARS]);
}

static bool change_field(Thread *thread, Value name, Value value, Value *values, int32_t *numbers) {
    for (int i = 0; i < FIELD_COUNT; i++) {
        if (!str_equals_c(value_as_str(name), fields[i].name)) continue;
        if (fields[i].kind == KIND_INT) {
            if (!as_int32(thread, value, &numbers[i])) return false;
            if (numbers[i] >= 0) return true;
            raise_value_error(thread, "%s must be a positive integer", fields[i].name);
            return false;
        }
        if (!has_kind(value, fields[i].kind)) {
            char argument[40];
            snprintf(argument, sizeof argument, "argument '%s'", fields[i].name);
            raise_argument_error(thread, "replace", argument, kind_names[fields[i].kind], value);
            return false;
        }
        values[i] = value;
        return true;
    }
    raise_type_error(thread, "'%U' is an invalid keyword argument for replace()", name);
    return false;
}

static Value py_replace(Thread *thread, Value *args, int count) {
    Value values[FIELD_COUNT];
    int32_t numbers[FIELD_COUNT];
    if (!read_fields(thread, value_as_code(args[0]), values, numbers)) return VALUE_ERROR;
    if (count > 1 && value_is_dict(args[1])) {
        size_t position = 0;
        Value name, value;
        while (dict_next(value_as_dict(args[1]), &position, &name, &value))
            if (!change_field(thread, name, value, values, numbers)) return VALUE_ERROR;
    }
    static const int name_fields[] = {FIELD_NAMES, FIELD_VARNAMES, FIELD_FREEVARS, FIELD_CELLVARS};
    for (size_t i = 0; i < COUNT_OF(name_fields); i++) {
        const Tuple *names = value_as_tuple(values[name_fields[i]]);
        for (uint64_t j = 0; j < names->length; j++)
            if (!value_is_str(names->items[j]))
                return raise_error(thread, &exception_SystemError, "non-string found in code slot");
    }
    return make_from_fields(thread, values, numbers);
}

const MethodRow code_methods[] = {
    {"co_lines", py_co_lines, "self, /", NULL, METHOD_INSTANCE},
    {"co_positions", py_co_positions, "self, /", NULL, METHOD_INSTANCE},
    {"replace", py_replace, "self, /, **changes",
     "Return a copy of the code object with new values for the specified fields.", METHOD_INSTANCE},
    {"_varname_from_oparg", py_varname_from_oparg, "self, /, oparg",
     "(internal-only) Return the local variable name for the given oparg.\n\n"
     "WARNING: this method is for internal use only and may change or go away.",
     METHOD_INSTANCE},
    {NULL, NULL, NULL, NULL, 0},
};

const GetSetRow code_getsets[] = {
    {"co_argcount", get_argcount, refuse_change, NULL},
    {"co_posonlyargcount", get_posonlyargcount, refuse_change, NULL},
    {"co_kwonlyargcount", get_kwonlyargcount, refuse_change, NULL},
    {"co_nlocals", get_nlocals, refuse_change, NULL},
    {"co_stacksize", get_stacksize, refuse_change, NULL},
    {"co_flags", get_flags, refuse_change, NULL},
    {"co_firstlineno", get_firstlineno, refuse_change, NULL},
    {"co_code", get_code, NULL, NULL},
    {"_co_code_adaptive", get_code, NULL, NULL},
    {"co_varnames", get_varnames, NULL, NULL},
    {"co_cellvars", get_cellvars, NULL, NULL},
    {"co_freevars", get_freevars, NULL, NULL},
    {"co_lnotab", get_lnotab, NULL, NULL},
    {NULL, NULL, NULL, NULL},
};

const MemberRow code_members[] = {
    {"co_consts", offsetof(CodeObject, co_consts), true, false, NULL},
    {"co_names", offsetof(CodeObject, co_names), true, false, NULL},
    {"co_filename", offsetof(CodeObject, co_filename), true, false, NULL},
    {"co_name", offsetof(CodeObject, co_name), true, false, NULL},
    {"co_qualname", offsetof(CodeObject, co_qualname), true, false, NULL},
    {"co_linetable", offsetof(CodeObject, co_linetable), true, false, NULL},
    {"co_exceptiontable", offsetof(CodeObject, co_exceptiontable), true, false, NULL},
    {NULL, 0, false, false, NULL},
};
