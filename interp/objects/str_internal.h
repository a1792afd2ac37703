// str_internal.h — what the files str_*.c share beyond str.h and text.h.
#pragma once
#include "base/utf8.h"
#include "objects/str.h"
#include "objects/text.h"

// Index of the last place of the needle within [start, end), or -1.
ssize_t str_find_last(const Str *str, const Str *needle, size_t start, size_t end);
// Places of the needle that do not overlap.
size_t str_count(const Str *str, const Str *needle, size_t start, size_t end);
// The characters from an index on.
static inline const void *str_data_at(const Str *str, size_t index) {
    return (const char *)str_data(str) + index * str_kind(str);
}
// An upper bound of the characters, of the same width class.
static inline uint32_t str_bound(const Str *str) {
    if (str_is_ascii(str)) return 0x7F;
    return str_kind(str) == 1 ? 0xFF : str_kind(str) == 2 ? 0xFFFF : UTF8_MAX_CODE_POINT;
}
// Copies all of `from` into `to`, widening.
static inline void str_put(Str *to, size_t place, const Str *from) {
    utf8_convert(str_data(from), str_kind(from), (char *)str_data(to) + place * str_kind(to),
                 str_kind(to), from->length);
}

// str_methods_case.c
NativeFunction str_py_capitalize, str_py_casefold, str_py_lower, str_py_swapcase, str_py_title,
    str_py_upper, str_py_isalnum, str_py_isalpha, str_py_isascii, str_py_isdecimal, str_py_isdigit,
    str_py_isidentifier, str_py_islower, str_py_isnumeric, str_py_isprintable, str_py_isspace,
    str_py_istitle, str_py_isupper;
// str_methods_split.c
NativeFunction str_py_split, str_py_rsplit, str_py_splitlines, str_py_partition, str_py_rpartition,
    str_py_strip, str_py_lstrip, str_py_rstrip, str_py_center, str_py_ljust, str_py_rjust,
    str_py_zfill, str_py_expandtabs;
// str_methods_translate.c
NativeFunction str_py_translate, str_py_maketrans;
// str_format_fields.c
NativeFunction str_py_format, str_py_format_map;
