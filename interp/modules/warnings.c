// warnings.c — warnings of the interpreter and the compiler: filtered as -W says, told on
// sys.stderr.
//
// The filters are the texts in sys.warnoptions, the last one first, then CPython's own (what is
// deprecated shows only in __main__). They are read again for each warning, since warnings are
// rare and a program may change the list. Once a program has imported the module warnings, that
// one decides and prints.
#include "modules/print_internal.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include <ctype.h>
#include <stdlib.h>

typedef enum {
    ACTION_DEFAULT, // once a place
    ACTION_ALWAYS,
    ACTION_IGNORE,
    ACTION_MODULE, // once a module
    ACTION_ONCE,   // once a process
    ACTION_ERROR,
} Action;

// What a warning is about. `module` is the name that filters know; `registry` remembers what has
// been told, VALUE_ABSENT for sources.
typedef struct {
    Type *category;
    Value text;
    Value filename;
    Value module;
    int lineno;
    Value registry;
} Warning;

enum { FIELD_ACTION, FIELD_MESSAGE, FIELD_CATEGORY, FIELD_MODULE, FIELD_LINE, FIELD_COUNT };

// A field of `action:message:category:module:line`, without the spaces around it.
typedef struct {
    const char *text;
    size_t size;
} Field;

static Field trim(const char *text, size_t size) {
    for (; size && isspace((unsigned char)*text); text++) size--;
    while (size && isspace((unsigned char)text[size - 1])) size--;
    return (Field){text, size};
}

// Result: how many fields there are; those that are missing are empty.
static int split(const char *option, Field *fields) {
    int count = 0;
    memset(fields, 0, FIELD_COUNT * sizeof *fields);
    for (;;) {
        size_t size = strcspn(option, ":");
        if (count < FIELD_COUNT) fields[count] = trim(option, size);
        count++;
        if (option[size] == '\0') return count;
        option += size + 1;
    }
}

// An action may be cut short: -We, -Wi.
static bool read_action(Field field, Action *action) {
    static const struct {
        const char *name;
        Action action;
    } actions[] = {
        {"default", ACTION_DEFAULT}, {"always", ACTION_ALWAYS}, {"ignore", ACTION_IGNORE},
        {"module", ACTION_MODULE},   {"once", ACTION_ONCE},     {"error", ACTION_ERROR},
    };
    *action = ACTION_ALWAYS;
    if (field.size == 3 && memcmp(field.text, "all", 3) == 0) return true;
    for (size_t i = 0; i < COUNT_OF(actions); i++)
        if (strncmp(actions[i].name, field.text ? field.text : "", field.size) == 0) {
            *action = actions[i].action;
            return true;
        }
    return false;
}

// The class that a field names; NULL with the reason in *problem.
static Type *read_category(Thread *thread, Field field, char *problem, size_t problem_size) {
    if (field.size == 0) return &exception_Warning;
    const char *dot = NULL;
    for (size_t i = 0; i < field.size; i++)
        if (field.text[i] == '.') dot = field.text + i;
    Value found = VALUE_ABSENT;
    if (dot) {
        Value module_name = str_from_utf8(thread, field.text, (size_t)(dot - field.text));
        Value module =
            value_is_error(module_name) ? VALUE_ERROR : import_module(thread, module_name);
        if (value_is_error(module)) {
            error_clear(thread);
            snprintf(problem, problem_size, "invalid module name: '%.*s'", (int)(dot - field.text),
                     field.text);
            return NULL;
        }
        Value name = str_from_utf8(thread, dot + 1, field.size - (size_t)(dot + 1 - field.text));
        if (!value_is_error(name)) found = object_find_attribute(thread, module, name);
    } else {
        Value name = str_from_utf8(thread, field.text, field.size);
        if (!value_is_error(name))
            found = dict_find_str(thread, value_as_dict(thread->runtime->builtins), name);
    }
    error_clear(thread);
    bool is_class = value_is_type(found);
    if (is_class && type_is_subtype(value_as_type(found), &exception_Warning))
        return value_as_type(found);
    snprintf(problem, problem_size, "%s warning category: '%.*s'", is_class ? "invalid" : "unknown",
             (int)field.size, field.text);
    return NULL;
}

static bool read_line(Field field, int *line) {
    char digits[12] = "0", *end;
    if (field.size >= sizeof digits) return false;
    if (field.size) memcpy(digits, field.text, field.size), digits[field.size] = 0;
    *line = (int)strtol(digits, &end, 10);
    return *end == 0 && *line >= 0;
}

