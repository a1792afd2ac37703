// signature.c — parses text signatures and binds the arguments of C functions to them.
//
// The errors are worded as CPython's four ways of declaring a C function word them: no arguments,
// one argument, positional-only ("f expected 2 arguments, got 1"), and with keywords.
#include "objects/signature.h"
#include "objects/dict.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"
#include <stdlib.h>

enum { BUCKETS = 512 };

typedef struct SignatureTable {
    Signature *buckets[BUCKETS];
} SignatureTable;

// Parsing

static const char *skip_spaces(const char *text) {
    while (*text == ' ') text++;
    return text;
}

// Behind a default: strings and brackets may hold commas.
static const char *skip_default(const char *text) {
    int depth = 0;
    for (; *text && (depth > 0 || *text != ','); text++) {
        if (*text == '(' || *text == '[' || *text == '{') depth++;
        if (*text == ')' || *text == ']' || *text == '}') depth--;
        if (*text != '\'' && *text != '"') continue;
        char quote = *text++;
        while (*text && *text != quote) text += *text == '\\' && text[1] ? 2 : 1;
        if (!*text) break;
    }
    return text;
}

static bool add_parameter(Signature *signature, const char **text, bool *after_star) {
    const char *p = *text;
    if (signature->count == SIGNATURE_PARAMETER_LIMIT) return false;
    Parameter *parameter = &signature->parameters[signature->count];
    int stars = 0;
    for (; *p == '*'; p++) stars++;
    parameter->name = p;
    while (*p && *p != ',' && *p != '=' && *p != ' ' && *p != ':') p++;
    parameter->length = (uint8_t)(p - parameter->name);
    if (parameter->length == 0 || stars > 2) return false;
    p = skip_default(p);
    parameter->required =
        stars == 0 && !memchr(parameter->name, '=', (size_t)(p - parameter->name));
    if (stars == 1) {
        parameter->kind = PARAMETER_REST;
        signature->rest = signature->count;
        *after_star = true;
    } else if (stars == 2) {
        parameter->kind = PARAMETER_KEYWORDS;
        signature->keywords = signature->count;
    } else if (*after_star) {
        parameter->kind = PARAMETER_KEYWORD_ONLY;
        signature->keyword_only++;
    } else {
        parameter->kind = PARAMETER_POSITIONAL;
        signature->positional++;
        signature->required += parameter->required;
    }
    signature->count++;
    *text = p;
    return true;
}

static bool parse(Signature *signature, const char *text) {
    bool after_star = false;
    for (const char *p = skip_spaces(text); *p;) {
        if (*p == '/') {
            signature->positional_only = signature->positional;
            p++;
        } else if (*p == '*' && (p[1] == ',' || p[1] == ' ')) {
            after_star = true;
            p++;
        } else if (!add_parameter(signature, &p, &after_star)) {
            return false;
        }
        p = skip_spaces(p);
        if (*p && *p++ != ',') return false;
        p = skip_spaces(p);
    }
    return true;
}

const Signature *signature_get(Thread *thread, const char *text) {
    Runtime *runtime = thread->runtime;
    if (!runtime->signatures) runtime->signatures = calloc(1, sizeof *runtime->signatures);
    if (!runtime->signatures) goto no_memory;
    Signature **bucket = &runtime->signatures->buckets[((uintptr_t)text >> 2) % BUCKETS];
    for (Signature *known = *bucket; known; known = known->next)
        if (known->text == text) return known;
    Signature *made = calloc(1, sizeof *made + SIGNATURE_PARAMETER_LIMIT * sizeof(Parameter));
    if (!made) goto no_memory;
    made->text = text;
    made->rest = made->keywords = -1;
    if (!parse(made, text)) {
        free(made);
        raise_error(thread, &exception_SystemError, "bad text signature: %s", text);
        return NULL;
    }
    Signature *fitted = realloc(made, sizeof *made + (size_t)made->count * sizeof(Parameter));
    if (fitted) made = fitted;
    made->next = *bucket;
    return *bucket = made;
no_memory:
    raise_memory_error(thread);
    return NULL;
}

void signatures_finalize(Runtime *runtime) {
    if (!runtime->signatures) return;
    for (size_t i = 0; i < BUCKETS; i++) {
        while (runtime->signatures->buckets[i]) {
            Signature *signature = runtime->signatures->buckets[i];
            runtime->signatures->buckets[i] = signature->next;
            free(signature);
        }
    }
    free(runtime->signatures);
    runtime->signatures = NULL;
}

// Binding

// Everything about one call; counts are without self.
typedef struct {
    Thread *thread;
    const Signature *signature;
    const SignatureUse *use;
    int skip; // 1 with self
    int positional, required, positional_only;
    int given, given_keywords;
} Binding;

static const char *plural(int count) { return count == 1 ? "" : "s"; }

static bool is_positional_only(const Binding *b) {
    const Signature *s = b->signature;
    return s->rest < 0 && s->keywords < 0 && s->keyword_only == 0 &&
           b->positional_only == b->positional;
}

