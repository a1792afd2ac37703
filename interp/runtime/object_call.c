// object_call.c — calls of any value, and isinstance and issubclass, which may call.
#include "objects/dict.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include "objects/str.h"
#include "runtime/slots.h"

enum { WINDOW = 8 };

Value object_call(Thread *thread, Value callable, Value *args, int count, Value names) {
    CallFunction *call = type_of(callable)->call;
    if (UNLIKELY(!call)) return raise_type_error(thread, "'%T' object is not callable", callable);
    if (UNLIKELY(!stack_has_room(thread)) &&
        !thread_check_stack(thread, " while calling a Python object"))
        return VALUE_ERROR;
    return call(thread, callable, args, count, names);
}

Value object_call0(Thread *thread, Value callable) {
    Value none; // callees may add to the address, so it must not be NULL
    return object_call(thread, callable, &none, 0, VALUE_ABSENT);
}

Value object_call1(Thread *thread, Value callable, Value argument) {
    return object_call(thread, callable, &argument, 1, VALUE_ABSENT);
}

Value object_call2(Thread *thread, Value callable, Value a, Value b) {
    Value args[2] = {a, b};
    return object_call(thread, callable, args, 2, VALUE_ABSENT);
}

Value object_call3(Thread *thread, Value callable, Value a, Value b, Value c) {
    Value args[3] = {a, b, c};
    return object_call(thread, callable, args, 3, VALUE_ABSENT);
}

Value object_call_method(Thread *thread, Value object, Value name, Value *args, int count) {
    Value self;
    Value method = object_get_method(thread, object, name, &self);
    if (value_is_error(method)) return method;
    Value small[WINDOW], *window = small;
    if (value_is_absent(self))
        return object_call(thread, method, count ? args : small, count, VALUE_ABSENT);
    if (count >= WINDOW) {
        Value tuple = tuple_new(thread, (size_t)count + 1);
        if (value_is_error(tuple)) return tuple;
        window = value_as_tuple(tuple)->items;
    }
    window[0] = self;
    if (count) memcpy(&window[1], args, (size_t)count * sizeof *args);
    return object_call(thread, method, window, count + 1, VALUE_ABSENT);
}

Value object_call_unpacked(Thread *thread, Value callable, Value tuple, Value dict) {
    Tuple *args = value_as_tuple(tuple);
    if (args->length > INT32_MAX / 2) return raise_memory_error(thread);
    if (value_is_absent(dict) || value_as_dict(dict)->length == 0)
        return object_call(thread, callable, args->items, (int)args->length, VALUE_ABSENT);
    Dict *keywords = value_as_dict(dict);
    Value window = tuple_new(thread, args->length + keywords->length);
    Value names = value_is_error(window) ? window : tuple_new(thread, keywords->length);
    if (value_is_error(names)) return names;
    Value *items = value_as_tuple(window)->items, *name_items = value_as_tuple(names)->items;
    if (args->length) memcpy(items, args->items, args->length * sizeof *items);
    size_t position = 0, index = 0;
    Value key, value;
    while (dict_next(keywords, &position, &key, &value)) {
        name_items[index] = key;
        items[args->length + index++] = value;
    }
    return object_call(thread, callable, items, (int)args->length, names);
}

bool object_is_callable(Value value) { return type_of(value)->call != NULL; }

// Instances and subclasses

// The bases of a value that is no class but says it has some (PEP 3119's abstract case).
static Value find_bases(Thread *thread, Value value) {
    Value bases = object_find_attribute(thread, value, NAMES(thread)->__bases__);
    if (value_is_absent(bases) || value_is_error(bases)) return bases;
    return value_is_tuple(bases) ? bases : VALUE_ABSENT;
}

