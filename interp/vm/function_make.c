// function_make.c — types.FunctionType: a function over a ready code object.
#include "objects/builtin_types.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/text.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include "vm/function.h"

enum { ARG_CODE, ARG_GLOBALS, ARG_NAME, ARG_DEFAULTS, ARG_CLOSURE, ARG_COUNT };

static bool check_types(Thread *thread, const Value *args) {
    if (!value_is_code(args[ARG_CODE])) {
        raise_argument_error(thread, "function", "argument 'code'", "code", args[ARG_CODE]);
        return false;
    }
    if (!value_is_dict(args[ARG_GLOBALS])) {
        raise_argument_error(thread, "function", "argument 'globals'", "dict", args[ARG_GLOBALS]);
        return false;
    }
    if (!value_is_none(args[ARG_NAME]) && !value_is_str(args[ARG_NAME])) {
        raise_type_error(thread, "arg 3 (name) must be None or string");
        return false;
    }
    if (!value_is_none(args[ARG_DEFAULTS]) && !value_is_tuple(args[ARG_DEFAULTS])) {
        raise_type_error(thread, "arg 4 (defaults) must be None or tuple");
        return false;
    }
    return true;
}

// The closure is a tuple of as many cells as the code has free variables.
static bool check_closure(Thread *thread, const CodeObject *code, Value closure) {
    if (!value_is_tuple(closure)) {
        if (code->co_nfreevars > 0 && value_is_none(closure))
            raise_type_error(thread, "arg 5 (closure) must be tuple");
        else if (!value_is_none(closure))
            raise_type_error(thread, "arg 5 (closure) must be None or tuple");
        else
            return true;
        return false;
    }
    const Tuple *cells = value_as_tuple(closure);
    if (cells->length != (uint64_t)code->co_nfreevars) {
        raise_value_error(thread, "%U requires closure of length %d, not %zu", code->co_name,
                          code->co_nfreevars, (size_t)cells->length);
        return false;
    }
    for (uint64_t i = 0; i < cells->length; i++) {
        if (value_is_cell(cells->items[i])) continue;
        raise_type_error(thread, "arg 5 (closure) expected cell, found %T", cells->items[i]);
        return false;
    }
    return true;
}

Value function_make(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)type;
    Value given[ARG_COUNT];
    if (!arguments_bind(thread, "function", "code, globals, name=None, argdefs=None, closure=None",
                        args, count, names, given))
        return VALUE_ERROR;
    for (int i = ARG_NAME; i < ARG_COUNT; i++)
        if (value_is_absent(given[i])) given[i] = VALUE_NONE;
    if (!check_types(thread, given) ||
        !check_closure(thread, value_as_code(given[ARG_CODE]), given[ARG_CLOSURE]))
        return VALUE_ERROR;
    Value value =
        function_new(thread, value_as_code(given[ARG_CODE]), value_as_dict(given[ARG_GLOBALS]));
    if (value_is_error(value)) return value;
    FunctionObject *function = value_as_function(value);
    if (!value_is_none(given[ARG_NAME]))
        object_store(thread->heap, function, &function->name, given[ARG_NAME]);
    // Through the attribute, which counts the arguments that a call needs anew.
    if (!value_is_none(given[ARG_DEFAULTS]) &&
        !object_set_attribute(thread, value, NAMES(thread)->__defaults__, given[ARG_DEFAULTS]))
        return VALUE_ERROR;
    if (!value_is_none(given[ARG_CLOSURE]) && value_as_tuple(given[ARG_CLOSURE])->length > 0)
        object_store(thread->heap, function, &function->closure, given[ARG_CLOSURE]);
    return value;
}
