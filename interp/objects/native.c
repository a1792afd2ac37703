// native.c — functions written in C: builtin functions, bound builtin methods, method descriptors.
//
// One struct serves all three; a descriptor has no self, a bound method has one and an owner, a
// module's function has its module as self but does not pass it on.
#include "objects/native.h"
#include "objects/builtin_types.h"
#include "objects/signature.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include <stdio.h>

static Value type_py_new(Thread *thread, Value *args, int count) {
    (void)args;
    (void)count;
    return raise_error(thread, &exception_SystemError, "__new__ is called through its type");
}

static const MethodRow constructor_row = {
    "__new__", type_py_new, "*args, **kwargs",
    "Create and return a new object.  See help(type) for accurate signature.", METHOD_STATIC};

static bool is_constructor(const NativeCallable *callable) {
    return callable->row == &constructor_row;
}

// Making

static NativeCallable *allocate(Thread *thread, uint32_t shape, const MethodRow *row) {
    const Signature *signature = signature_get(thread, row->signature);
    if (!signature) return NULL;
    NativeCallable *callable =
        (NativeCallable *)heap_allocate(thread->heap, sizeof *callable, shape);
    if (!callable) {
        raise_memory_error(thread);
        return NULL;
    }
    callable->row = row;
    callable->signature = signature;
    return callable;
}

// `skip`: whether the first parameter is self.
static int16_t exact_count(const Signature *signature, int skip) {
    if (signature->rest == skip && signature->count == skip + 1) return -1;
    if (signature->rest >= 0 || signature->keywords >= 0 || signature->keyword_only) return -2;
    return (int16_t)signature->positional;
}

Value native_function_new(Thread *thread, const MethodRow *row, Value self, Value module_name) {
    NativeCallable *callable = allocate(thread, SHAPE_native_function, row);
    if (!callable) return VALUE_ERROR;
    callable->self = self;
    callable->module_name = module_name;
    callable->exact_count = exact_count(callable->signature, 0);
    return value_from_object(callable);
}

Value method_descriptor_new(Thread *thread, Type *owner, const MethodRow *row) {
    bool of_class = row->kind == METHOD_CLASS;
    NativeCallable *callable =
        allocate(thread, of_class ? SHAPE_classmethod_descriptor : SHAPE_method_descriptor, row);
    if (!callable) return VALUE_ERROR;
    callable->owner = owner;
    callable->exact_count = exact_count(callable->signature, 1);
    return value_from_object(callable);
}

Value constructor_new(Thread *thread, Type *type) {
    Value function =
        native_function_new(thread, &constructor_row, value_from_type(type), VALUE_ABSENT);
    if (!value_is_error(function)) {
        NativeCallable *callable = (NativeCallable *)value_as_object(function);
        callable->owner = type;
        callable->exact_count = -2;
    }
    return function;
}

Type *constructor_owner(Value function) {
    if (!value_has_shape(function, SHAPE_native_function)) return NULL;
    NativeCallable *callable = (NativeCallable *)value_as_object(function);
    return is_constructor(callable) ? callable->owner : NULL;
}

static Value bind_to(Thread *thread, NativeCallable *descriptor, Value self) {
    NativeCallable *bound =
        (NativeCallable *)heap_allocate(thread->heap, sizeof *bound, SHAPE_native_function);
    if (!bound) return raise_memory_error(thread);
    bound->row = descriptor->row;
    bound->signature = descriptor->signature;
    bound->owner = descriptor->owner;
    bound->exact_count = descriptor->exact_count;
    bound->self = self;
    return value_from_object(bound);
}

static bool passes_self(const NativeCallable *callable) { return callable->owner != NULL; }

// Calling

static bool check_self(Thread *thread, const NativeCallable *callable, const Value *args,
                       int count) {
    const char *name = callable->row->name;
    const Type *owner = callable->owner;
    if (count < 1) {
        raise_type_error(thread, "unbound method %s.%s() needs an argument", owner->name, name);
        return false;
    }
    if (type_is_subtype(type_of(args[0]), owner)) return true;
    raise_type_error(thread, "descriptor '%s' for '%s' objects doesn't apply to a '%T' object",
                     name, owner->name, args[0]);
    return false;
}

