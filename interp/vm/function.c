// function.c — the types function and method.
#include "vm/function.h"
#include "bytecode/opcodes.h"
#include "objects/bytes.h"
#include "objects/native.h"
#include "objects/str.h"
#include "objects/text.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include "vm/eval.h"
#include <stddef.h>

static int32_t count_exact(const CodeObject *code) {
    int special = CO_VARARGS | CO_VARKEYWORDS | CO_OPTIMIZED;
    bool plain = (code->co_flags & special) == CO_OPTIMIZED && code->co_kwonlyargcount == 0;
    return plain ? code->co_argcount : -1;
}

static Dict *find_builtins(Thread *thread, Dict *globals) {
    Value builtins = dict_find_str(thread, globals, NAMES(thread)->__builtins__);
    if (value_has_shape(builtins, SHAPE_module))
        builtins = ((Module *)value_as_object(builtins))->dict;
    return value_is_dict(builtins) ? value_as_dict(builtins)
                                   : value_as_dict(thread->runtime->builtins);
}

Value function_new(Thread *thread, CodeObject *code, Dict *globals) {
    Object *object = heap_allocate(thread->heap, sizeof(FunctionObject), SHAPE_function);
    if (!object) return raise_memory_error(thread);
    FunctionObject *function = (FunctionObject *)object;
    function->code = code;
    function->globals = globals;
    function->name = code->co_name;
    function->qualname = code->co_qualname;
    function->exact_count = count_exact(code);
    function->builtins = find_builtins(thread, globals);
    Value module = dict_find_str(thread, globals, NAMES(thread)->__name__);
    function->module = value_is_absent(module) ? VALUE_NONE : module;
    const Tuple *constants = value_as_tuple(code->co_consts);
    bool has_documentation = constants->length > 0 && value_is_str(constants->items[0]);
    function->documentation = has_documentation ? constants->items[0] : VALUE_NONE;
    return value_from_object(function);
}

enum { RESERVED_SLOT_LIMIT = 32 };

// Distinct names that the code stores attributes under.
static int count_stored_names(const CodeObject *code) {
    const Bytes *bytes = value_as_bytes(code->co_code);
    unsigned names[RESERVED_SLOT_LIMIT], arg = 0;
    int count = 0;
    for (size_t at = 0; at + 1 < bytes->length; at += 2) {
        int opcode = bytes->data[at];
        arg |= bytes->data[at + 1];
        if (opcode == OP_STORE_ATTR && count < RESERVED_SLOT_LIMIT) {
            int known = 0;
            while (known < count && names[known] != arg) known++;
            if (known == count) names[count++] = arg;
        }
        arg = opcode == OP_EXTENDED_ARG ? arg << 8 : 0;
        at += 2 * (size_t)opcode_caches(opcode);
    }
    return count;
}

void function_reserve_slots(Thread *thread, Type *type) {
    if (!type->inline_slots) return; // no instance attributes, or not in slots
    Value own = dict_find_str(thread, value_as_dict(type->dict), NAMES(thread)->__init__);
    if (!value_is_function(own)) return;
    int count = count_stored_names(value_as_function(own)->code);
    if (type->base->flags & TYPE_HEAP) count += type->base->inline_slots;
    if (count > RESERVED_SLOT_LIMIT) count = RESERVED_SLOT_LIMIT;
    if (count > 0) type->inline_slots = (uint16_t)count;
}

static FunctionObject *self_function(Value self) { return (FunctionObject *)value_as_object(self); }

static void function_trace(Marker *marker, Object *object) {
    FunctionObject *function = (FunctionObject *)object;
    mark_object(marker, function->code);
    mark_object(marker, function->globals);
    mark_object(marker, function->builtins);
    mark_value(marker, function->closure);
    mark_value(marker, function->defaults);
    mark_value(marker, function->keyword_defaults);
    mark_value(marker, function->annotations);
    mark_value(marker, function->name);
    mark_value(marker, function->qualname);
    mark_value(marker, function->module);
    mark_value(marker, function->documentation);
    mark_value(marker, function->type_parameters);
}

