// code.c — making code objects, their equality and hash, and the type.
//
// What Python sees of them (co_lines, replace, ...) is in code_attributes.c.
#include "bytecode/code.h"

#include <stddef.h>
#include <string.h>

#include "bytecode/code_internal.h"
#include "bytecode/constant_key.h"
#include "objects/bytes.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"

void (*code_threaded_free)(struct ThreadedCode *threaded);

const unsigned char *code_bytes(Value bytes, size_t *size) {
    const Bytes *data = value_as_bytes(bytes);
    *size = data->length;
    return data->data;
}

int code_unit_count(const CodeObject *code) {
    return (int)(value_as_bytes(code->co_code)->length / 2);
}

static bool check_text_tuple(Thread *thread, Value tuple) {
    if (!value_is_tuple(tuple)) {
        raise_error(thread, &exception_SystemError, "bad argument to internal function");
        return false;
    }
    const Tuple *names = value_as_tuple(tuple);
    for (uint64_t i = 0; i < names->length; i++) {
        if (value_is_str_exact(names->items[i])) continue;
        raise_error(thread, &exception_SystemError, "non-string found in code slot");
        return false;
    }
    return true;
}

static bool check_types(Thread *thread, const CodeParts *parts) {
    bool good = value_is_bytes(parts->code) && value_is_tuple(parts->consts) &&
                value_is_bytes(parts->localspluskinds) && value_is_str(parts->filename) &&
                value_is_str(parts->name) && value_is_str(parts->qualname) &&
                value_is_bytes(parts->linetable) && value_is_bytes(parts->exceptiontable) &&
                parts->posonlyargcount >= 0 && parts->argcount >= parts->posonlyargcount &&
                parts->kwonlyargcount >= 0 && parts->stacksize >= 0 && parts->flags >= 0;
    if (!good) {
        raise_error(thread, &exception_SystemError, "bad argument to internal function");
        return false;
    }
    if (!check_text_tuple(thread, parts->names) ||
        !check_text_tuple(thread, parts->localsplusnames))
        return false;
    if (value_as_tuple(parts->localsplusnames)->length !=
        value_as_bytes(parts->localspluskinds)->length) {
        raise_error(thread, &exception_SystemError, "bad argument to internal function");
        return false;
    }
    return true;
}

static bool check_sizes(Thread *thread, const CodeParts *parts, const CodeObject *code) {
    size_t size = value_as_bytes(parts->code)->length;
    if (size > INT32_MAX) {
        raise_error(thread, &exception_OverflowError, "code: co_code larger than INT_MAX");
        return false;
    }
    if (size % 2 != 0) {
        raise_value_error(thread, "code: co_code is malformed");
        return false;
    }
    int64_t parameters = (int64_t)parts->argcount + parts->kwonlyargcount +
                         !!(parts->flags & CO_VARARGS) + !!(parts->flags & CO_VARKEYWORDS);
    if (parameters > code->co_nlocals) {
        raise_value_error(thread, "code: co_varnames is too small");
        return false;
    }
    return true;
}

static bool intern_names(Thread *thread, Value tuple) {
    Tuple *names = value_as_tuple(tuple);
    for (uint64_t i = 0; i < names->length; i++) {
        Value name = str_intern(thread, names->items[i]);
        if (value_is_error(name)) return false;
        object_store(thread->heap, names, &names->items[i], name);
    }
    return true;
}

// Strings that could be names are worth interning: they are likely to be compared with some.
static bool is_name_like(const Str *str) {
    if (!str_is_ascii(str)) return false;
    const unsigned char *text = str_data(str);
    for (uint64_t i = 0; i < str->length; i++) {
        unsigned char c = text[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
              c == '_'))
            return false;
    }
    return true;
}

static bool intern_constants(Thread *thread, Value tuple);

