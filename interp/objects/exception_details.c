// exception_details.c — the classes with fields of their own: StopIteration, SystemExit, KeyError,
// ImportError, NameError, AttributeError, SyntaxError and the Unicode errors.
#include "objects/bytes.h"
#include "objects/exception_internal.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"

#define FIELD(index) (offsetof(Exception, fields) + (index) * sizeof(Value))

static Tuple *args_of(Value self) { return value_as_tuple(value_as_exception(self)->args); }

// Takes keywords into fields: names[i] goes to fields[first + i].
static bool set_named(Thread *thread, Value self, Value *values, Value keywords,
                      const char *const names[], int first) {
    Tuple *given = value_is_absent(keywords) ? NULL : value_as_tuple(keywords);
    for (int i = 0; names[i]; i++)
        exception_set_field(thread, value_as_exception(self), first + i, VALUE_ABSENT);
    for (size_t k = 0; given && k < given->length; k++) {
        int i = 0;
        while (names[i] && !str_equals_c(value_as_str(given->items[k]), names[i])) i++;
        if (!names[i]) {
            // The message names the builtin class that owns the fields, not a subclass.
            const Type *owner = type_of(self);
            while (owner->flags & TYPE_HEAP) owner = owner->base;
            raise_type_error(thread, "'%U' is an invalid keyword argument for %N()",
                             given->items[k], owner);
            return false;
        }
        exception_set_field(thread, value_as_exception(self), first + i, values[k]);
    }
    return true;
}

// StopIteration, StopAsyncIteration, SystemExit, KeyError

static bool initialize_stop(Thread *thread, Value self, Value *args, int count, Value names) {
    if (!exception_initialize(thread, self, args, count, names)) return false;
    exception_set_field(thread, value_as_exception(self), 0, count ? args[0] : VALUE_NONE);
    return true;
}

static bool initialize_exit(Thread *thread, Value self, Value *args, int count, Value names) {
    if (!exception_initialize(thread, self, args, count, names)) return false;
    Value code = count == 0 ? VALUE_NONE : count == 1 ? args[0] : value_as_exception(self)->args;
    exception_set_field(thread, value_as_exception(self), 0, code);
    return true;
}

static Value str_key_error(Thread *thread, Value self) {
    Tuple *args = args_of(self);
    return args->length == 1 ? object_repr(thread, args->items[0]) : exception_str(thread, self);
}

static const MemberRow stop_members[] = {
    {"value", FIELD(0), false, true, "generator return value"},
    {0},
};
static const MemberRow exit_members[] = {
    {"code", FIELD(0), false, true, "exception code"},
    {0},
};

// ImportError, NameError, AttributeError

static bool initialize_import(Thread *thread, Value self, Value *args, int count, Value names) {
    static const char *const keywords[] = {"name", "path", "name_from", NULL};
    if (!exception_set_args(thread, value_as_exception(self), args, count)) return false;
    if (!set_named(thread, self, args + count, names, keywords, 1)) return false;
    exception_set_field(thread, value_as_exception(self), 0, count == 1 ? args[0] : VALUE_ABSENT);
    return true;
}

static Value str_import(Thread *thread, Value self) {
    Value message = value_as_exception(self)->fields[0];
    return value_is_str_exact(message) ? message : exception_str(thread, self);
}

static bool initialize_name(Thread *thread, Value self, Value *args, int count, Value names) {
    static const char *const keywords[] = {"name", NULL};
    return exception_set_args(thread, value_as_exception(self), args, count) &&
           set_named(thread, self, args + count, names, keywords, 0);
}

static bool initialize_attribute(Thread *thread, Value self, Value *args, int count, Value names) {
    static const char *const keywords[] = {"name", "obj", NULL};
    return exception_set_args(thread, value_as_exception(self), args, count) &&
           set_named(thread, self, args + count, names, keywords, 0);
}

static const MemberRow import_members[] = {
    {"msg", FIELD(0), false, true, "exception message"},
    {"name", FIELD(1), false, true, "module name"},
    {"path", FIELD(2), false, true, "module path"},
    {"name_from", FIELD(3), false, true, "name imported from module"},
    {0},
};
static const MemberRow name_members[] = {
    {"name", FIELD(0), false, true, "name"},
    {0},
};
static const MemberRow attribute_members[] = {
    {"name", FIELD(0), false, true, "attribute name"},
    {"obj", FIELD(1), false, true, "object"},
    {0},
};

// SyntaxError: msg filename lineno offset text end_lineno end_offset

enum { SYNTAX_MSG, SYNTAX_FILENAME, SYNTAX_LINENO, SYNTAX_OFFSET, SYNTAX_TEXT, SYNTAX_END_LINENO };