// The name of a type without the module that a builtin one may have in front.
static const char *plain_type_name(const Type *type) {
    const char *dot = (type->flags & TYPE_HEAP) ? NULL : strrchr(type->name, '.');
    return dot ? dot + 1 : type->name;
}

// What stands before the name in a message: "list." of list.append, "math." of math.sqrt; a class
// method says the class that it was called on, a bound one the class of the object.
static void write_qualifier(Thread *thread, const NativeCallable *callable, char *text,
                            size_t size) {
    const char *name = NULL;
    if (callable->owner)
        name = plain_type_name(value_is_type(callable->self)     ? value_as_type(callable->self)
                               : value_is_absent(callable->self) ? callable->owner
                                                                 : type_of(callable->self));
    else if (value_is_str(callable->module_name) &&
             !str_equals_c(value_as_str(callable->module_name), "builtins"))
        name = str_as_utf8_lossy(thread, callable->module_name, &(size_t){0});
    // Written at every call by keyword, so no printf.
    size_t length = name ? strlen(name) : 0;
    if (length > size - 2) length = size - 2;
    if (length) memcpy(text, name, length);
    if (name) text[length++] = '.';
    text[length] = 0;
}

// Positionals only, not too many and not too few: the rest are absent.
static bool binds_plainly(const Signature *signature, int count) {
    return signature->rest < 0 && signature->keywords < 0 && count >= signature->required &&
           count <= signature->positional;
}

// `args` begins with self if the row has one.
static Value call_bound(Thread *thread, const NativeCallable *callable, Value *args, int count,
                        Value names) {
    const MethodRow *row = callable->row;
    bool named = !value_is_absent(names) && value_as_tuple(names)->length != 0;
    if (!named && (count == callable->exact_count || callable->exact_count == -1))
        return row->function(thread, args, count);
    Value out[SIGNATURE_PARAMETER_LIMIT];
    if (!named && binds_plainly(callable->signature, count)) {
        if (count) memcpy(out, args, (size_t)count * sizeof *out);
        for (int i = count; i < callable->signature->count; i++) out[i] = VALUE_ABSENT;
        return row->function(thread, out, callable->signature->count);
    }
    char qualifier[128];
    write_qualifier(thread, callable, qualifier, sizeof qualifier);
    if (named && callable->exact_count == -1)
        return raise_type_error(thread, "%s%s() takes no keyword arguments", qualifier, row->name);
    SignatureUse use = {row->name, qualifier, passes_self(callable)};
    if (!signature_bind(thread, callable->signature, &use, args, count, names, out))
        return VALUE_ERROR;
    return row->function(thread, out, callable->signature->count);
}

// __new__(type, ...) of a builtin type: the type must derive from it without a nearer constructor.
static Value construct(Thread *thread, NativeCallable *callable, Value *args, int count,
                       Value names) {
    Type *owner = callable->owner;
    if (count < 1)
        return raise_type_error(thread, "%s.__new__(): not enough arguments", owner->name);
    if (!value_is_type(args[0]))
        return raise_type_error(thread, "%s.__new__(X): X is not a type object (%T)", owner->name,
                                args[0]);
    Type *type = value_as_type(args[0]);
    if (!type_is_subtype(type, owner))
        return raise_type_error(thread, "%s.__new__(%s): %s is not a subtype of %s", owner->name,
                                type->name, type->name, owner->name);
    const Type *builtin = type;
    while (builtin->flags & TYPE_HEAP) builtin = builtin->base;
    if (builtin->make != owner->make)
        return raise_type_error(thread, "%s.__new__(%s) is not safe, use %s.__new__()", owner->name,
                                type->name, builtin->name);
    return owner->make(thread, type, args + 1, count - 1, names);
}

enum { WINDOW = 12 };

// Puts self before the arguments.
static Value call_with_self(Thread *thread, NativeCallable *callable, Value self, Value *args,
                            int count, Value names) {
    int given = count + (value_is_absent(names) ? 0 : (int)value_as_tuple(names)->length);
    Value small[WINDOW], *window = small;
    if (given >= WINDOW) {
        Value tuple = tuple_new(thread, (size_t)given + 1);
        if (value_is_error(tuple)) return tuple;
        window = value_as_tuple(tuple)->items;
    }
    window[0] = self;
    if (given) memcpy(&window[1], args, (size_t)given * sizeof *args);
    return call_bound(thread, callable, window, count + 1, names);
}