static Value function_slot_call(Thread *thread, Value callable, Value *args, int count,
                                Value names) {
    return eval_vector(thread, self_function(callable), VALUE_ABSENT, args, count, names);
}

static Value function_slot_repr(Thread *thread, Value self) {
    return str_format(thread, "<function %U at %p>", self_function(self)->qualname,
                      (void *)value_as_object(self));
}

static Value function_slot_descriptor_get(Thread *thread, Value self, Value object, Value owner) {
    (void)owner;
    if (value_is_absent(object) || value_is_none(object)) return self;
    return method_new(thread, self, object);
}

static Value none_if_absent(Value value) { return value_is_absent(value) ? VALUE_NONE : value; }

static Value function_get_code(Thread *thread, Value self) {
    (void)thread;
    return value_from_object(self_function(self)->code);
}

static bool function_set_code(Thread *thread, Value self, Value value) {
    if (!value_is_code(value)) {
        raise_type_error(thread, "__code__ must be set to a code object");
        return false;
    }
    FunctionObject *function = self_function(self);
    CodeObject *code = value_as_code(value);
    int cells =
        value_is_absent(function->closure) ? 0 : (int)value_as_tuple(function->closure)->length;
    if (code->co_nfreevars != cells) {
        raise_value_error(thread, "%U() requires a code object with %i free vars, not %i",
                          function->name, cells, code->co_nfreevars);
        return false;
    }
    object_store_pointer(thread->heap, function, &function->code, code);
    function->exact_count = count_exact(code);
    return true;
}

static Value function_get_defaults(Thread *thread, Value self) {
    (void)thread;
    return none_if_absent(self_function(self)->defaults);
}

static bool function_set_defaults(Thread *thread, Value self, Value value) {
    if (value_is_none(value)) value = VALUE_ABSENT;
    if (!value_is_absent(value) && !value_is_tuple(value)) {
        raise_type_error(thread, "__defaults__ must be set to a tuple object");
        return false;
    }
    object_store(thread->heap, self_function(self), &self_function(self)->defaults, value);
    return true;
}

static Value function_get_keyword_defaults(Thread *thread, Value self) {
    (void)thread;
    return none_if_absent(self_function(self)->keyword_defaults);
}

static bool function_set_keyword_defaults(Thread *thread, Value self, Value value) {
    if (value_is_none(value)) value = VALUE_ABSENT;
    if (!value_is_absent(value) && !value_is_dict(value)) {
        raise_type_error(thread, "__kwdefaults__ must be set to a dict object");
        return false;
    }
    object_store(thread->heap, self_function(self), &self_function(self)->keyword_defaults, value);
    return true;
}

// MAKE_FUNCTION leaves a tuple name, value, name, value, ...; the dict is made when first asked
// for.
static Value function_get_annotations(Thread *thread, Value self) {
    FunctionObject *function = self_function(self);
    if (value_is_dict(function->annotations)) return function->annotations;
    Value dict = dict_new(thread);
    if (value_is_error(dict)) return dict;
    if (value_is_tuple(function->annotations)) {
        const Tuple *pairs = value_as_tuple(function->annotations);
        for (size_t i = 0; i + 1 < pairs->length; i += 2)
            if (!dict_set(thread, value_as_dict(dict), pairs->items[i], pairs->items[i + 1]))
                return VALUE_ERROR;
    }
    object_store(thread->heap, function, &function->annotations, dict);
    return dict;
}

static bool function_set_annotations(Thread *thread, Value self, Value value) {
    if (value_is_none(value)) value = VALUE_ABSENT;
    if (!value_is_absent(value) && !value_is_dict(value)) {
        raise_type_error(thread, "__annotations__ must be set to a dict object");
        return false;
    }
    object_store(thread->heap, self_function(self), &self_function(self)->annotations, value);
    return true;
}

static Value function_get_name(Thread *thread, Value self) {
    (void)thread;
    return self_function(self)->name;
}

static Value function_get_qualname(Thread *thread, Value self) {
    (void)thread;
    return self_function(self)->qualname;
}

