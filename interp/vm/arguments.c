// arguments.c — binding a call's arguments to a function's parameters.
//
// The window that gets the parameters may be the very place where the arguments lie, so anything
// but the plain case copies them out first. Errors are worded as CPython's initialize_locals words
// them.
#include "objects/array.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"
#include "vm/eval.h"

enum { INLINE_ARGUMENTS = 24 };

typedef struct {
    Thread *thread;
    const FunctionObject *function;
    const CodeObject *code;
    Value *window;
    const Value *args; // the positionals, then the keyword values
    int count;         // positionals
    Value names;       // tuple or VALUE_ABSENT
} Binding;

static int total_parameters(const CodeObject *code) {
    return code->co_argcount + code->co_kwonlyargcount;
}

static Value parameter_name(const CodeObject *code, int index) {
    return value_as_tuple(code->co_localsplusnames)->items[index];
}

static int default_count(const FunctionObject *function) {
    return value_is_absent(function->defaults) ? 0
                                               : (int)value_as_tuple(function->defaults)->length;
}

static COLD bool raise_too_many(const Binding *binding) {
    Thread *thread = binding->thread;
    const CodeObject *code = binding->code;
    int keyword_only_given = 0;
    for (int i = code->co_argcount; i < total_parameters(code); i++)
        keyword_only_given += !value_is_absent(binding->window[i]);
    int defaults = default_count(binding->function);
    bool plural = defaults > 0 || code->co_argcount != 1;
    Value signature = defaults > 0 ? str_format(thread, "from %i to %i",
                                                code->co_argcount - defaults, code->co_argcount)
                                   : str_format(thread, "%i", code->co_argcount);
    if (value_is_error(signature)) return false;
    Value keyword_text = NAMES(thread)->empty;
    if (keyword_only_given > 0) {
        keyword_text = str_format(thread, " positional argument%s (and %i keyword-only argument%s)",
                                  binding->count != 1 ? "s" : "", keyword_only_given,
                                  keyword_only_given != 1 ? "s" : "");
        if (value_is_error(keyword_text)) return false;
    }
    raise_type_error(thread, "%U() takes %U positional argument%s but %i%U %s given",
                     binding->function->qualname, signature, plural ? "s" : "", binding->count,
                     keyword_text, binding->count == 1 && !keyword_only_given ? "was" : "were");
    return false;
}

// "'a'", "'a' and 'b'", "'a', 'b', and 'c'"
static Value join_names(Thread *thread, const CodeObject *code, const Value *window, int start,
                        int end, int *missing) {
    int total = 0;
    for (int i = start; i < end; i++) total += value_is_absent(window[i]);
    *missing = total;
    Value text = NAMES(thread)->empty;
    int seen = 0;
    for (int i = start; i < end; i++) {
        if (!value_is_absent(window[i])) continue;
        seen++;
        const char *separator = seen == 1      ? ""
                                : seen < total ? ", "
                                : total == 2   ? " and "
                                               : ", and ";
        text = str_format(thread, "%U%s%R", text, separator, parameter_name(code, i));
        if (value_is_error(text)) return text;
    }
    return text;
}

static COLD bool raise_missing(const Binding *binding, int start, int end, const char *kind) {
    int missing;
    Value names = join_names(binding->thread, binding->code, binding->window, start, end, &missing);
    if (value_is_error(names)) return false;
    raise_type_error(binding->thread, "%U() missing %i required %s argument%s: %U",
                     binding->function->qualname, missing, kind, missing == 1 ? "" : "s", names);
    return false;
}

static int find_parameter(const CodeObject *code, Value name, int start, int end) {
    const Value *names = value_as_tuple(code->co_localsplusnames)->items;
    for (int i = start; i < end; i++)
        if (value_same(names[i], name)) return i;
    for (int i = start; i < end; i++)
        if (str_equal(value_as_str(names[i]), value_as_str(name))) return i;
    return -1;
}

// Positional-only parameters that were passed by keyword are told together.
static COLD bool raise_unexpected_keyword(const Binding *binding, Value name) {
    Thread *thread = binding->thread;
    const CodeObject *code = binding->code;
    Value text = NAMES(thread)->empty;
    const Tuple *names = value_as_tuple(binding->names);
    int found = 0;
    for (int i = 0; i < code->co_posonlyargcount; i++)
        for (size_t k = 0; k < names->length; k++) {
            if (!str_equal(value_as_str(parameter_name(code, i)), value_as_str(names->items[k])))
                continue;
            text = str_format(thread, "%U%s%U", text, found++ ? ", " : "", parameter_name(code, i));
            if (value_is_error(text)) return false;
        }
    if (found)
        raise_type_error(
            thread, "%U() got some positional-only arguments passed as keyword arguments: '%U'",
            binding->function->qualname, text);
    else
        raise_type_error(thread, "%U() got an unexpected keyword argument '%S'",
                         binding->function->qualname, name);
    return false;
}

