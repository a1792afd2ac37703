// text.h — what the types of numbers and text share, and their registration.
#pragma once
#include "objects/str.h"

// Makes bool, int, float, complex, str, bytes and bytearray ready. The limit of digits in
// conversions between int and str is then in force.
RAISES bool text_initialize(Thread *thread);

// str.encode: a bytes object. `encoding` is any spelling of utf-8, utf-16, utf-32 (with -le, -be),
// latin-1 or ascii; other names raise LookupError. `errors` is "strict", "ignore", ...
RAISES Value str_encode(Thread *thread, Value str, const char *encoding, const char *errors);
// bytes.decode: a str.
RAISES Value str_decode(Thread *thread, const unsigned char *bytes, size_t size,
                        const char *encoding, const char *errors);
// The encoding and errors arguments of encode, decode and str(): VALUE_ABSENT leaves *text as it
// is. False with TypeError or ValueError. The text lives as long as a pointer to it is on the
// stack.
RAISES bool text_argument(Thread *thread, const char *function, const char *name, Value argument,
                          const char **text);

// repr(str).
RAISES Value str_repr(Thread *thread, Value str);
// repr of the bytes, as of bytes objects: b'...'. That of a bytearray escapes every apostrophe.
RAISES Value bytes_repr(Thread *thread, const unsigned char *bytes, size_t size, bool of_bytearray);
// bytes % args, in the type of the format (bytes or bytearray).
RAISES Value bytes_percent_format(Thread *thread, Value format, Value args) RUNS_PYTHON;

// The arguments of find, count, startswith, index and their like, whose calls are not bound by a
// signature: self, what is looked for, start and end into out[4], VALUE_ABSENT if not given.
RAISES bool text_search_arguments(Thread *thread, const char *function, const Value *args,
                                  int count, Value out[4]);
// start and end of find, count, startswith: None and VALUE_ABSENT mean the whole; negative ones
// count from the end; clamped to the length (start may stay beyond it).
RAISES bool text_bounds(Thread *thread, Value start, Value end, size_t length, size_t *low,
                        size_t *high) RUNS_PYTHON;

// Method tables too long for the file of their type.
extern const MethodRow str_methods[], bytes_methods[], bytearray_methods[];