static bool set_location(Thread *thread, Exception *error, Value details) {
    Value tuple = object_to_tuple(thread, details);
    if (value_is_error(tuple)) return false;
    Tuple *items = value_as_tuple(tuple);
    if (items->length < 4 || items->length > 6) {
        raise_type_error(thread, "function takes %s %d arguments (%zu given)",
                         items->length < 4 ? "at least" : "at most", items->length < 4 ? 4 : 6,
                         (size_t)items->length);
        return false;
    }
    for (int i = 0; i < 6; i++)
        exception_set_field(thread, error, SYNTAX_FILENAME + i,
                            (size_t)i < items->length ? items->items[i] : VALUE_ABSENT);
    if (items->length != 5) return true;
    raise_type_error(thread, "end_offset must be provided when end_lineno is provided");
    return false;
}

static bool initialize_syntax(Thread *thread, Value self, Value *args, int count, Value names) {
    if (!exception_initialize(thread, self, args, count, names)) return false;
    Exception *error = value_as_exception(self);
    if (count >= 1) exception_set_field(thread, error, SYNTAX_MSG, args[0]);
    return count != 2 || set_location(thread, error, args[1]);
}

static Value base_name(Thread *thread, Value filename) {
    if (!value_is_str(filename)) return VALUE_ABSENT;
    const Str *str = value_as_str(filename);
    size_t start = str->length;
    while (start > 0 && str_at(str, start - 1) != '/') start--;
    return str_substring(thread, filename, start, str->length);
}

static Value str_syntax(Thread *thread, Value self) {
    Exception *error = value_as_exception(self);
    Value message = error->fields[SYNTAX_MSG];
    if (value_is_absent(message)) message = VALUE_NONE;
    Value line = error->fields[SYNTAX_LINENO];
    bool has_line = value_is_fixnum(line);
    Value file = base_name(thread, error->fields[SYNTAX_FILENAME]);
    if (value_is_error(file)) return file;
    if (value_is_absent(file) && !has_line) return object_str(thread, message);
    if (!has_line) return str_format(thread, "%S (%U)", message, file);
    if (value_is_absent(file)) return str_format(thread, "%S (line %S)", message, line);
    return str_format(thread, "%S (%U, line %S)", message, file, line);
}

static const MemberRow syntax_members[] = {
    {"msg", FIELD(SYNTAX_MSG), false, true, "exception msg"},
    {"filename", FIELD(SYNTAX_FILENAME), false, true, "exception filename"},
    {"lineno", FIELD(SYNTAX_LINENO), false, true, "exception lineno"},
    {"offset", FIELD(SYNTAX_OFFSET), false, true, "exception offset"},
    {"text", FIELD(SYNTAX_TEXT), false, true, "exception text"},
    {"end_lineno", FIELD(SYNTAX_END_LINENO), false, true, "exception end lineno"},
    {"end_offset", FIELD(SYNTAX_END_LINENO + 1), false, true, "exception end offset"},
    {0},
};

static Value syntax_py_get_print(Thread *thread, Value self) {
    Value found = instance_find(value_as_object(self), NAMES(thread)->print_file_and_line);
    return value_is_absent(found) ? VALUE_NONE : found;
}

static bool syntax_py_set_print(Thread *thread, Value self, Value value) {
    return instance_set(thread, value_as_object(self), NAMES(thread)->print_file_and_line, value) ||
           !error_is_pending(thread);
}

static const GetSetRow syntax_getsets[] = {
    {"print_file_and_line", syntax_py_get_print, syntax_py_set_print, NULL},
    {0},
};

// Unicode errors: encoding object start end reason (translation has no encoding)

enum { UNICODE_ENCODING, UNICODE_OBJECT, UNICODE_START, UNICODE_END, UNICODE_REASON };

static bool check_kind(Thread *thread, Value value, char kind, int position) {
    const unsigned char *bytes;
    size_t size;
    if (kind == 's' ? value_is_str(value) : bytes_view(value, &bytes, &size)) return true;
    if (kind == 's')
        raise_type_error(thread, "argument %d must be str, not %T", position, value);
    else
        raise_type_error(thread, "a bytes-like object is required, not '%T'", value);
    return false;
}

// `kinds` has one letter an argument: s str, b bytes, i int; they fill the last fields.
static bool set_unicode(Thread *thread, Value self, Value *args, int count, Value names,
                        const char *kinds) {
    if (!exception_initialize(thread, self, args, count, names)) return false;
    int wanted = (int)strlen(kinds), first = UNICODE_REASON + 1 - wanted;
    if (count != wanted) {
        raise_type_error(thread, "function takes exactly %d arguments (%d given)", wanted, count);
        return false;
    }
    for (int i = 0; i < wanted; i++) {
        Value value = args[i];
        if (kinds[i] == 'i') {
            value = object_index(thread, value);
            if (value_is_error(value)) return false;
        } else if (!check_kind(thread, value, kinds[i], i + 1)) {
            return false;
        }
        exception_set_field(thread, value_as_exception(self), first + i, value);
    }
    return true;
}

