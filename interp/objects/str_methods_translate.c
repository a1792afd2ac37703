// str_methods_translate.c — str.translate and str.maketrans.
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/str_internal.h"
#include "runtime/protocols.h"

enum { CACHED_CHARACTERS = 128 }; // ASCII characters are looked up once a call

// What the table says of a character: an int, a str, None, or VALUE_ABSENT for "leave it".
static Value look_up(Thread *thread, Value table, uint32_t c) {
    Value found = object_get_item(thread, table, value_from_fixnum((int64_t)c));
    if (value_is_error(found))
        return error_clear_if(thread, &exception_LookupError) ? VALUE_ABSENT : VALUE_ERROR;
    if (value_is_none(found) || value_is_str(found)) return found;
    if (!value_is_int(found))
        return raise_type_error(thread, "character mapping must return integer, None or str");
    int64_t number;
    if (!int_as_int64(found, &number) || number < 0 || number > UTF8_MAX_CODE_POINT)
        return raise_value_error(thread, "character mapping must be in range(0x110000)");
    return found;
}

static bool append_translated(StrBuilder *builder, uint32_t c, Value found) {
    if (value_is_absent(found)) return str_builder_append_character(builder, c);
    if (value_is_none(found)) return true;
    if (value_is_str(found)) return str_builder_append(builder, found);
    int64_t number;
    return int_as_int64(found, &number) && str_builder_append_character(builder, (uint32_t)number);
}

Value str_py_translate(Thread *thread, Value *args, int count) {
    (void)count;
    Str *str = value_as_str(args[0]);
    Value cache[CACHED_CHARACTERS];
    bool known[CACHED_CHARACTERS] = {false};
    StrBuilder builder;
    str_builder_start(&builder, thread);
    for (size_t i = 0; i < str->length; i++) {
        uint32_t c = str_at(str, i);
        Value found;
        if (c < CACHED_CHARACTERS && known[c]) {
            found = cache[c];
        } else {
            found = look_up(thread, args[1], c);
            if (value_is_error(found)) return found;
            if (c < CACHED_CHARACTERS) {
                cache[c] = found;
                known[c] = true;
            }
        }
        if (!append_translated(&builder, c, found)) return VALUE_ERROR;
    }
    return str_builder_finish(&builder);
}

// maketrans(dict): keys of one character become their code points.
static Value from_dict(Thread *thread, Value mapping) {
    if (!value_has_shape(mapping, SHAPE_dict))
        return raise_type_error(thread,
                                "if you give only one argument to maketrans it must be a dict");
    Value result = dict_new(thread);
    if (value_is_error(result)) return result;
    size_t place = 0;
    Value key, value;
    while (dict_next(value_as_dict(mapping), &place, &key, &value)) {
        if (value_is_str(key)) {
            if (value_as_str(key)->length != 1)
                return raise_value_error(thread,
                                         "string keys in translate table must be of length 1");
            key = value_from_fixnum((int64_t)str_at(value_as_str(key), 0));
        } else if (!value_is_int(key)) {
            return raise_type_error(thread, "keys in translate table must be strings or integers");
        }
        if (!dict_set(thread, value_as_dict(result), key, value)) return VALUE_ERROR;
    }
    return result;
}

Value str_py_maketrans(Thread *thread, Value *args, int count) {
    (void)count;
    if (value_is_absent(args[1])) return from_dict(thread, args[0]);
    for (int i = 1; i <= 2; i++)
        if (!value_is_absent(args[i]) && !value_is_str(args[i]))
            return raise_argument_error(thread, "maketrans", i == 1 ? "argument 2" : "argument 3",
                                        "str", args[i]);
    if (!value_is_str(args[0]))
        return raise_type_error(
            thread, "first maketrans argument must be a string if there is a second argument");
    Str *from = value_as_str(args[0]), *to = value_as_str(args[1]);
    if (from->length != to->length)
        return raise_value_error(thread,
                                 "the first two maketrans arguments must have equal length");
    Value result = dict_new(thread);
    if (value_is_error(result)) return result;
    for (size_t i = 0; i < from->length; i++)
        if (!dict_set(thread, value_as_dict(result), value_from_fixnum((int64_t)str_at(from, i)),
                      value_from_fixnum((int64_t)str_at(to, i))))
            return VALUE_ERROR;
    if (value_is_absent(args[2])) return result;
    Str *deleted = value_as_str(args[2]);
    for (size_t i = 0; i < deleted->length; i++)
        if (!dict_set(thread, value_as_dict(result), value_from_fixnum((int64_t)str_at(deleted, i)),
                      VALUE_NONE))
            return VALUE_ERROR;
    return result;
}
