// intrinsics.c — CALL_INTRINSIC_1 and CALL_INTRINSIC_2: rare operations that need no opcode of
// their own.
#include "objects/type_variables.h"
#include "vm/async_generator.h"
#include "vm/slow_paths.h"

// The interactive prompt's echo: sys.displayhook(value).
static Value print_expression(Thread *thread, Value value) {
    Value name = str_intern_c(thread, "displayhook");
    if (value_is_error(name)) return name;
    Value hook = dict_find_str(thread, value_as_dict(thread->runtime->sys_dict), name);
    if (value_is_absent(hook))
        return raise_error(thread, &exception_RuntimeError, "lost sys.displayhook");
    return object_call1(thread, hook, value);
}

// A StopIteration that would leave a generator becomes a RuntimeError (PEP 479).
static Value stop_iteration_error(Thread *thread, const Frame *frame, Value exception) {
    int flags = frame->code->co_flags;
    const char *kind = flags & CO_COROUTINE         ? "coroutine"
                       : flags & CO_ASYNC_GENERATOR ? "async generator"
                                                    : "generator";
    const char *what = NULL;
    if (object_is_instance(thread, exception, value_from_type(&exception_StopIteration)) > 0)
        what = "StopIteration";
    else if (flags & CO_ASYNC_GENERATOR &&
             object_is_instance(thread, exception, value_from_type(&exception_StopAsyncIteration)) >
                 0)
        what = "StopAsyncIteration";
    if (!what) return exception;
    Value message = str_format(thread, "%s raised %s", kind, what);
    if (value_is_error(message)) return message;
    Value error = object_call1(thread, value_from_type(&exception_RuntimeError), message);
    if (value_is_error(error)) return error;
    Exception *object = value_as_exception(error);
    object_store(thread->heap, object, &object->cause, exception);
    object_store(thread->heap, object, &object->context, exception);
    object->suppress_context = true;
    return error;
}

static Value set_function_type_parameters(Thread *thread, Value function, Value parameters) {
    FunctionObject *object = value_as_function(function);
    object_store(thread->heap, object, &object->type_parameters, parameters);
    return function;
}

// What the compiler always hands over; code from elsewhere may not.
static bool operand_fits(int intrinsic, Value value) {
    switch (intrinsic) {
    case INTRINSIC_TYPEVAR:
    case INTRINSIC_PARAMSPEC:
    case INTRINSIC_TYPEVARTUPLE: return value_is_str(value);
    case INTRINSIC_SUBSCRIPT_GENERIC: return value_is_tuple(value);
    case INTRINSIC_TYPEALIAS: {
        if (!value_is_tuple(value) || value_as_tuple(value)->length != 3) return false;
        const Value *items = value_as_tuple(value)->items;
        return value_is_str(items[0]) && (value_is_none(items[1]) || value_is_tuple(items[1]));
    }
    default: return true;
    }
}

static bool operands_fit(int intrinsic, Value a, Value b) {
    switch (intrinsic) {
    case INTRINSIC_TYPEVAR_WITH_BOUND:
    case INTRINSIC_TYPEVAR_WITH_CONSTRAINTS: return value_is_str(a);
    case INTRINSIC_SET_FUNCTION_TYPE_PARAMS: return value_is_function(a) && value_is_tuple(b);
    default: return true;
    }
}

static Value raise_wrong_operand(Thread *thread, int intrinsic) {
    return raise_error(thread, &exception_SystemError,
                       "intrinsic function %i with an operand of a wrong type", intrinsic);
}

Value call_intrinsic_1(Thread *thread, const Frame *frame, int intrinsic, Value value) {
    if (UNLIKELY(!operand_fits(intrinsic, value))) return raise_wrong_operand(thread, intrinsic);
    switch (intrinsic) {
    case INTRINSIC_PRINT: return print_expression(thread, value);
    case INTRINSIC_IMPORT_STAR: return import_star(thread, frame, value) ? VALUE_NONE : VALUE_ERROR;
    case INTRINSIC_STOPITERATION_ERROR: return stop_iteration_error(thread, frame, value);
    case INTRINSIC_ASYNC_GEN_WRAP: return async_generator_wrap(thread, value);
    case INTRINSIC_UNARY_POSITIVE: return object_unary_op(thread, UNARY_POSITIVE_, value);
    case INTRINSIC_LIST_TO_TUPLE: return list_as_tuple(thread, value_as_list(value));
    case INTRINSIC_TYPEVAR: return type_var_new(thread, value, VALUE_ABSENT, false);
    case INTRINSIC_PARAMSPEC: return param_spec_new(thread, value);
    case INTRINSIC_TYPEVARTUPLE: return type_var_tuple_new(thread, value);
    case INTRINSIC_SUBSCRIPT_GENERIC: return generic_subscript(thread, value);
    case INTRINSIC_TYPEALIAS: return type_alias_new(thread, value);
    default:
        return raise_error(thread, &exception_SystemError, "intrinsic function %i is not supported",
                           intrinsic);
    }
}

Value call_intrinsic_2(Thread *thread, int intrinsic, Value a, Value b) {
    if (UNLIKELY(!operands_fit(intrinsic, a, b))) return raise_wrong_operand(thread, intrinsic);
    switch (intrinsic) {
    case INTRINSIC_PREP_RERAISE_STAR: return prepare_reraise_star(thread, a, b);
    case INTRINSIC_TYPEVAR_WITH_BOUND: return type_var_new(thread, a, b, false);
    case INTRINSIC_TYPEVAR_WITH_CONSTRAINTS: return type_var_new(thread, a, b, true);
    case INTRINSIC_SET_FUNCTION_TYPE_PARAMS: return set_function_type_parameters(thread, a, b);
    default:
        return raise_error(thread, &exception_SystemError, "intrinsic function %i is not supported",
                           intrinsic);
    }
}
