// str_methods.c — methods of str: searching, replacing, joining, encoding; and the method table.
//
// One-byte text is searched by the C library; wider text by its last character.
#define _GNU_SOURCE // memrchr
#include "base/unicode.h"
#include "objects/bytes.h"
#include "objects/containers.h"
#include "objects/format_spec.h"
#include "objects/native.h"
#include "objects/str_internal.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include <string.h>

// Searching

static bool matches_at(const Str *str, size_t place, const Str *needle) {
    if (str_kind(str) == str_kind(needle))
        return memcmp(str_data_at(str, place), str_data(needle), needle->length * str_kind(str)) ==
               0;
    for (size_t i = 0; i < needle->length; i++)
        if (str_at(str, place + i) != str_at(needle, i)) return false;
    return true;
}

ssize_t str_find_last(const Str *str, const Str *needle, size_t start, size_t end) {
    if (end > str->length) end = str->length;
    if (start > end || needle->length > end - start) return -1;
    if (needle->length == 0) return (ssize_t)end;
    if (str_kind(needle) > str_kind(str)) return -1;
    if (needle->length == 1 && str_kind(str) == 1) {
        const char *text = str_data(str);
        const char *found = memrchr(text + start, (int)str_at(needle, 0), end - start);
        return found ? found - text : -1;
    }
    uint32_t first = str_at(needle, 0);
    for (size_t i = end - needle->length + 1; i-- > start;)
        if (str_at(str, i) == first && matches_at(str, i, needle)) return (ssize_t)i;
    return -1;
}

size_t str_count(const Str *str, const Str *needle, size_t start, size_t end) {
    if (end > str->length) end = str->length;
    if (start > end) return 0;
    if (needle->length == 0) return end - start + 1;
    size_t count = 0;
    for (;;) {
        ssize_t found = str_find(str, needle, start, end);
        if (found < 0) return count;
        count++;
        start = (size_t)found + needle->length;
    }
}

static bool one_bound(Thread *thread, Value value, size_t length, ssize_t *bound) {
    if (value_is_absent(value) || value_is_none(value)) return true;
    if (value_is_fixnum(value)) {
        *bound = (ssize_t)value_as_fixnum(value);
    } else if (!object_has_index(value)) {
        raise_type_error(thread,
                         "slice indices must be integers or None or have an __index__ method");
        return false;
    } else if (!object_as_clamped(thread, value, bound)) {
        return false;
    }
    if (*bound < 0) *bound = *bound < -(ssize_t)length ? 0 : *bound + (ssize_t)length;
    return true;
}

bool text_bounds(Thread *thread, Value start, Value end, size_t length, size_t *low, size_t *high) {
    ssize_t first = 0, last = (ssize_t)length;
    if (!one_bound(thread, start, length, &first) || !one_bound(thread, end, length, &last))
        return false;
    *low = (size_t)first;
    *high = (size_t)last < length ? (size_t)last : length;
    return true;
}

bool text_search_arguments(Thread *thread, const char *function, const Value *args, int count,
                           Value out[4]) {
    if (LIKELY(count >= 2 && count <= 4)) {
        for (int i = 0; i < 4; i++) out[i] = i < count ? args[i] : VALUE_ABSENT;
        return true;
    }
    raise_type_error(thread, "%s() takes at %s %d argument%s (%d given)", function,
                     count < 2 ? "least" : "most", count < 2 ? 1 : 3, count < 2 ? "" : "s",
                     count - 1);
    return false;
}

// The bounds of find and its like, after a look at the needle.
static bool read_search(Thread *thread, const Value *args, size_t *low, size_t *high) {
    if (UNLIKELY(!value_is_str(args[1]))) {
        raise_type_error(thread, "must be str, not %T", args[1]);
        return false;
    }
    return text_bounds(thread, args[2], args[3], value_as_str(args[0])->length, low, high);
}

typedef ssize_t FindFunction(const Str *str, const Str *needle, size_t start, size_t end);