Value native_call(Thread *thread, NativeCallable *callable, Value *args, int count, Value names) {
    if (!stack_has_room(thread) && !thread_check_stack(thread, " while calling a Python object"))
        return VALUE_ERROR;
    if (callable->header.shape == SHAPE_method_descriptor) {
        if (!check_self(thread, callable, args, count)) return VALUE_ERROR;
        return call_bound(thread, callable, args, count, names);
    }
    if (callable->header.shape == SHAPE_classmethod_descriptor)
        return raise_type_error(thread, "'classmethod_descriptor' object is not callable");
    if (is_constructor(callable)) return construct(thread, callable, args, count, names);
    if (!passes_self(callable)) return call_bound(thread, callable, args, count, names);
    return call_with_self(thread, callable, callable->self, args, count, names);
}

static Value call_native(Thread *thread, Value callable, Value *args, int count, Value names) {
    return native_call(thread, (NativeCallable *)value_as_object(callable), args, count, names);
}

bool arguments_bind(Thread *thread, const char *function, const char *signature, Value *args,
                    int count, Value names, Value *out) {
    const Signature *parsed = signature_get(thread, signature);
    if (!parsed) return false;
    if (value_is_absent(names) && binds_plainly(parsed, count)) {
        if (count) memcpy(out, args, (size_t)count * sizeof *out);
        for (int i = count; i < parsed->count; i++) out[i] = VALUE_ABSENT;
        return true;
    }
    SignatureUse use = {function, "", false};
    return signature_bind(thread, parsed, &use, args, count, names, out);
}

// Attributes

static NativeCallable *as_native(Value value) { return (NativeCallable *)value_as_object(value); }

static Value native_py_get_name(Thread *thread, Value self) {
    return str_intern_c(thread, as_native(self)->row->name);
}

// The type that a qualified name starts with.
static Value qualifier_of(const NativeCallable *callable) {
    if (is_constructor(callable)) return callable->owner->qualname;
    if (!callable->owner || value_is_absent(callable->self))
        return callable->owner ? callable->owner->qualname : VALUE_ABSENT;
    Value self = callable->self;
    return value_is_type(self) ? value_as_type(self)->qualname : type_of(self)->qualname;
}

static Value native_py_get_qualname(Thread *thread, Value self) {
    NativeCallable *callable = as_native(self);
    Value qualifier = qualifier_of(callable);
    if (value_is_absent(qualifier)) return str_intern_c(thread, callable->row->name);
    return str_format(thread, "%U.%s", qualifier, callable->row->name);
}

static Value native_py_get_module(Thread *thread, Value self) {
    (void)thread;
    Value name = as_native(self)->module_name;
    return value_is_absent(name) ? VALUE_NONE : name;
}

static Value native_py_get_self(Thread *thread, Value self) {
    (void)thread;
    Value bound = as_native(self)->self;
    return value_is_absent(bound) ? VALUE_NONE : bound;
}

static Value native_py_get_owner(Thread *thread, Value self) {
    (void)thread;
    return value_from_type(as_native(self)->owner);
}

static Value native_py_get_documentation(Thread *thread, Value self) {
    const char *text = as_native(self)->row->documentation;
    return text ? str_from_c(thread, text) : VALUE_NONE;
}

static Value native_py_get_text_signature(Thread *thread, Value self) {
    NativeCallable *callable = as_native(self);
    const char *text = callable->row->signature;
    bool has_self = passes_self(callable) && !is_constructor(callable);
    return str_format(thread, "(%s%s)", has_self ? "$" : "", text);
}

static const GetSetRow function_getsets[] = {
    {"__name__", native_py_get_name, NULL, NULL},
    {"__qualname__", native_py_get_qualname, NULL, NULL},
    {"__module__", native_py_get_module, NULL, NULL},
    {"__self__", native_py_get_self, NULL, NULL},
    {"__doc__", native_py_get_documentation, NULL, NULL},
    {"__text_signature__", native_py_get_text_signature, NULL, NULL},
    {0},
};
static const GetSetRow descriptor_getsets[] = {
    {"__name__", native_py_get_name, NULL, NULL},
    {"__qualname__", native_py_get_qualname, NULL, NULL},
    {"__objclass__", native_py_get_owner, NULL, NULL},
    {"__doc__", native_py_get_documentation, NULL, NULL},
    {"__text_signature__", native_py_get_text_signature, NULL, NULL},
    {0},
};