static Value intern_constant(Thread *thread, Value constant) {
    if (value_is_str_exact(constant))
        return is_name_like(value_as_str(constant)) ? str_intern(thread, constant) : constant;
    if (value_is_tuple_exact(constant))
        return intern_constants(thread, constant) ? constant : VALUE_ERROR;
    if (!value_has_shape(constant, SHAPE_frozenset)) return constant;
    const Set *set = value_as_set(constant);
    Value items = tuple_new(thread, set->length);
    if (value_is_error(items)) return items;
    size_t position = 0, count = 0;
    bool changed = false;
    Value item;
    while (set_next(set, &position, &item)) {
        Value interned = intern_constant(thread, item);
        if (value_is_error(interned)) return interned;
        changed |= !value_same(item, interned);
        value_as_tuple(items)->items[count++] = interned;
    }
    return changed ? frozenset_new(thread, value_as_tuple(items)->items, count) : constant;
}

// A tuple read by marshal may hold itself.
static bool intern_constants(Thread *thread, Value tuple) {
    if (!stack_has_room(thread)) return thread_check_stack(thread, " in constants");
    Tuple *constants = value_as_tuple(tuple);
    for (uint64_t i = 0; i < constants->length; i++) {
        Value constant = intern_constant(thread, constants->items[i]);
        if (value_is_error(constant)) return false;
        if (!value_same(constant, constants->items[i]))
            object_store(thread->heap, constants, &constants->items[i], constant);
    }
    return true;
}

static void count_slots(CodeObject *code) {
    size_t size;
    const unsigned char *kinds = code_bytes(code->co_localspluskinds, &size);
    code->co_nlocalsplus = (int32_t)size;
    for (size_t i = 0; i < size; i++) {
        code->co_nlocals += !!(kinds[i] & CO_FAST_LOCAL);
        code->co_ncellvars += !!(kinds[i] & CO_FAST_CELL);
        code->co_nfreevars += !!(kinds[i] & CO_FAST_FREE);
    }
}

Value code_new(Thread *thread, const CodeParts *parts) {
    if (!check_types(thread, parts)) return VALUE_ERROR;
    if (!intern_names(thread, parts->names) || !intern_names(thread, parts->localsplusnames) ||
        !intern_constants(thread, parts->consts))
        return VALUE_ERROR;
    CodeObject *code = (CodeObject *)heap_allocate(thread->heap, sizeof *code, SHAPE_code);
    if (code == NULL) return raise_memory_error(thread);
    code->co_code = parts->code;
    code->co_consts = parts->consts;
    code->co_names = parts->names;
    code->co_localsplusnames = parts->localsplusnames;
    code->co_localspluskinds = parts->localspluskinds;
    code->co_filename = parts->filename;
    code->co_name = parts->name;
    code->co_qualname = parts->qualname;
    code->co_linetable = parts->linetable;
    code->co_exceptiontable = parts->exceptiontable;
    code->co_argcount = parts->argcount;
    code->co_posonlyargcount = parts->posonlyargcount;
    code->co_kwonlyargcount = parts->kwonlyargcount;
    code->co_stacksize = parts->stacksize;
    code->co_flags = parts->flags;
    code->co_firstlineno = parts->firstlineno;
    code->constants = value_as_tuple(parts->consts)->items;
    count_slots(code);
    // A frame that large never fits the value stack, and the verifier refuses it.
    if (__builtin_add_overflow(code->co_nlocalsplus, code->co_stacksize, &code->co_framesize))
        code->co_framesize = INT32_MAX;
    if (!check_sizes(thread, parts, code)) return VALUE_ERROR;
    if (!heap_register_release(thread->heap, &code->header)) return raise_memory_error(thread);
    return value_from_object(code);
}

static bool bytes_equal(Value a, Value b) {
    const Bytes *x = value_as_bytes(a), *y = value_as_bytes(b);
    return x->length == y->length && memcmp(x->data, y->data, x->length) == 0;
}