static bool initialize_encode(Thread *thread, Value self, Value *args, int count, Value names) {
    return set_unicode(thread, self, args, count, names, "ssiis");
}

static bool initialize_decode(Thread *thread, Value self, Value *args, int count, Value names) {
    return set_unicode(thread, self, args, count, names, "sbiis");
}

static bool initialize_translate(Thread *thread, Value self, Value *args, int count, Value names) {
    return set_unicode(thread, self, args, count, names, "siis");
}

// The range, clamped to the object as CPython's accessors do.
// The range as it was given; true if it is one item of the object.
static bool get_range(const Exception *error, size_t length, ssize_t *start, ssize_t *end) {
    int64_t first = 0, last = 0;
    int_as_int64(error->fields[UNICODE_START], &first);
    int_as_int64(error->fields[UNICODE_END], &last);
    *start = first;
    *end = last;
    return first >= 0 && first < (int64_t)length && last == first + 1;
}

static Value str_of_character(Thread *thread, const Exception *error, const char *what) {
    const Str *object = value_as_str(error->fields[UNICODE_OBJECT]);
    ssize_t start, end;
    Value reason = error->fields[UNICODE_REASON];
    if (!get_range(error, object->length, &start, &end))
        return str_format(thread, "can't %s characters in position %zd-%zd: %S", what, start,
                          end - 1, reason);
    uint32_t c = str_at(object, (size_t)start);
    const char *format = c <= 0xff     ? "can't %s character '\\x%02x' in position %zd: %S"
                         : c <= 0xffff ? "can't %s character '\\u%04x' in position %zd: %S"
                                       : "can't %s character '\\U%08x' in position %zd: %S";
    return str_format(thread, format, what, c, start, reason);
}

static Value str_encode(Thread *thread, Value self) {
    const Exception *error = value_as_exception(self);
    if (value_is_absent(error->fields[UNICODE_OBJECT])) return NAMES(thread)->empty;
    Value text = str_of_character(thread, error, "encode");
    if (value_is_error(text)) return text;
    return str_format(thread, "'%S' codec %U", error->fields[UNICODE_ENCODING], text);
}

static Value str_translate(Thread *thread, Value self) {
    const Exception *error = value_as_exception(self);
    if (value_is_absent(error->fields[UNICODE_OBJECT])) return NAMES(thread)->empty;
    return str_of_character(thread, error, "translate");
}

static Value str_decode(Thread *thread, Value self) {
    const Exception *error = value_as_exception(self);
    if (value_is_absent(error->fields[UNICODE_OBJECT])) return NAMES(thread)->empty;
    const unsigned char *bytes = NULL;
    size_t size = 0;
    bytes_view(error->fields[UNICODE_OBJECT], &bytes, &size);
    ssize_t start, end;
    bool single = get_range(error, size, &start, &end);
    Value encoding = error->fields[UNICODE_ENCODING], reason = error->fields[UNICODE_REASON];
    if (single)
        return str_format(thread, "'%S' codec can't decode byte 0x%02x in position %zd: %S",
                          encoding, bytes[start], start, reason);
    return str_format(thread, "'%S' codec can't decode bytes in position %zd-%zd: %S", encoding,
                      start, end - 1, reason);
}

static const MemberRow unicode_members[] = {
    {"encoding", FIELD(UNICODE_ENCODING), false, true, "exception encoding"},
    {"object", FIELD(UNICODE_OBJECT), false, true, "exception object"},
    {"start", FIELD(UNICODE_START), false, true, "exception start"},
    {"end", FIELD(UNICODE_END), false, true, "exception end"},
    {"reason", FIELD(UNICODE_REASON), false, true, "exception reason"},
    {0},
};

void exception_details_prepare(void) {
    const struct {
        Type *type;
        const MemberRow *members;
        bool (*initialize)(Thread *thread, Value self, Value *args, int count, Value names);
        Value (*str)(Thread *thread, Value self);
    } rows[] = {
        {&exception_StopIteration, stop_members, initialize_stop, NULL},
        {&exception_SystemExit, exit_members, initialize_exit, NULL},
        {&exception_KeyError, NULL, NULL, str_key_error},
        {&exception_ImportError, import_members, initialize_import, str_import},
        {&exception_NameError, name_members, initialize_name, NULL},
        {&exception_AttributeError, attribute_members, initialize_attribute, NULL},
        {&exception_SyntaxError, syntax_members, initialize_syntax, str_syntax},
        {&exception_UnicodeEncodeError, unicode_members, initialize_encode, str_encode},
        {&exception_UnicodeDecodeError, unicode_members, initialize_decode, str_decode},
        {&exception_UnicodeTranslateError, unicode_members, initialize_translate, str_translate},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        rows[i].type->members = rows[i].members;
        rows[i].type->initialize = rows[i].initialize;
        rows[i].type->str = rows[i].str;
    }
    exception_SyntaxError.getsets = syntax_getsets;
}
