// file_internal.h — what the files of byte and text files share.
#pragma once
#include "modules/byte_file.h"

// The size argument of read and readline: SIZE_MAX when absent, None or negative.
RAISES bool file_read_limit(Thread *thread, Value argument, size_t *limit) RUNS_PYTHON;
// readlines(hint) by repeated calls of `next`.
RAISES Value file_read_lines(Thread *thread, Value self, Value hint, Value (*next)(Thread *, Value))
    RUNS_PYTHON;
NativeFunction file_py_writelines;
// Flushes and closes without a thread: Type.release of byte files.
void byte_file_release(Heap *heap, Object *object);

// How a text file treats line ends.
typedef enum {
    NEWLINES_UNIVERSAL,    // None: \n, \r and \r\n are read as \n
    NEWLINES_UNTRANSLATED, // '': the same ends, kept as they are
    NEWLINES_LF,
    NEWLINES_CR,
    NEWLINES_CRLF,
} Newlines;
RAISES bool newlines_parse(Thread *thread, Value argument, Newlines *newlines);
// A text file over a byte file. encoding and errors: str, or VALUE_ABSENT for the defaults.
RAISES Value text_file_new(Thread *thread, Value buffer, Value encoding, Value errors,
                           Newlines newlines, Value mode, bool line_buffered);
