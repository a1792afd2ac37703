// text_form_names.h — words of the text form of bytecode: bits of co_flags, of MAKE_FUNCTION, and
// the conversions of FORMAT_VALUE.
#pragma once
#include "bytecode/code.h"

typedef struct {
    const char *name;
    int bit;
} TextFormFlag;
enum { TEXT_FORM_FLAGS = 17, TEXT_FORM_FUNCTION_FLAGS = 4, TEXT_FORM_CONVERSIONS = 4 };

extern const TextFormFlag text_form_flags[TEXT_FORM_FLAGS];
extern const char *const text_form_function_flags[TEXT_FORM_FUNCTION_FLAGS];
extern const char *const text_form_conversions[TEXT_FORM_CONVERSIONS]; // the first is empty