// One way to look for a text; `name` is the method's.
static Value find(Thread *thread, const char *name, const Value *raw, int count,
                  FindFunction *function, bool must_exist) {
    Value args[4];
    size_t low, high;
    if (!text_search_arguments(thread, name, raw, count, args)) return VALUE_ERROR;
    if (!read_search(thread, args, &low, &high)) return VALUE_ERROR;
    ssize_t place = function(value_as_str(args[0]), value_as_str(args[1]), low, high);
    if (place < 0 && must_exist) return raise_value_error(thread, "substring not found");
    return value_from_fixnum(place);
}

static Value str_py_find(Thread *thread, Value *args, int count) {
    return find(thread, "find", args, count, str_find, false);
}

static Value str_py_rfind(Thread *thread, Value *args, int count) {
    return find(thread, "rfind", args, count, str_find_last, false);
}

static Value str_py_index(Thread *thread, Value *args, int count) {
    return find(thread, "index", args, count, str_find, true);
}

static Value str_py_rindex(Thread *thread, Value *args, int count) {
    return find(thread, "rindex", args, count, str_find_last, true);
}

static Value str_py_count(Thread *thread, Value *raw, int count) {
    Value args[4];
    size_t low, high;
    if (!text_search_arguments(thread, "count", raw, count, args)) return VALUE_ERROR;
    if (!read_search(thread, args, &low, &high)) return VALUE_ERROR;
    return value_from_fixnum(
        (int64_t)str_count(value_as_str(args[0]), value_as_str(args[1]), low, high));
}

// Does [low, high) of the text begin, or end, with the affix?
static bool has_affix(const Str *str, const Str *affix, size_t low, size_t high, bool at_end) {
    if (low > high || affix->length > high - low) return false;
    if (str_kind(affix) > str_kind(str)) return false;
    return matches_at(str, at_end ? high - affix->length : low, affix);
}

static Value test_affix(Thread *thread, const Value *raw, int count, bool at_end,
                        const char *name) {
    Value args[4];
    if (!text_search_arguments(thread, name, raw, count, args)) return VALUE_ERROR;
    Str *str = value_as_str(args[0]);
    size_t low, high;
    if (!text_bounds(thread, args[2], args[3], str->length, &low, &high)) return VALUE_ERROR;
    if (value_is_str(args[1]))
        return value_from_bool(has_affix(str, value_as_str(args[1]), low, high, at_end));
    if (!value_is_tuple(args[1]))
        return raise_type_error(thread, "%s first arg must be str or a tuple of str, not %T", name,
                                args[1]);
    Tuple *tuple = value_as_tuple(args[1]);
    for (size_t i = 0; i < tuple->length; i++) {
        if (!value_is_str(tuple->items[i]))
            return raise_type_error(thread, "tuple for %s must only contain str, not %T", name,
                                    tuple->items[i]);
        if (has_affix(str, value_as_str(tuple->items[i]), low, high, at_end)) return VALUE_TRUE;
    }
    return VALUE_FALSE;
}

static Value str_py_startswith(Thread *thread, Value *args, int count) {
    return test_affix(thread, args, count, false, "startswith");
}

static Value str_py_endswith(Thread *thread, Value *args, int count) {
    return test_affix(thread, args, count, true, "endswith");
}

// Parts of the text without an affix

static Value str_py_removeprefix(Thread *thread, Value *args, int count) {
    (void)count;
    Str *str = value_as_str(args[0]);
    if (!value_is_str(args[1]))
        return raise_argument_error(thread, "removeprefix", "argument", "str", args[1]);
    Str *prefix = value_as_str(args[1]);
    bool has = has_affix(str, prefix, 0, str->length, false);
    return str_substring(thread, args[0], has ? prefix->length : 0, str->length);
}

static Value str_py_removesuffix(Thread *thread, Value *args, int count) {
    (void)count;
    Str *str = value_as_str(args[0]);
    if (!value_is_str(args[1]))
        return raise_argument_error(thread, "removesuffix", "argument", "str", args[1]);
    Str *suffix = value_as_str(args[1]);
    bool has = has_affix(str, suffix, 0, str->length, true);
    return str_substring(thread, args[0], 0, str->length - (has ? suffix->length : 0));
}

// Replacing