// Slots

static void trace_native(Marker *marker, Object *object) {
    NativeCallable *callable = (NativeCallable *)object;
    mark_value(marker, callable->self);
    mark_value(marker, callable->module_name);
    mark_object(marker, callable->owner);
}

static Value repr_function(Thread *thread, Value self) {
    NativeCallable *callable = as_native(self);
    if (value_is_absent(callable->self) || (!callable->owner && !value_is_type(callable->self)))
        return str_format(thread, "<built-in function %s>", callable->row->name);
    return str_format(thread, "<built-in method %s of %T object at %p>", callable->row->name,
                      callable->self, (void *)callable->self.bits);
}

static Value repr_descriptor(Thread *thread, Value self) {
    NativeCallable *callable = as_native(self);
    return str_format(thread, "<method '%s' of '%N' objects>", callable->row->name,
                      callable->owner);
}

// Two bound methods are equal if they bind the same function to the same object.
static Value compare_functions(Thread *thread, Value self, Value other, CompareOperator op) {
    (void)thread;
    if ((op != COMPARE_EQ && op != COMPARE_NE) || !value_has_shape(other, SHAPE_native_function))
        return VALUE_NOT_IMPLEMENTED;
    NativeCallable *a = as_native(self), *b = as_native(other);
    bool equal = a->row == b->row && value_same(a->self, b->self) && a->owner == b->owner;
    return value_from_bool(equal == (op == COMPARE_EQ));
}

static bool hash_function(Thread *thread, Value self, int64_t *hash) {
    (void)thread;
    NativeCallable *callable = as_native(self);
    uint64_t mixed = callable->self.bits * 31 ^ (uintptr_t)callable->row;
    *hash = (int64_t)(mixed >> 3);
    if (*hash == -1) *hash = -2;
    return true;
}

static Value get_descriptor(Thread *thread, Value self, Value object, Value owner) {
    (void)owner;
    if (value_is_absent(object)) return self;
    NativeCallable *descriptor = as_native(self);
    if (type_is_subtype(type_of(object), descriptor->owner))
        return bind_to(thread, descriptor, object);
    return raise_type_error(thread,
                            "descriptor '%s' for '%N' objects doesn't apply to a '%T' object",
                            descriptor->row->name, descriptor->owner, object);
}

static Value get_classmethod(Thread *thread, Value self, Value object, Value owner) {
    NativeCallable *descriptor = as_native(self);
    if (value_is_absent(owner)) owner = value_from_type(type_of(object));
    if (!value_is_type(owner))
        return raise_type_error(thread,
                                "descriptor '%s' for type '%N' needs a type, not a '%T' as arg 2",
                                descriptor->row->name, descriptor->owner, owner);
    if (!type_is_subtype(value_as_type(owner), descriptor->owner))
        return raise_type_error(
            thread, "descriptor '%s' requires a subtype of '%N' but received '%s'",
            descriptor->row->name, descriptor->owner, value_as_type(owner)->name);
    return bind_to(thread, descriptor, owner);
}

Type native_function_type = {
    TYPE_STATIC_HEADER(native_function),
    .name = "builtin_function_or_method",
    .basic_size = sizeof(NativeCallable),
    .getsets = function_getsets,
    .trace = trace_native,
    .call = call_native,
    .repr = repr_function,
    .hash = hash_function,
    .compare = compare_functions,
};

Type method_descriptor_type = {
    TYPE_STATIC_HEADER(method_descriptor),
    .name = "method_descriptor",
    .basic_size = sizeof(NativeCallable),
    .flags = TYPE_METHOD_DESCRIPTOR,
    .getsets = descriptor_getsets,
    .trace = trace_native,
    .call = call_native,
    .repr = repr_descriptor,
    .descriptor_get = get_descriptor,
};

Type classmethod_descriptor_type = {
    TYPE_STATIC_HEADER(classmethod_descriptor),
    .name = "classmethod_descriptor",
    .basic_size = sizeof(NativeCallable),
    .getsets = descriptor_getsets,
    .trace = trace_native,
    .repr = repr_descriptor,
    .descriptor_get = get_classmethod,
};
