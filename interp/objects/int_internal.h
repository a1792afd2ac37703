// int_internal.h — what the files int*.c share beyond int.h.
#pragma once
#include "objects/int.h"

// int(bytes, base): ValueError as int_parse.
RAISES Value int_parse_bytes(Thread *thread, Value bytes, int base);
// int.from_bytes and int.to_bytes.
RAISES Value int_from_bytes(Thread *thread, const unsigned char *bytes, size_t size,
                            bool little_endian, bool is_signed);
RAISES Value int_to_bytes(Thread *thread, Value value, size_t size, bool little_endian,
                          bool is_signed);
