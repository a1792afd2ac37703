// str_format_fields.c — str.format and str.format_map: text with replacement fields (PEP 3101).
//
// The text is walked once; a field's specification that has fields of its own is expanded by the
// same walk, one level deeper. Source of the grammar: CPython's Objects/stringlib/unicode_format.h.
#include "base/unicode.h"
#include "objects/containers.h"
#include "objects/str_internal.h"
#include "runtime/protocols.h"

enum { FIELD_DEPTH = 2 }; // a field, and one in its specification

typedef struct {
    const Str *str;
    size_t start, end;
} Range;

// What fields are taken from, and how those without a name are numbered.
typedef struct {
    Thread *thread;
    Value args;    // tuple; VALUE_ABSENT for format_map
    Value mapping; // VALUE_ABSENT: none
    enum { NUMBERING_UNKNOWN, NUMBERING_AUTOMATIC, NUMBERING_MANUAL } numbering;
    size_t next_index;
} Fields;

typedef struct {
    Range name, specification;
    uint32_t conversion;
    bool nested; // the specification has fields
} Field;

static bool is_empty(Range range) { return range.start >= range.end; }

static Value text_of(Thread *thread, Range range) {
    unsigned kind = str_kind(range.str);
    return str_from_kind(thread, kind, str_data_at(range.str, range.start),
                         range.end - range.start);
}

static bool fail(Thread *thread, const char *message) {
    raise_value_error(thread, "%s", message);
    return false;
}

// The parts of a field, behind its '{'; range->start moves behind its '}'.

static bool parse_specification(Thread *thread, Range *range, Field *field) {
    field->specification = (Range){range->str, range->start, range->start};
    for (size_t open = 1; range->start < range->end;) {
        uint32_t c = str_at(range->str, range->start++);
        if (c == '{') {
            field->nested = true;
            open++;
        } else if (c == '}' && --open == 0) {
            field->specification.end = range->start - 1;
            return true;
        }
    }
    return fail(thread, "unmatched '{' in format spec");
}

static bool parse_conversion(Thread *thread, Range *range, Field *field) {
    if (range->start >= range->end)
        return fail(thread, "end of string while looking for conversion specifier");
    field->conversion = str_at(range->str, range->start++);
    if (range->start < range->end) {
        uint32_t c = str_at(range->str, range->start++);
        if (c == '}') return true;
        if (c != ':') return fail(thread, "expected ':' after conversion specifier");
    }
    return parse_specification(thread, range, field);
}

static bool parse_field(Thread *thread, Range *range, Field *field) {
    *field = (Field){.name = {range->str, range->start, range->start}};
    uint32_t c = 0;
    while (range->start < range->end) {
        c = str_at(range->str, range->start++);
        if (c == '{') return fail(thread, "unexpected '{' in field name");
        if (c == '[')
            while (range->start < range->end && str_at(range->str, range->start) != ']')
                range->start++;
        if (c == '}' || c == ':' || c == '!') break;
    }
    if (c != '}' && c != ':' && c != '!') return fail(thread, "expected '}' before end of string");
    field->name.end = range->start - 1;
    if (c == '!') return parse_conversion(thread, range, field);
    return c == '}' || parse_specification(thread, range, field);
}

// The object of a field name: "0.name[key]"

// The number that a range spells: -1 when it is none, -2 with ValueError.
static ssize_t read_index(Thread *thread, Range range) {
    if (is_empty(range)) return -1;
    ssize_t index = 0;
    for (size_t i = range.start; i < range.end; i++) {
        int digit = unicode_decimal_value(str_at(range.str, i));
        if (digit < 0) return -1;
        if (index > (PTRDIFF_MAX - digit) / 10) {
            raise_value_error(thread, "Too many decimal digits in format string");
            return -2;
        }
        index = index * 10 + digit;
    }
    return index;
}

static bool check_numbering(Fields *fields, bool automatic) {
    if (fields->numbering == NUMBERING_UNKNOWN)
        fields->numbering = automatic ? NUMBERING_AUTOMATIC : NUMBERING_MANUAL;
    if (automatic == (fields->numbering == NUMBERING_AUTOMATIC)) return true;
    return fail(fields->thread,
                automatic ? "cannot switch from manual field specification to automatic field "
                            "numbering"
                          : "cannot switch from automatic field numbering to manual field "
                            "specification");
}

static Value get_first(Fields *fields, Range name) {
    Thread *thread = fields->thread;
    ssize_t index = read_index(thread, name);
    if (index == -2) return VALUE_ERROR;
    if (is_empty(name) || index >= 0) {
        if (!value_is_absent(fields->args) && !check_numbering(fields, is_empty(name)))
            return VALUE_ERROR;
        if (value_is_absent(fields->args))
            return raise_value_error(thread, "Format string contains positional fields");
        if (is_empty(name)) index = (ssize_t)fields->next_index++;
        Tuple *args = value_as_tuple(fields->args);
        if ((size_t)index < args->length) return args->items[index];
        return raise_error(thread, &exception_IndexError,
                           "Replacement index %zd out of range for positional args tuple", index);
    }
    Value key = text_of(thread, name);
    if (value_is_error(key)) return key;
    if (value_is_absent(fields->mapping)) return raise_key_error(thread, key);
    return object_get_item(thread, fields->mapping, key);
}