bool code_equal(Thread *thread, const CodeObject *a, const CodeObject *b) {
    return a == b ||
           (a->co_argcount == b->co_argcount && a->co_posonlyargcount == b->co_posonlyargcount &&
            a->co_kwonlyargcount == b->co_kwonlyargcount && a->co_flags == b->co_flags &&
            a->co_firstlineno == b->co_firstlineno && bytes_equal(a->co_code, b->co_code) &&
            str_equal(value_as_str(a->co_name), value_as_str(b->co_name)) &&
            constant_equal(thread, a->co_consts, b->co_consts) &&
            constant_equal(thread, a->co_names, b->co_names) &&
            constant_equal(thread, a->co_localsplusnames, b->co_localsplusnames) &&
            bytes_equal(a->co_linetable, b->co_linetable) &&
            bytes_equal(a->co_exceptiontable, b->co_exceptiontable));
}

uint64_t code_key_hash(Thread *thread, const CodeObject *code) {
    uint64_t state = constant_hash(thread, code->co_name);
    const Value parts[] = {code->co_consts,    code->co_names,          code->co_localsplusnames,
                           code->co_linetable, code->co_exceptiontable, code->co_code};
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        state = (state * 31) ^ constant_hash(thread, parts[i]);
    const int32_t counts[] = {code->co_argcount, code->co_posonlyargcount, code->co_kwonlyargcount,
                              code->co_flags, code->co_firstlineno};
    for (size_t i = 0; i < COUNT_OF(counts); i++) state = (state * 31) ^ (uint64_t)counts[i];
    return state;
}

static Value compare(Thread *thread, Value self, Value other, CompareOperator op) {
    if ((op != COMPARE_EQ && op != COMPARE_NE) || !value_is_code(self) || !value_is_code(other))
        return VALUE_NOT_IMPLEMENTED;
    bool equal = code_equal(thread, value_as_code(self), value_as_code(other));
    return value_from_bool(equal == (op == COMPARE_EQ));
}

static bool hash(Thread *thread, Value self, int64_t *result) {
    int64_t key = (int64_t)code_key_hash(thread, value_as_code(self));
    *result = key == -1 ? -2 : key;
    return true;
}

static Value repr(Thread *thread, Value self) {
    const CodeObject *code = value_as_code(self);
    return str_format(thread, "<code object %U at %p, file \"%U\", line %d>", code->co_name,
                      (const void *)code, code->co_filename,
                      code->co_firstlineno != 0 ? code->co_firstlineno : -1);
}

static void trace(Marker *marker, Object *object) {
    const CodeObject *code = (CodeObject *)object;
    mark_value(marker, code->co_code);
    mark_value(marker, code->co_consts);
    mark_value(marker, code->co_names);
    mark_value(marker, code->co_localsplusnames);
    mark_value(marker, code->co_localspluskinds);
    mark_value(marker, code->co_filename);
    mark_value(marker, code->co_name);
    mark_value(marker, code->co_qualname);
    mark_value(marker, code->co_linetable);
    mark_value(marker, code->co_exceptiontable);
}

static void release(Heap *heap, Object *object) {
    (void)heap;
    CodeObject *code = (CodeObject *)object;
    for (int i = 0; i < CODE_ENGINE_LIMIT; i++) {
        if (code->threaded[i] != NULL) code_threaded_free(code->threaded[i]);
        code->threaded[i] = NULL;
    }
}

Type code_type = {
    TYPE_STATIC_HEADER(code),
    .name = "code",
    .documentation = "Create a code object.  Not for the faint of heart.",
    .basic_size = sizeof(CodeObject),
    .methods = code_methods,
    .getsets = code_getsets,
    .members = code_members,
    .trace = trace,
    .release = release,
    .make = code_make,
    .repr = repr,
    .hash = hash,
    .compare = compare,
};

bool code_initialize(Thread *thread) { return type_ready(thread, &code_type); }