bool function_set_text(Thread *thread, Value self, Value *slot, Value value,
                       const char *attribute) {
    if (!value_is_str(value)) {
        raise_type_error(thread, "%s must be set to a string object", attribute);
        return false;
    }
    object_store(thread->heap, value_as_object(self), slot, value);
    return true;
}

static bool function_set_name(Thread *thread, Value self, Value value) {
    return function_set_text(thread, self, &self_function(self)->name, value, "__name__");
}

static bool function_set_qualname(Thread *thread, Value self, Value value) {
    return function_set_text(thread, self, &self_function(self)->qualname, value, "__qualname__");
}

static Value function_get_type_parameters(Thread *thread, Value self) {
    Value parameters = self_function(self)->type_parameters;
    return value_is_absent(parameters) ? tuple_from_values(thread, NULL, 0) : parameters;
}

static bool function_set_type_parameters(Thread *thread, Value self, Value value) {
    if (!value_is_tuple(value)) {
        raise_type_error(thread, "__type_params__ must be set to a tuple");
        return false;
    }
    object_store(thread->heap, self_function(self), &self_function(self)->type_parameters, value);
    return true;
}

static Value function_get_dict(Thread *thread, Value self) {
    return instance_dict(thread, value_as_object(self));
}

static bool function_set_dict(Thread *thread, Value self, Value value) {
    if (!value_is_absent(value)) return object_py_set_dict(thread, self, value);
    raise_type_error(thread, "cannot delete __dict__");
    return false;
}

static const GetSetRow function_getsets[] = {
    {"__code__", function_get_code, function_set_code, NULL},
    {"__defaults__", function_get_defaults, function_set_defaults, NULL},
    {"__kwdefaults__", function_get_keyword_defaults, function_set_keyword_defaults, NULL},
    {"__annotations__", function_get_annotations, function_set_annotations, NULL},
    {"__name__", function_get_name, function_set_name, NULL},
    {"__qualname__", function_get_qualname, function_set_qualname, NULL},
    {"__type_params__", function_get_type_parameters, function_set_type_parameters, NULL},
    {"__dict__", function_get_dict, function_set_dict, NULL},
    {NULL, NULL, NULL, NULL},
};
static const MemberRow function_members[] = {
    {"__globals__", offsetof(FunctionObject, globals), true, false, NULL},
    {"__builtins__", offsetof(FunctionObject, builtins), true, false, NULL},
    {"__closure__", offsetof(FunctionObject, closure), true, true, NULL},
    {"__doc__", offsetof(FunctionObject, documentation), false, true, NULL},
    {"__module__", offsetof(FunctionObject, module), false, true, NULL},
    {NULL, 0, false, false, NULL},
};

Type function_type = {
    TYPE_STATIC_HEADER(function),
    .name = "function",
    .documentation = "Create a function object.",
    .flags = TYPE_IMMUTABLE | TYPE_METHOD_DESCRIPTOR,
    .basic_size = sizeof(FunctionObject),
    .make = function_make,
    .extension_offset = offsetof(FunctionObject, extension),
    .getsets = function_getsets,
    .members = function_members,
    .trace = function_trace,
    .call = function_slot_call,
    .repr = function_slot_repr,
    .descriptor_get = function_slot_descriptor_get,
};

Value method_new(Thread *thread, Value function, Value self) {
    Object *object = heap_allocate(thread->heap, sizeof(MethodObject), SHAPE_method);
    if (!object) return raise_memory_error(thread);
    MethodObject *method = (MethodObject *)object;
    method->function = function;
    method->self = self;
    return value_from_object(method);
}

static MethodObject *self_method(Value self) { return (MethodObject *)value_as_object(self); }

static void method_trace(Marker *marker, Object *object) {
    mark_value(marker, ((MethodObject *)object)->function);
    mark_value(marker, ((MethodObject *)object)->self);
}

enum { METHOD_INLINE_ARGUMENTS = 8 };

