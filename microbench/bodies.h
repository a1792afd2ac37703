// bodies.h — the rows of bodies.def, and making functions of them.
#pragma once
#include "krait.h"
#include <stdbool.h>
#include <stddef.h>

typedef enum { BODY_ASSEMBLY, BODY_NAMESPACE, BODY_FUNCTION, BODY_CLOSURE, BODY_MODULE } BodyKind;

typedef struct {
    const char *opcode, *variant;
    BodyKind kind;
    bool tuned_only;   // its instruction exists in the tuned form only
    const char *args;  // Python expression for a tuple
    const char *names; // separated by spaces; of assembly only
    const char *body, *baseline;
} Body;
extern const Body bodies[];
extern const size_t body_count;

typedef struct {
    const char *opcode, *reason;
} BodyMissing;
extern const BodyMissing bodies_missing[];
extern const size_t body_missing_count;

// What runs `copies` copies of the body (or baseline): a function and its arguments, or the code of
// a module and its namespace.
typedef struct {
    KraitHandle *function;
    KraitHandle *code, *globals;
    KraitHandle *args[8];
    size_t arg_count;
} BodyFunction;

// Runs prelude.py; its namespace. NULL with a Python exception pending.
KraitHandle *bodies_prelude(KraitRuntime *runtime);
// False: `error` says why (an exception, a wrong row).
bool body_make(KraitRuntime *runtime, KraitHandle *prelude, const Body *body, bool baseline,
               int copies, BodyFunction *made, char *error, size_t error_size);
// Runs it `times` times: 0, or -1 with an exception pending.
int body_run(KraitRuntime *runtime, const BodyFunction *made, long times);
void body_release(KraitRuntime *runtime, BodyFunction *made);