// What is wrong with an option, in CPython's words; "" if nothing is.
static void check_option(Thread *thread, const char *option, char *problem, size_t size) {
    Field fields[FIELD_COUNT];
    Action action;
    int line;
    *problem = 0;
    if (split(option, fields) > FIELD_COUNT)
        snprintf(problem, size, "too many fields (max 5): '%s'", option);
    else if (!read_action(fields[FIELD_ACTION], &action))
        snprintf(problem, size, "invalid action: '%.*s'", (int)fields[FIELD_ACTION].size,
                 fields[FIELD_ACTION].text);
    else if (read_category(thread, fields[FIELD_CATEGORY], problem, size) &&
             !read_line(fields[FIELD_LINE], &line))
        snprintf(problem, size, "invalid lineno '%.*s'", (int)fields[FIELD_LINE].size,
                 fields[FIELD_LINE].text);
}

bool warning_option_add(Thread *thread, const char *option) {
    char problem[200];
    check_option(thread, option, problem, sizeof problem);
    if (*problem) fprintf(stderr, "Invalid -W option ignored: %s\n", problem);
    Value options = sys_get(thread, "warnoptions");
    Value text = str_decode_utf8(thread, option, strlen(option), "surrogateescape");
    return !value_is_error(text) && value_is_list(options) &&
           list_append(thread, value_as_list(options), text);
}

// Filters

// Does the text begin with the field, but for case?
static bool starts_with(Thread *thread, Value text, Field field) {
    size_t size;
    const char *bytes = str_as_utf8_lossy(thread, text, &size);
    return bytes && size >= field.size && strncasecmp(bytes, field.text, field.size) == 0;
}

static bool option_matches(Thread *thread, const char *option, const Warning *warning,
                           Action *action) {
    Field fields[FIELD_COUNT];
    char problem[200];
    int line;
    if (split(option, fields) > FIELD_COUNT || !read_action(fields[FIELD_ACTION], action) ||
        !read_line(fields[FIELD_LINE], &line) || (line != 0 && line != warning->lineno))
        return false;
    const Type *category = read_category(thread, fields[FIELD_CATEGORY], problem, sizeof problem);
    if (!category || !type_is_subtype(warning->category, category)) return false;
    Field message = fields[FIELD_MESSAGE], module = fields[FIELD_MODULE];
    if (message.size && !starts_with(thread, warning->text, message)) return false;
    if (module.size == 0) return true;
    size_t size;
    const char *name = str_as_utf8_lossy(thread, warning->module, &size);
    return name && size == module.size && memcmp(name, module.text, size) == 0;
}

static Action default_action(const Warning *warning) {
    static Type *const silent[] = {&exception_PendingDeprecationWarning, &exception_ImportWarning,
                                   &exception_ResourceWarning};
    if (type_is_subtype(warning->category, &exception_DeprecationWarning))
        return str_equals_c(value_as_str(warning->module), "__main__") ? ACTION_DEFAULT
                                                                       : ACTION_IGNORE;
    for (size_t i = 0; i < COUNT_OF(silent); i++)
        if (type_is_subtype(warning->category, silent[i])) return ACTION_IGNORE;
    return ACTION_DEFAULT;
}

static Action find_action(Thread *thread, const Warning *warning) {
    Value options = sys_get(thread, "warnoptions");
    size_t count = value_is_list(options) ? value_as_list(options)->length : 0;
    for (size_t i = count; i-- > 0 && i < value_as_list(options)->length;) {
        Value option = value_as_list(options)->items->items[i];
        size_t size;
        const char *text = value_is_str(option) ? str_as_utf8_lossy(thread, option, &size) : NULL;
        Action action;
        if (text && option_matches(thread, text, warning, &action)) return action;
    }
    error_clear(thread);
    return default_action(warning);
}

// Has this been told before? Notes it. -1 with an exception.
static int was_told(Thread *thread, const Warning *warning, Value registry, int lineno) {
    Value key = tuple_of(thread, 3, warning->text, value_from_type(warning->category),
                         value_from_fixnum(lineno));
    if (value_is_error(key)) return -1;
    int known = dict_contains(thread, value_as_dict(registry), key);
    if (known == 0 && !dict_set(thread, value_as_dict(registry), key, VALUE_TRUE)) return -1;
    return known;
}

// A dict under that name in a namespace, made when it is not there.
static Value namespace_registry(Thread *thread, Dict *namespace, const char *name) {
    Value interned = str_intern_c(thread, name);
    if (value_is_error(interned)) return interned;
    Value registry = dict_find_str(thread, namespace, interned);
    if (value_is_dict(registry)) return registry;
    registry = dict_new(thread);
    return value_is_error(registry) || dict_set(thread, namespace, interned, registry)
               ? registry
               : VALUE_ERROR;
}

