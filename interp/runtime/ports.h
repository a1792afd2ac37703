// ports.h — the three things that runtime/ and objects/ need from the layers above.
//
// vm/ and modules/ install them when they are made ready.
#pragma once
#include "runtime/thread.h"

typedef struct {
    // Compiles source text (a str, bytes or ready code object is not accepted here) and returns a
    // code object. mode is "exec", "eval" or "single". compile(), exec(), eval().
    Value (*compile)(Thread *thread, const char *source, size_t size, Value filename,
                     const char *mode, int flags, int optimize);
    // Runs a code object with these namespaces (closure: tuple or VALUE_ABSENT).
    Value (*evaluate)(Thread *thread, Value code, Value globals, Value locals, Value closure);
    // import name; returns the module named (for a dotted name the leaf).
    Value (*import)(Thread *thread, Value name);
} Ports;
extern Ports ports;