static Value method_slot_call(Thread *thread, Value callable, Value *args, int count, Value names) {
    const MethodObject *method = self_method(callable);
    size_t total = (size_t)count + (value_is_absent(names) ? 0 : value_as_tuple(names)->length);
    Value inline_args[METHOD_INLINE_ARGUMENTS + 1];
    Value *with_self = inline_args;
    ValueArray *array = NULL;
    if (total > METHOD_INLINE_ARGUMENTS) {
        array = value_array_new(thread, total + 1);
        if (!array) return VALUE_ERROR;
        with_self = array->items;
    }
    with_self[0] = method->self;
    if (total) memcpy(with_self + 1, args, total * sizeof *args);
    Value result = object_call(thread, method->function, with_self, count + 1, names);
    __asm__ volatile("" : : "r"(array)); // stays reachable until here
    return result;
}

static Value method_slot_repr(Thread *thread, Value self) {
    const MethodObject *method = self_method(self);
    Value name = object_find_attribute(thread, method->function, NAMES(thread)->__qualname__);
    if (value_is_absent(name))
        name = object_find_attribute(thread, method->function, NAMES(thread)->__name__);
    if (value_is_error(name)) return name;
    if (!value_is_str(name)) return str_format(thread, "<bound method ? of %R>", method->self);
    return str_format(thread, "<bound method %U of %R>", name, method->self);
}

static bool method_slot_hash(Thread *thread, Value self, int64_t *hash) {
    const MethodObject *method = self_method(self);
    int64_t function_hash;
    if (!object_hash(thread, method->function, &function_hash)) return false;
    *hash = function_hash ^ (int64_t)(method->self.bits >> 4);
    if (*hash == -1) *hash = -2;
    return true;
}

static Value method_slot_compare(Thread *thread, Value self, Value other, CompareOperator op) {
    if ((op != COMPARE_EQ && op != COMPARE_NE) || !value_has_shape(other, SHAPE_method))
        return VALUE_NOT_IMPLEMENTED;
    const MethodObject *a = self_method(self), *b = self_method(other);
    int equal = object_equal(thread, a->function, b->function);
    if (equal < 0) return VALUE_ERROR;
    equal = equal && value_is_identical(a->self, b->self);
    return value_from_bool(equal == (op == COMPARE_EQ));
}

// Attributes that a method does not have itself are the function's.
static Value method_slot_get_attribute(Thread *thread, Value self, Value name) {
    if (!value_is_str(name))
        return raise_type_error(thread, "attribute name must be string, not '%T'", name);
    name = str_intern(thread, name);
    if (value_is_error(name)) return name;
    Value descriptor = type_find(&method_type, name);
    if (!value_is_absent(descriptor)) return object_generic_get_attribute(thread, self, name);
    return object_get_attribute(thread, self_method(self)->function, name);
}

static Value method_make(Thread *thread, Type *type, Value *args, int count, Value names) {
    (void)type;
    if (!value_is_absent(names))
        return raise_type_error(thread, "method() takes no keyword arguments");
    if (count != 2) return raise_type_error(thread, "method expected 2 arguments, got %i", count);
    if (!object_is_callable(args[0]))
        return raise_type_error(thread, "first argument must be callable");
    if (value_is_none(args[1])) return raise_type_error(thread, "instance must not be None");
    return method_new(thread, args[0], args[1]);
}

static const MemberRow method_members[] = {
    {"__func__", offsetof(MethodObject, function), true, false,
     "the function (or other callable) implementing a method"},
    {"__self__", offsetof(MethodObject, self), true, false,
     "the instance to which a method is bound"},
    {NULL, 0, false, false, NULL},
};

Type method_type = {
    TYPE_STATIC_HEADER(method),
    .name = "method",
    .documentation = "Create a bound instance method object.",
    .flags = TYPE_IMMUTABLE,
    .basic_size = sizeof(MethodObject),
    .members = method_members,
    .trace = method_trace,
    .make = method_make,
    .call = method_slot_call,
    .repr = method_slot_repr,
    .hash = method_slot_hash,
    .compare = method_slot_compare,
    .get_attribute = method_slot_get_attribute,
};

bool functions_initialize(Thread *thread) {
    return type_ready(thread, &function_type) && type_ready(thread, &method_type);
}