static int is_abstract_subclass(Thread *thread, Value derived, Value class) {
    if (value_same(derived, class)) return 1;
    if (!thread_check_stack(thread, " in __subclasscheck__")) return -1;
    Value bases = find_bases(thread, derived);
    if (value_is_error(bases)) return -1;
    if (value_is_absent(bases)) return 0;
    Tuple *tuple = value_as_tuple(bases);
    for (size_t i = 0; i < tuple->length; i++) {
        int result = is_abstract_subclass(thread, tuple->items[i], class);
        if (result != 0) return result;
    }
    return 0;
}

static bool check_class(Thread *thread, Value class, const char *message) {
    Value bases = find_bases(thread, class);
    if (value_is_error(bases)) return false;
    if (!value_is_absent(bases)) return true;
    raise_type_error(thread, "%s", message);
    return false;
}

int object_really_is_instance(Thread *thread, Value value, Value class) {
    if (value_is_type(class)) {
        if (type_is_subtype(type_of(value), value_as_type(class))) return 1;
        Value claimed = object_find_attribute(thread, value, NAMES(thread)->__class__);
        if (value_is_error(claimed)) return -1;
        return value_is_type(claimed) && !value_same(claimed, value_from_type(type_of(value))) &&
               type_is_subtype(value_as_type(claimed), value_as_type(class));
    }
    if (!check_class(thread, class,
                     "isinstance() arg 2 must be a type, a tuple of types, or a union"))
        return -1;
    Value claimed = object_find_attribute(thread, value, NAMES(thread)->__class__);
    if (value_is_error(claimed)) return -1;
    return value_is_absent(claimed) ? 0 : is_abstract_subclass(thread, claimed, class);
}

int object_really_is_subclass(Thread *thread, Value derived, Value class) {
    if (value_is_type(derived) && value_is_type(class))
        return type_is_subtype(value_as_type(derived), value_as_type(class));
    if (!value_is_type(derived) &&
        !check_class(thread, derived, "issubclass() arg 1 must be a class"))
        return -1;
    if (!value_is_type(class) &&
        !check_class(thread, class,
                     "issubclass() arg 2 must be a class, a tuple of classes, or a union"))
        return -1;
    return is_abstract_subclass(thread, derived, class);
}

// Asks class.__instancecheck__ or __subclasscheck__; `really` is what those of `type` do.
typedef int Check(Thread *thread, Value value, Value class);

static int check(Thread *thread, Value value, Value class, Value hook, Check *really, Check *each) {
    if (type_of(class) == &type_type) return really(thread, value, class);
    if (value_is_tuple(class)) {
        if (!thread_check_stack(thread, " in __instancecheck__")) return -1;
        Tuple *tuple = value_as_tuple(class);
        for (size_t i = 0; i < tuple->length; i++) {
            int result = each(thread, value, tuple->items[i]);
            if (result != 0) return result;
        }
        return 0;
    }
    Value result = special_call(thread, class, hook, &value, 1);
    if (value_is_error(result)) return -1;
    return value_is_absent(result) ? really(thread, value, class) : object_is_true(thread, result);
}

int object_is_instance(Thread *thread, Value value, Value class_or_tuple) {
    if (value_same(value_from_type(type_of(value)), class_or_tuple)) return 1;
    return check(thread, value, class_or_tuple, NAMES(thread)->__instancecheck__,
                 object_really_is_instance, object_is_instance);
}

int object_is_subclass(Thread *thread, Value value, Value class_or_tuple) {
    return check(thread, value, class_or_tuple, NAMES(thread)->__subclasscheck__,
                 object_really_is_subclass, object_is_subclass);
}

Value object_describe_callable(Thread *thread, Value callable) {
    Value name = object_find_attribute(thread, callable, NAMES(thread)->__qualname__);
    if (value_is_error(name)) return name;
    if (value_is_absent(name) || !value_is_str(name)) return object_str(thread, callable);
    Value module = object_find_attribute(thread, callable, NAMES(thread)->__module__);
    if (value_is_error(module)) return module;
    bool shown = !value_is_absent(module) && value_is_str(module) &&
                 !str_equals_c(value_as_str(module), "builtins");
    return shown ? str_format(thread, "%U.%U()", module, name) : str_format(thread, "%U()", name);
}