// Puts `new` between all characters.
static Value interleave(Thread *thread, const Str *str, Value new, size_t limit) {
    StrBuilder builder;
    str_builder_start(&builder, thread);
    for (size_t i = 0;; i++) {
        if (i < limit && !str_builder_append(&builder, new)) return VALUE_ERROR;
        if (i == str->length) break;
        if (i >= limit) {
            if (!str_builder_append_range(&builder, str, i, str->length)) return VALUE_ERROR;
            break;
        }
        if (!str_builder_append_character(&builder, str_at(str, i))) return VALUE_ERROR;
    }
    return str_builder_finish(&builder);
}

// Both are one byte: the places are overwritten in a copy.
static Value replace_bytes(Thread *thread, Value self, unsigned char old, unsigned char new,
                           size_t limit) {
    Str *str = value_as_str(self);
    Str *copy = str_new(thread, str->length, str_bound(str));
    if (!copy) return VALUE_ERROR;
    unsigned char *data = str_data(copy), *end = data + str->length;
    memcpy(data, str_data(str), str->length);
    while (limit-- > 0 && (data = memchr(data, old, (size_t)(end - data)))) *data++ = new;
    return value_from_object(copy);
}

// `limit` is not larger than the number of places. The width may stay larger than needed only until
// the text is narrowed at the end.
static Value replace_all(Thread *thread, const Str *str, const Str *old, const Str *new,
                         size_t limit) {
    size_t rest = str->length - limit * old->length;
    if (new->length && limit > ((size_t)PTRDIFF_MAX / 4 - rest) / new->length)
        return raise_error(thread, &exception_OverflowError, "replace string is too long");
    uint32_t bound = str_bound(str) > str_bound(new) ? str_bound(str) : str_bound(new);
    Str *result = str_new(thread, rest + limit * new->length, bound);
    if (!result) return VALUE_ERROR;
    unsigned kind = str_kind(result);
    char *to = str_data(result);
    size_t from = 0;
    for (; limit > 0; limit--) {
        size_t place = (size_t)str_find(str, old, from, str->length);
        utf8_convert(str_data_at(str, from), str_kind(str), to, kind, place - from);
        to += (place - from) * kind;
        utf8_convert(str_data(new), str_kind(new), to, kind, new->length);
        to += new->length *kind;
        from = place + old->length;
    }
    utf8_convert(str_data_at(str, from), str_kind(str), to, kind, str->length - from);
    if (str_is_ascii(result)) return value_from_object(result);
    return str_from_kind(thread, kind, str_data(result), result->length);
}

static Value replace(Thread *thread, Value self, Value old_value, Value new_value, ssize_t most) {
    Str *str = value_as_str(self), *old = value_as_str(old_value), *new = value_as_str(new_value);
    size_t limit = most < 0 ? SIZE_MAX : (size_t)most;
    if (limit == 0 || str_equal(old, new)) return str_substring(thread, self, 0, str->length);
    if (old->length == 0) return interleave(thread, str, new_value, limit);
    if (old->length == 1 && new->length == 1 && str_is_ascii(str) && str_is_ascii(old) &&
        str_is_ascii(new)) {
        if (!memchr(str_data(str), (int)str_at(old, 0), str->length))
            return str_substring(thread, self, 0, str->length);
        return replace_bytes(thread, self, (unsigned char)str_at(old, 0),
                             (unsigned char)str_at(new, 0), limit);
    }
    size_t places = str_count(str, old, 0, str->length);
    if (places == 0) return str_substring(thread, self, 0, str->length);
    return replace_all(thread, str, old, new, places < limit ? places : limit);
}

static Value str_py_replace(Thread *thread, Value *args, int count) {
    (void)count;
    for (int i = 1; i <= 2; i++)
        if (!value_is_str(args[i]))
            return raise_argument_error(thread, "replace", i == 1 ? "argument 1" : "argument 2",
                                        "str", args[i]);
    ssize_t most = -1;
    if (!value_is_absent(args[3]) && !object_as_size(thread, args[3], &most)) return VALUE_ERROR;
    return replace(thread, args[0], args[1], args[2], most);
}

// Joining, encoding, formatting