static bool fail_positional(const Binding *b) {
    const SignatureUse *use = b->use;
    if (b->given_keywords)
        raise_type_error(b->thread, "%s%s() takes no keyword arguments", use->qualifier, use->name);
    else if (b->positional == 0)
        raise_type_error(b->thread, "%s%s() takes no arguments (%d given)", use->qualifier,
                         use->name, b->given);
    else if (b->positional == 1 && b->required == 1)
        raise_type_error(b->thread, "%s%s() takes exactly one argument (%d given)", use->qualifier,
                         use->name, b->given);
    else {
        int bound = b->given < b->required ? b->required : b->positional;
        const char *relation = b->required == b->positional ? ""
                               : b->given < b->required     ? "at least "
                                                            : "at most ";
        raise_type_error(b->thread, "%s expected %s%d argument%s, got %d", use->name, relation,
                         bound, plural(bound), b->given);
    }
    return false;
}

static bool check_counts(const Binding *b) {
    const Signature *s = b->signature;
    const char *name = b->use->name;
    if (is_positional_only(b))
        return (!b->given_keywords && b->given >= b->required && b->given <= b->positional) ||
               fail_positional(b);
    int total = b->positional + s->keyword_only;
    if (s->rest < 0 && s->keywords < 0 && b->given + b->given_keywords > total) {
        raise_type_error(b->thread, "%s() takes at most %d %sargument%s (%d given)", name, total,
                         b->given == 0 ? "keyword " : "", plural(total),
                         b->given + b->given_keywords);
        return false;
    }
    if (s->rest < 0 && b->given > b->positional) {
        if (b->positional == 0)
            raise_type_error(b->thread, "%s() takes no positional arguments", name);
        else
            raise_type_error(b->thread, "%s() takes %s %d positional argument%s (%d given)", name,
                             b->required < b->positional ? "at most" : "exactly", b->positional,
                             plural(b->positional), b->given);
        return false;
    }
    int minimum = b->required < b->positional_only ? b->required : b->positional_only;
    if (b->given >= minimum) return true;
    if (s->rest >= 0)
        raise_type_error(b->thread, "%s expected at least %d argument%s, got %d", name, minimum,
                         plural(minimum), b->given);
    else
        raise_type_error(b->thread, "%s() takes %s %d positional argument%s (%d given)", name,
                         minimum < b->positional ? "at least" : "exactly", minimum, plural(minimum),
                         b->given);
    return false;
}

static int find_parameter(const Binding *b, Value name) {
    const Str *str = value_as_str(name);
    if (!str_is_ascii(str)) return -1;
    for (int i = b->skip + b->positional_only; i < b->signature->count; i++) {
        const Parameter *parameter = &b->signature->parameters[i];
        if (parameter->kind <= PARAMETER_KEYWORD_ONLY && parameter->length == str->length &&
            memcmp(parameter->name, str_data(str), str->length) == 0)
            return i;
    }
    return -1;
}

static bool bind_keyword(const Binding *b, Value name, Value value, Value *out) {
    int index = find_parameter(b, name);
    if (index >= 0) {
        if (!value_is_absent(out[index])) {
            raise_type_error(b->thread, "argument for %s() given by name ('%U') and position (%d)",
                             b->use->name, name, index - b->skip + 1);
            return false;
        }
        out[index] = value;
        return true;
    }
    if (b->signature->keywords < 0) {
        raise_type_error(b->thread, "'%U' is an invalid keyword argument for %s()", name,
                         b->use->name);
        return false;
    }
    Value *rest = &out[b->signature->keywords];
    return dict_set(b->thread, value_as_dict(*rest), name, value);
}

static bool check_required(const Binding *b, const Value *out) {
    for (int i = b->skip; i < b->signature->count; i++) {
        const Parameter *parameter = &b->signature->parameters[i];
        if (!parameter->required || !value_is_absent(out[i])) continue;
        raise_type_error(b->thread, "%s() missing required argument '%.*s' (pos %d)", b->use->name,
                         (int)parameter->length, parameter->name, i - b->skip + 1);
        return false;
    }
    return true;
}

bool signature_bind(Thread *thread, const Signature *s, const SignatureUse *use, Value *args,
                    int count, Value names, Value *out) {
    int skip = use->has_self;
    int keywords = value_is_absent(names) ? 0 : (int)value_as_tuple(names)->length;
    Binding b = {thread,
                 s,
                 use,
                 skip,
                 s->positional - skip,
                 s->required - skip,
                 s->positional_only > skip ? s->positional_only - skip : 0,
                 count - skip,
                 keywords};
    if (!check_counts(&b)) return false;
    int direct = count < s->positional ? count : s->positional;
    for (int i = 0; i < s->count; i++) out[i] = i < direct ? args[i] : VALUE_ABSENT;
    if (s->rest >= 0) {
        out[s->rest] = tuple_from_values(thread, args + direct, (size_t)(count - direct));
        if (value_is_error(out[s->rest])) return false;
    }
    if (s->keywords >= 0) {
        out[s->keywords] = dict_new(thread);
        if (value_is_error(out[s->keywords])) return false;
    }
    for (int i = 0; i < keywords; i++)
        if (!bind_keyword(&b, value_as_tuple(names)->items[i], args[count + i], out)) return false;
    return check_required(&b, out);
}
