// call.c — calls that the handlers do not finish themselves.
//
// Python functions, bound methods of them and classes whose __init__ is a Python function get a
// frame on the frame array and run in the caller's engine loop; everything else is called here.
#include "objects/native.h"
#include "vm/eval.h"
#include "vm/slow_paths.h"

// Pushes the frame of a Python function whose arguments lie at `window`. With a foreign evaluator
// the call recurses through the hook instead.
static Value enter_function(Thread *thread, FunctionObject *function, Value *window, Value *args,
                            int count, Value names, uint32_t flags) {
    if (UNLIKELY(!thread->stack_limit)) {
        Value result = eval_vector(thread, function, VALUE_ABSENT, args, count, names);
        if (value_is_error(result) || !(flags & FRAME_INITIALIZER)) return result;
        return check_initializer_result(thread, result) ? *thread->frame->stack_pointer
                                                        : VALUE_ERROR;
    }
    Frame *frame = frame_push_call(thread, function, VALUE_ABSENT, window, args, count, names);
    if (UNLIKELY(!frame)) return VALUE_ERROR;
    frame->flags = flags;
    return VALUE_ABSENT;
}

// Class(args): the instance is made here, and __init__ runs in the caller's loop when it is a
// Python function. The window's word before the arguments becomes self, the one before that keeps
// the instance for the call's result.
static Value call_class(Thread *thread, Type *type, Value *window, int count, Value names) {
    Value initialize = type_find(type, NAMES(thread)->__init__);
    bool plain = type->header.shape == SHAPE_type && type->make == object_type.make &&
                 value_is_function(initialize);
    if (!plain) return object_call(thread, value_from_type(type), window, count, names);
    if (UNLIKELY(type->flags & TYPE_ABSTRACT))
        return object_call(thread, value_from_type(type), window, count, names);
    Object *instance = type_allocate(thread, type, 0);
    if (UNLIKELY(!instance)) return VALUE_ERROR;
    *thread->frame->stack_pointer = value_from_object(instance);
    window[-1] = value_from_object(instance);
    return enter_function(thread, value_as_function(initialize), window - 1, window - 1, count + 1,
                          names, FRAME_INITIALIZER);
}

// Is `window` preceded by a word that the caller's call owns (the callable's own place)?
static bool owns_word_before(const Thread *thread, const Value *window) {
    return window - thread->frame->stack_pointer >= 1;
}

Value call_window(Thread *thread, Value callable, Value *window, int count, Value names) {
    if (value_has_shape(callable, SHAPE_method) && owns_word_before(thread, window)) {
        const MethodObject *method = (const MethodObject *)value_as_object(callable);
        window--;
        count++;
        *window = method->self;
        callable = method->function;
    }
    if (value_is_function(callable))
        return enter_function(thread, value_as_function(callable), window, window, count, names, 0);
    if (value_has_shape(callable, SHAPE_method_descriptor) ||
        value_has_shape(callable, SHAPE_native_function)) {
        NativeCallable *native = (NativeCallable *)value_as_object(callable);
        return native_call(thread, native, window, count, names);
    }
    if (value_is_type(callable) && window - thread->frame->stack_pointer == 2)
        return call_class(thread, value_as_type(callable), window, count, names);
    return object_call(thread, callable, window, count, names);
}

Value call_window_keywords(Thread *thread, Value callable, Value *window, int total) {
    Value names = thread->keyword_names;
    thread->keyword_names = VALUE_ABSENT;
    return call_window(thread, callable, window, total - (int)value_as_tuple(names)->length, names);
}

// The keywords of f(**mapping) as a tuple of names, the values behind `values`.
static Value split_keywords(Thread *thread, const Dict *dict, Value *values) {
    Value names = tuple_new(thread, dict->length);
    if (value_is_error(names)) return names;
    size_t position = 0, i = 0;
    Value key, value;
    while (dict_next(dict, &position, &key, &value)) {
        value_as_tuple(names)->items[i] = key;
        values[i++] = value;
    }
    return names;
}

static Value call_python_unpacked(Thread *thread, FunctionObject *function, const Tuple *args,
                                  Value keywords, Value *top) {
    const Dict *dict = value_is_absent(keywords) ? NULL : value_as_dict(keywords);
    size_t total = args->length + (dict ? dict->length : 0);
    ValueArray *array = value_array_new(thread, total);
    if (!array) return VALUE_ERROR;
    memcpy(array->items, args->items, args->length * sizeof(Value));
    Value names = VALUE_ABSENT;
    if (dict && dict->length) {
        names = split_keywords(thread, dict, array->items + args->length);
        if (value_is_error(names)) return names;
    }
    return enter_function(thread, function, top, array->items, (int)args->length, names, 0);
}

// Compiled code merges mappings by DICT_MERGE, which looks at the keys; other code may not.
static bool check_keywords(Thread *thread, Value callable, const Dict *dict) {
    size_t position = 0;
    Value key, value;
    while (dict_next(dict, &position, &key, &value)) {
        if (LIKELY(value_is_str(key))) continue;
        Value function = object_describe_callable(thread, callable);
        if (!value_is_error(function))
            raise_type_error(thread, "%U keywords must be strings", function);
        return false;
    }
    return true;
}

Value call_unpacked(Thread *thread, Value callable, Value args, Value keywords, Value *top) {
    if (!value_is_tuple_exact(args)) {
        if (!type_of(args)->iterate && !type_of(args)->get_item) {
            Value function = object_describe_callable(thread, callable);
            if (value_is_error(function)) return function;
            return raise_type_error(thread, "%U argument after * must be an iterable, not %T",
                                    function, args);
        }
        args = object_to_tuple(thread, args);
        if (value_is_error(args)) return args;
    }
    if (!value_is_absent(keywords) && !value_is_dict_exact(keywords)) {
        Value dict = dict_new(thread);
        if (value_is_error(dict)) return dict;
        if (!dict_merge_keywords(thread, value_as_dict(dict), keywords, callable))
            return VALUE_ERROR;
        keywords = dict;
    }
    if (!value_is_absent(keywords) && !check_keywords(thread, callable, value_as_dict(keywords)))
        return VALUE_ERROR;
    if (value_is_function(callable))
        return call_python_unpacked(thread, value_as_function(callable), value_as_tuple(args),
                                    keywords, top);
    return object_call_unpacked(thread, callable, args, keywords);
}

bool check_initializer_result(Thread *thread, Value result) {
    if (LIKELY(value_is_none(result))) return true;
    raise_type_error(thread, "__init__() should return None, not '%T'", result);
    return false;
}

// Stack of MAKE_FUNCTION below the code object: defaults (1), keyword defaults (2), annotations
// (4), closure (8), those that `flags` names.
Value make_function(Thread *thread, const Frame *frame, Value *top, int flags) {
    Value value = function_new(thread, value_as_code(*--top), frame->function->globals);
    if (value_is_error(value)) return value;
    FunctionObject *function = value_as_function(value);
    if (flags & 8) function->closure = *--top;
    if (flags & 4) function->annotations = *--top;
    if (flags & 2) function->keyword_defaults = *--top;
    if (flags & 1) function->defaults = *--top;
    bool fits = (!(flags & 4) || value_is_tuple(function->annotations)) &&
                (!(flags & 2) || value_is_dict(function->keyword_defaults)) &&
                (!(flags & 1) || value_is_tuple(function->defaults));
    if (UNLIKELY(!fits))
        return raise_error(thread, &exception_SystemError,
                           "MAKE_FUNCTION with operands of wrong types");
    return value;
}
