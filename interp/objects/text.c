// text.c — makes the types of numbers and text ready.
#include "objects/text.h"
#include "objects/bytes.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/memoryview.h"

enum { DEFAULT_DIGIT_LIMIT = 4300 };

bool text_initialize(Thread *thread) {
    thread->runtime->int_digit_limit = DEFAULT_DIGIT_LIMIT;
    Type *const types[] = {&int_type,       &bool_type,       &float_type,
                           &complex_type,   &str_type,        &bytes_type,
                           &bytearray_type, &memoryview_type, &memory_iterator_type};
    for (size_t i = 0; i < COUNT_OF(types); i++)
        if (!type_ready(thread, types[i])) return false;
    return true;
}