static bool bind_keywords(const Binding *binding, Value keywords) {
    Thread *thread = binding->thread;
    const CodeObject *code = binding->code;
    const Tuple *names = value_as_tuple(binding->names);
    for (size_t i = 0; i < names->length; i++) {
        Value name = names->items[i], value = binding->args[(size_t)binding->count + i];
        if (!value_is_str(name)) {
            raise_type_error(thread, "%U() keywords must be strings", binding->function->qualname);
            return false;
        }
        int slot = find_parameter(code, name, code->co_posonlyargcount, total_parameters(code));
        if (slot >= 0) {
            if (!value_is_absent(binding->window[slot])) {
                raise_type_error(thread, "%U() got multiple values for argument '%S'",
                                 binding->function->qualname, name);
                return false;
            }
            binding->window[slot] = value;
        } else if (value_is_absent(keywords)) {
            return raise_unexpected_keyword(binding, name);
        } else if (!dict_set(thread, value_as_dict(keywords), name, value)) {
            return false;
        }
    }
    return true;
}

static bool fill_defaults(const Binding *binding) {
    Thread *thread = binding->thread;
    const CodeObject *code = binding->code;
    int defaults = default_count(binding->function), first_default = code->co_argcount - defaults;
    for (int i = binding->count; i < first_default; i++)
        if (value_is_absent(binding->window[i]))
            return raise_missing(binding, 0, first_default, "positional");
    for (int i = first_default < 0 ? 0 : first_default; i < code->co_argcount; i++)
        if (value_is_absent(binding->window[i]))
            binding->window[i] =
                value_as_tuple(binding->function->defaults)->items[i - first_default];
    bool missing = false;
    for (int i = code->co_argcount; i < total_parameters(code); i++) {
        if (!value_is_absent(binding->window[i])) continue;
        Value value = VALUE_ABSENT;
        if (!value_is_absent(binding->function->keyword_defaults))
            value = dict_find_str(thread, value_as_dict(binding->function->keyword_defaults),
                                  parameter_name(code, i));
        if (value_is_absent(value)) missing = true;
        binding->window[i] = value;
    }
    return !missing ||
           raise_missing(binding, code->co_argcount, total_parameters(code), "keyword-only");
}

static bool bind(const Binding *binding) {
    Thread *thread = binding->thread;
    const CodeObject *code = binding->code;
    int positional = binding->count < code->co_argcount ? binding->count : code->co_argcount;
    int extra_slot = total_parameters(code);
    for (int i = 0; i < code->co_nlocalsplus; i++)
        binding->window[i] = i < positional ? binding->args[i] : VALUE_ABSENT;
    Value keywords = VALUE_ABSENT, extra = VALUE_ABSENT;
    if (code->co_flags & CO_VARARGS) {
        extra = tuple_from_values(thread, binding->args + positional,
                                  (size_t)(binding->count - positional));
        if (value_is_error(extra)) return false;
        binding->window[extra_slot++] = extra;
    }
    if (code->co_flags & CO_VARKEYWORDS) {
        keywords = dict_new(thread);
        if (value_is_error(keywords)) return false;
        binding->window[extra_slot] = keywords;
    }
    if (!value_is_absent(binding->names) && !bind_keywords(binding, keywords)) return false;
    if (binding->count > code->co_argcount && !(code->co_flags & CO_VARARGS))
        return raise_too_many(binding);
    return fill_defaults(binding);
}

bool arguments_to_locals(Thread *thread, const FunctionObject *function, Value *window, Value *args,
                         int count, Value names) {
    const CodeObject *code = function->code;
    if (value_is_absent(names) && count == code->co_argcount && code->co_kwonlyargcount == 0 &&
        !(code->co_flags & (CO_VARARGS | CO_VARKEYWORDS))) {
        if (count && args != window) memmove(window, args, (size_t)count * sizeof *args);
        for (int i = count; i < code->co_nlocalsplus; i++) window[i] = VALUE_ABSENT;
        return true;
    }
    size_t total = (size_t)count + (value_is_absent(names) ? 0 : value_as_tuple(names)->length);
    Value copies[INLINE_ARGUMENTS];
    Value *copy = copies;
    ValueArray *array = NULL;
    if (total > INLINE_ARGUMENTS) {
        array = value_array_new(thread, total);
        if (!array) return false;
        copy = array->items;
    }
    if (total) memcpy(copy, args, total * sizeof *copy);
    Binding binding = {thread, function, code, window, copy, count, names};
    bool bound = bind(&binding);
    __asm__ volatile("" : : "r"(array)); // stays reachable until here
    return bound;
}