static int is_repeated(Thread *thread, const Warning *warning, Action action) {
    Value registry = warning->registry;
    if (action == ACTION_ONCE && value_is_absent(registry))
        registry = namespace_registry(thread, value_as_dict(thread->runtime->sys_dict),
                                      "__once_warnings__");
    if (value_is_error(registry)) return -1;
    if (action == ACTION_ALWAYS || value_is_absent(registry)) return 0;
    return was_told(thread, warning, registry, action == ACTION_DEFAULT ? warning->lineno : 0);
}

// Telling

// `FILE:LINE: Category: text`, then the source line.
static bool show(Thread *thread, const Warning *warning) {
    Value file = sys_get(thread, "stderr");
    if (value_is_absent(file) || value_is_none(file)) return true;
    Value text = str_format(thread, "%U:%d: %N: %U\n", warning->filename, warning->lineno,
                            warning->category, warning->text);
    if (value_is_error(text) || !stream_write(thread, file, text)) return false;
    text = VALUE_ABSENT;
    Printer printer = {.thread = thread, .source_name = VALUE_ABSENT};
    text_buffer_append_text(&printer.text, "  ");
    if (print_source_line(&printer, warning->filename, warning->lineno)) {
        text = str_decode_utf8(thread, text_buffer_text(&printer.text), printer.text.length,
                               "surrogatepass");
    }
    free(printer.source);
    text_buffer_free(&printer.text);
    return !value_is_error(text) && (value_is_absent(text) || stream_write(thread, file, text));
}

// The module warnings, if the program has imported it whole: its function warn_explicit.
static Value python_warn(Thread *thread) {
    Value name = str_intern_c(thread, "warnings"), function = str_intern_c(thread, "warn_explicit");
    if (value_is_error(name) || value_is_error(function)) return VALUE_ERROR;
    Value module = dict_find_str(thread, value_as_dict(thread->runtime->modules), name);
    return value_is_absent(module) ? module : object_find_attribute(thread, module, function);
}

static bool tell(Thread *thread, const Warning *warning) {
    Value python = python_warn(thread);
    if (value_is_error(python)) return false;
    if (!value_is_absent(python)) {
        Value arguments[] = {warning->text,     value_from_type(warning->category),
                             warning->filename, value_from_fixnum(warning->lineno),
                             warning->module,   warning->registry};
        int count = value_is_absent(warning->registry) ? 5 : 6;
        return !value_is_error(object_call(thread, python, arguments, count, VALUE_ABSENT));
    }
    Action action = find_action(thread, warning);
    if (action == ACTION_ERROR) {
        Value exception = object_call1(thread, value_from_type(warning->category), warning->text);
        if (!value_is_error(exception)) (void)raise_value(thread, exception);
        return false;
    }
    if (action == ACTION_IGNORE) return true;
    int repeated = is_repeated(thread, warning, action);
    return repeated < 0 ? false : repeated > 0 || show(thread, warning);
}

bool warning_report(Thread *thread, Type *category, Value message) {
    Warning warning = {category, message, VALUE_ABSENT, VALUE_ABSENT, 1, VALUE_ABSENT};
    if (thread->frame >= thread->frame_base) {
        Dict *globals = thread->frame->function->globals;
        warning.module = dict_find_str(thread, globals, NAMES(thread)->__name__);
        warning.registry = namespace_registry(thread, globals, "__warningregistry__");
        if (value_is_error(warning.registry)) return false;
        warning.filename = thread->frame->code->co_filename;
        warning.lineno = code_line(thread->frame->code, frame_unit(thread, thread->frame));
    } else {
        warning.filename = str_from_c(thread, "sys");
    }
    if (!value_is_str(warning.module)) warning.module = str_from_c(thread, "<string>");
    return !value_is_error(warning.module) && !value_is_error(warning.filename) &&
           tell(thread, &warning);
}

// A source's module is its file's name without .py.
bool source_warning_report(Thread *thread, Type *category, Value message, Value filename,
                           int lineno) {
    size_t size;
    const char *name = str_as_utf8_lossy(thread, filename, &size);
    if (!name) return false;
    if (size >= 3 && memcmp(name + size - 3, ".py", 3) == 0) size -= 3;
    Value module = size ? str_from_utf8(thread, name, size) : str_from_c(thread, "<unknown>");
    Warning warning = {category, message, filename, module, lineno, VALUE_ABSENT};
    return !value_is_error(module) && tell(thread, &warning);
}