static Value str_py_join(Thread *thread, Value *args, int count) {
    (void)count;
    Value items = args[1];
    if (!sequence_is_plain(items)) {
        items = object_iterate(thread, items);
        if (value_is_error(items)) {
            if (!error_clear_if(thread, &exception_TypeError)) return VALUE_ERROR;
            return raise_type_error(thread, "can only join an iterable");
        }
        items = object_to_list(thread, items);
        if (value_is_error(items)) return items;
    }
    size_t length;
    const Value *values = sequence_items(items, &length);
    return str_join(thread, args[0], values, length);
}

bool text_argument(Thread *thread, const char *function, const char *name, Value argument,
                   const char **text) {
    if (value_is_absent(argument)) return true;
    if (!value_is_str(argument)) {
        raise_type_error(thread, "%s() argument '%s' must be str, not %K", function, name,
                         argument);
        return false;
    }
    size_t size;
    const char *found = str_as_utf8(thread, argument, &size);
    if (!found) return false;
    if (strlen(found) != size) {
        raise_value_error(thread, "embedded null character");
        return false;
    }
    *text = found;
    return true;
}

static Value str_py_encode(Thread *thread, Value *args, int count) {
    (void)count;
    const char *encoding = "utf-8", *errors = "strict";
    if (!text_argument(thread, "encode", "encoding", args[1], &encoding) ||
        !text_argument(thread, "encode", "errors", args[2], &errors))
        return VALUE_ERROR;
    return str_encode(thread, args[0], encoding, errors);
}

static Value str_py_format_spec(Thread *thread, Value *args, int count) {
    (void)count;
    if (!value_is_str(args[1]))
        return raise_argument_error(thread, "__format__", "argument", "str", args[1]);
    return format_spec_str(thread, args[0], args[1]);
}

static Value str_py_getnewargs(Thread *thread, Value *args, int count) {
    (void)count;
    Str *str = value_as_str(args[0]);
    Value copy = str_from_kind(thread, str_kind(str), str_data(str), str->length);
    return value_is_error(copy) ? copy : tuple_of(thread, 1, copy);
}

static Value str_py_sizeof(Thread *thread, Value *args, int count) {
    (void)count, (void)thread;
    Str *str = value_as_str(args[0]);
    return value_from_fixnum((int64_t)(sizeof(Str) + (str->length + 1) * str_kind(str)));
}

