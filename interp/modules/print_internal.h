// print_internal.h — what the files that print exceptions share.
//
// Everything is put together in one text first and then written at once, so that what printing
// itself raises cannot leave half a line. Inside exception groups each line starts with a margin.
#pragma once
#include "base/text_buffer.h"
#include "modules/modules.h"
#include "objects/exception.h"
#include "vm/traceback.h"

typedef struct {
    Thread *thread;
    TextBuffer text;
    int depth;       // of exception groups
    bool need_close; // the frame around a group's exceptions is still open
    Value seen;      // list of exceptions in the chain, against cycles
    char *source;    // of the file read last, malloc'ed
    size_t source_size;
    Value source_name; // its name; VALUE_ABSENT before the first
} Printer;

// Starts a line: indentation and margin of the current group. `margin` NULL: "| " inside groups.
void print_margin(Printer *printer, const char *margin);
// Appends a str; what cannot be decoded is shown as it is.
void print_str(Printer *printer, Value text);
// The frames of a traceback under `header` (print_traceback.c).
void print_traceback(Printer *printer, Value traceback, const char *header,
                     const char *header_margin);
// The text of a line of a source file without its indentation, and a line end. False if it cannot
// be had; then nothing is appended.
bool print_source_line(Printer *printer, Value filename, int line);
// ". Did you mean: 'x'?" or VALUE_ABSENT (suggestions.c). Raises nothing.
Value suggestion_find(Thread *thread, Value exception) RUNS_PYTHON;