// One ".name" or "[key]"; rest->start moves behind it.
static Value get_next(Thread *thread, Value object, Range *rest) {
    uint32_t c = str_at(rest->str, rest->start++);
    Range name = {rest->str, rest->start, rest->start};
    if (c == '.') {
        while (name.end < rest->end && str_at(rest->str, name.end) != '.' &&
               str_at(rest->str, name.end) != '[')
            name.end++;
        rest->start = name.end;
    } else if (c == '[') {
        while (name.end < rest->end && str_at(rest->str, name.end) != ']') name.end++;
        if (name.end == rest->end) return raise_value_error(thread, "Missing ']' in format string");
        rest->start = name.end + 1;
    } else {
        return raise_value_error(thread,
                                 "Only '.' or '[' may follow ']' in format field specifier");
    }
    ssize_t index = c == '[' ? read_index(thread, name) : -1;
    if (index == -2) return VALUE_ERROR;
    if (is_empty(name)) return raise_value_error(thread, "Empty attribute in format string");
    if (index >= 0) return object_get_item(thread, object, value_from_fixnum(index));
    Value text = text_of(thread, name);
    if (value_is_error(text)) return text;
    if (c == '[') return object_get_item(thread, object, text);
    text = str_intern(thread, text);
    return value_is_error(text) ? text : object_get_attribute(thread, object, text);
}

static Value get_object(Fields *fields, Range name) {
    Range first = name;
    for (first.end = name.start; first.end < name.end; first.end++) {
        uint32_t c = str_at(name.str, first.end);
        if (c == '.' || c == '[') break;
    }
    Range rest = {name.str, first.end, name.end};
    Value object = get_first(fields, first);
    while (!value_is_error(object) && !is_empty(rest))
        object = get_next(fields->thread, object, &rest);
    return object;
}

static Value convert(Thread *thread, Value object, uint32_t conversion) {
    switch (conversion) {
    case 0: return object;
    case 'r': return object_repr(thread, object);
    case 's': return object_str(thread, object);
    case 'a': return object_ascii(thread, object);
    default: break;
    }
    if (conversion > 32 && conversion < 127)
        return raise_value_error(thread, "Unknown conversion specifier %c", (int)conversion);
    return raise_value_error(thread, "Unknown conversion specifier \\x%x", (unsigned)conversion);
}

// The walk

static bool append_text(StrBuilder *builder, Fields *fields, Range range, int depth);

static bool append_field(StrBuilder *builder, Fields *fields, const Field *field, int depth) {
    Thread *thread = fields->thread;
    Value object = get_object(fields, field->name);
    if (value_is_error(object)) return false;
    object = convert(thread, object, field->conversion);
    if (value_is_error(object)) return false;
    Value specification = VALUE_ABSENT;
    if (field->nested) {
        StrBuilder inner;
        str_builder_start(&inner, thread);
        if (!append_text(&inner, fields, field->specification, depth - 1)) return false;
        specification = str_builder_finish(&inner);
    } else if (!is_empty(field->specification)) {
        specification = text_of(thread, field->specification);
    }
    if (value_is_error(specification)) return false;
    Value text = object_format(thread, object, specification);
    return !value_is_error(text) && str_builder_append(builder, text);
}

// Literal text up to a field or the end. *has_field says which; range->start moves behind it.
static bool append_literal(StrBuilder *builder, Range *range, bool *has_field) {
    const Str *str = range->str;
    size_t start = range->start, place = start;
    uint32_t c = 0;
    while (place < range->end) {
        c = str_at(str, place);
        if (c == '{' || c == '}') break;
        place++;
    }
    *has_field = false;
    if (place == range->end) {
        range->start = place;
        return str_builder_append_range(builder, str, start, place);
    }
    bool doubled = place + 1 < range->end && str_at(str, place + 1) == c;
    if (!doubled && c == '}')
        return fail(builder->thread, "Single '}' encountered in format string");
    if (place + 1 == range->end)
        return fail(builder->thread, "Single '{' encountered in format string");
    *has_field = !doubled;
    range->start = place + 1 + doubled;
    return str_builder_append_range(builder, str, start, place + doubled);
}

static bool append_text(StrBuilder *builder, Fields *fields, Range range, int depth) {
    if (depth <= 0) return fail(fields->thread, "Max string recursion exceeded");
    while (!is_empty(range)) {
        bool has_field;
        if (!append_literal(builder, &range, &has_field)) return false;
        if (!has_field) continue;
        Field field;
        if (!parse_field(fields->thread, &range, &field) ||
            !append_field(builder, fields, &field, depth))
            return false;
    }
    return true;
}

static Value format(Thread *thread, Value self, Value args, Value mapping) {
    Fields fields = {thread, args, mapping, NUMBERING_UNKNOWN, 0};
    Str *str = value_as_str(self);
    StrBuilder builder;
    str_builder_start(&builder, thread);
    if (!append_text(&builder, &fields, (Range){str, 0, str->length}, FIELD_DEPTH))
        return VALUE_ERROR;
    return str_builder_finish(&builder);
}

Value str_py_format(Thread *thread, Value *args, int count) {
    (void)count;
    return format(thread, args[0], args[1], args[2]);
}

Value str_py_format_map(Thread *thread, Value *args, int count) {
    (void)count;
    return format(thread, args[0], VALUE_ABSENT, args[1]);
}