#define METHOD(name, signature, text)                                                              \
    { #name, str_py_##name, signature, text, METHOD_INSTANCE }
const MethodRow str_methods[] = {
    METHOD(encode, "self, /, encoding='utf-8', errors='strict'",
           "Encode the string using the codec registered for encoding.\n\n"
           "  encoding\n    The encoding in which to encode the string.\n"
           "  errors\n    The error handling scheme to use for encoding errors.\n"
           "    The default is 'strict' meaning that encoding errors raise a\n"
           "    UnicodeEncodeError.  Other possible values are 'ignore', 'replace' and\n"
           "    'xmlcharrefreplace' as well as any other name registered with\n"
           "    codecs.register_error that can handle UnicodeEncodeErrors."),
    METHOD(replace, "self, old, new, count=-1, /",
           "Return a copy with all occurrences of substring old replaced by new.\n\n"
           "  count\n    Maximum number of occurrences to replace.\n"
           "    -1 (the default value) means replace all occurrences.\n\n"
           "If the optional argument count is given, only the first count occurrences are\n"
           "replaced."),
    METHOD(split, "self, /, sep=None, maxsplit=-1",
           "Return a list of the substrings in the string, using sep as the separator string.\n\n"
           "  sep\n    The separator used to split the string.\n\n"
           "    When set to None (the default value), will split on any whitespace\n"
           "    character (including \\n \\r \\t \\f and spaces) and will discard\n"
           "    empty strings from the result.\n"
           "  maxsplit\n    Maximum number of splits.\n"
           "    -1 (the default value) means no limit.\n\n"
           "Splitting starts at the front of the string and works to the end."),
    METHOD(rsplit, "self, /, sep=None, maxsplit=-1",
           "Return a list of the substrings in the string, using sep as the separator string.\n\n"
           "Splitting starts at the end of the string and works to the front."),
    METHOD(join, "self, iterable, /",
           "Concatenate any number of strings.\n\n"
           "The string whose method is called is inserted in between each given string.\n"
           "The result is returned as a new string.\n\n"
           "Example: '.'.join(['ab', 'pq', 'rs']) -> 'ab.pq.rs'"),
    METHOD(capitalize, "self, /",
           "Return a capitalized version of the string.\n\n"
           "More specifically, make the first character have upper case and the rest lower\n"
           "case."),
    METHOD(casefold, "self, /",
           "Return a version of the string suitable for caseless comparisons."),
    METHOD(title, "self, /",
           "Return a version of the string where each word is titlecased.\n\n"
           "More specifically, words start with uppercased characters and all remaining\n"
           "cased characters have lower case."),
    METHOD(center, "self, width, fillchar=' ', /",
           "Return a centered string of length width.\n\n"
           "Padding is done using the specified fill character (default is a space)."),
    METHOD(count, "self, *args",
           "Return the number of non-overlapping occurrences of substring sub in\n"
           "string S[start:end]."),
    METHOD(expandtabs, "self, /, tabsize=8",
           "Return a copy where all tab characters are expanded using spaces.\n\n"
           "If tabsize is not given, a tab size of 8 characters is assumed."),
    METHOD(find, "self, *args",
           "Return the lowest index in S where substring sub is found,\n"
           "such that sub is contained within S[start:end].\n\nReturn -1 on failure."),
    METHOD(partition, "self, sep, /",
           "Partition the string into three parts using the given separator.\n\n"
           "This will search for the separator in the string.  If the separator is found,\n"
           "returns a 3-tuple containing the part before the separator, the separator\n"
           "itself, and the part after it.\n\n"
           "If the separator is not found, returns a 3-tuple containing the original string\n"
           "and two empty strings."),
    METHOD(index, "self, *args",
           "Return the lowest index in S where substring sub is found,\n"
           "such that sub is contained within S[start:end].\n\n"
           "Raises ValueError when the substring is not found."),
    METHOD(ljust, "self, width, fillchar=' ', /",
           "Return a left-justified string of length width.\n\n"
           "Padding is done using the specified fill character (default is a space)."),
    METHOD(lower, "self, /", "Return a copy of the string converted to lowercase."),
    METHOD(lstrip, "self, chars=None, /",
           "Return a copy of the string with leading whitespace removed.\n\n"
           "If chars is given and not None, remove characters in chars instead."),
    METHOD(rfind, "self, *args",
           "Return the highest index in S where substring sub is found,\n"
           "such that sub is contained within S[start:end].\n\nReturn -1 on failure."),
    METHOD(rindex, "self, *args",
           "Return the highest index in S where substring sub is found,\n"
           "such that sub is contained within S[start:end].\n\n"
           "Raises ValueError when the substring is not found."),
    METHOD(rjust, "self, width, fillchar=' ', /",
           "Return a right-justified string of length width.\n\n"
           "Padding is done using the specified fill character (default is a space)."),
    METHOD(rstrip, "self, chars=None, /",
           "Return a copy of the string with trailing whitespace removed.\n\n"
           "If chars is given and not None, remove characters in chars instead."),
    METHOD(rpartition, "self, sep, /",
           "Partition the string into three parts using the given separator.\n\n"
           "This will search for the separator in the string, starting at the end. If\n"
           "the separator is found, returns a 3-tuple containing the part before the\n"
           "separator, the separator itself, and the part after it.\n\n"
           "If the separator is not found, returns a 3-tuple containing two empty strings\n"
           "and the original string."),
    METHOD(splitlines, "self, /, keepends=False",
           "Return a list of the lines in the string, breaking at line boundaries.\n\n"
           "Line breaks are not included in the resulting list unless keepends is given and\n"
           "true."),
    METHOD(strip, "self, chars=None, /",
           "Return a copy of the string with leading and trailing whitespace removed.\n\n"
           "If chars is given and not None, remove characters in chars instead."),
    METHOD(swapcase, "self, /",
           "Convert uppercase characters to lowercase and lowercase characters to uppercase."),
    METHOD(translate, "self, table, /",
           "Replace each character in the string using the given translation table.\n\n"
           "  table\n    Translation table, which must be a mapping of Unicode ordinals to\n"
           "    Unicode ordinals, strings, or None.\n\n"
           "The table must implement lookup/indexing via __getitem__, for instance a\n"
           "dictionary or list.  If this operation raises LookupError, the character is\n"
           "left untouched.  Characters mapped to None are deleted."),
    METHOD(upper, "self, /", "Return a copy of the string converted to uppercase."),
    METHOD(startswith, "self, *args",
           "Return True if S starts with the specified prefix, False otherwise.\n"
           "With optional start, test S beginning at that position.\n"
           "With optional end, stop comparing S at that position.\n"
           "prefix can also be a tuple of strings to try."),
    METHOD(endswith, "self, *args",
           "Return True if S ends with the specified suffix, False otherwise.\n"
           "With optional start, test S beginning at that position.\n"
           "With optional end, stop comparing S at that position.\n"
           "suffix can also be a tuple of strings to try."),
    METHOD(removeprefix, "self, prefix, /",
           "Return a str with the given prefix string removed if present.\n\n"
           "If the string starts with the prefix string, return string[len(prefix):].\n"
           "Otherwise, return a copy of the original string."),
    METHOD(removesuffix, "self, suffix, /",
           "Return a str with the given suffix string removed if present.\n\n"
           "If the string ends with the suffix string and that suffix is not empty,\n"
           "return string[:-len(suffix)]. Otherwise, return a copy of the original\n"
           "string."),
    METHOD(isascii, "self, /",
           "Return True if all characters in the string are ASCII, False otherwise.\n\n"
           "ASCII characters have code points in the range U+0000-U+007F.\n"
           "Empty string is ASCII too."),
    METHOD(islower, "self, /", "Return True if the string is a lowercase string, False otherwise."),
    METHOD(isupper, "self, /",
           "Return True if the string is an uppercase string, False otherwise."),
    METHOD(istitle, "self, /",
           "Return True if the string is a title-cased string, False otherwise."),
    METHOD(isspace, "self, /",
           "Return True if the string is a whitespace string, False otherwise."),
    METHOD(isdecimal, "self, /", "Return True if the string is a decimal string, False otherwise."),
    METHOD(isdigit, "self, /", "Return True if the string is a digit string, False otherwise."),
    METHOD(isnumeric, "self, /", "Return True if the string is a numeric string, False otherwise."),
    METHOD(isalpha, "self, /",
           "Return True if the string is an alphabetic string, False otherwise."),
    METHOD(isalnum, "self, /",
           "Return True if the string is an alpha-numeric string, False otherwise."),
    METHOD(isidentifier, "self, /",
           "Return True if the string is a valid Python identifier, False otherwise."),
    METHOD(isprintable, "self, /", "Return True if the string is printable, False otherwise."),
    METHOD(zfill, "self, width, /",
           "Pad a numeric string with zeros on the left, to fill a field of the given width.\n\n"
           "The string is never truncated."),
    METHOD(format, "self, /, *args, **kwargs",
           "Return a formatted version of S, using substitutions from args and kwargs.\n"
           "The substitutions are identified by braces ('{' and '}')."),
    METHOD(format_map, "self, mapping, /",
           "Return a formatted version of S, using substitutions from mapping.\n"
           "The substitutions are identified by braces ('{' and '}')."),
    {"maketrans", str_py_maketrans, "x, y=None, z=None, /",
     "Return a translation table usable for str.translate().", METHOD_STATIC},
    {"__format__", str_py_format_spec, "self, format_spec, /",
     "Return a formatted version of the string as described by format_spec.", METHOD_INSTANCE},
    {"__getnewargs__", str_py_getnewargs, "self, /", NULL, METHOD_INSTANCE},
    {"__sizeof__", str_py_sizeof, "self, /", "Return the size of the string in memory, in bytes.",
     METHOD_INSTANCE},
    {0},
};
#undef METHOD
