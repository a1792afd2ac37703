// unicode_names.h — the names of characters, as "\N{...}" and the error handler "namereplace" use
// them: Unicode 15.0's, aliases included, named sequences not. Most come from libunistring; what
// its Unicode 14 lacks stands in unicode_names.inc, which unicode_names.py writes. The names of
// unified ideographs follow a rule.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A name with its final NUL fits into as many bytes.
enum { UNICODE_NAME_SIZE = 256 };

// The character with this name or alias; false if there is none. `name` is ASCII and need not end
// with NUL. As in CPython case does not matter, except in the names that follow a rule (Hangul
// syllables, unified ideographs), which are upper case.
bool unicode_names_find(const char *name, size_t size, uint32_t *code_point);

// Writes the name of a character; false if it has none (controls, surrogates, unassigned).
bool unicode_names_of(uint32_t code_point, char name[UNICODE_NAME_SIZE]);
