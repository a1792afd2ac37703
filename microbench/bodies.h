// bodies.h — the rows of bodies.def, and making functions of them.
#pragma once
#include "krait.h"
#include <stdbool.h>
#include <stddef.h>

typedef enum { BODY_ASSEMBLY, BODY_NAMESPACE, BODY_FUNCTION, BODY_CLOSURE, BODY_MODULE } BodyKind;

typedef struct {
    const char *opcode, *variant;
    BodyKind kind;
    bool tuned_only;                      // its instruction exists in the tuned form only
    const char *inject, *inject_baseline; // what krait_inject gets for each; NULL: nothing
    const char *args;                     // Python expression for a tuple
    const char *names;                    // separated by spaces; of assembly only
    const char *body, *baseline;
} Body;
extern const Body bodies[];
extern const size_t body_count;

typedef struct {
    const char *opcode, *reason;
} BodyMissing;
extern const BodyMissing bodies_missing[];
extern const size_t body_missing_count;

// What surrounds the copies: CONTEXT_MONO nothing; CONTEXT_MIX fillers (mix.h); CONTEXT_FRESH
// fillers, in so many different functions called in turn that neither code nor branches are
// remembered from the last time.
typedef enum { CONTEXT_MONO, CONTEXT_MIX, CONTEXT_FRESH } Context;
const char *context_name(Context context);
// -1: no such context.
int context_find(const char *name);
// The context that a row is measured in: calibrators are always alone.
Context body_context(const Body *body, Context wanted);

// Which function is wanted of a row.
typedef struct {
    bool baseline;
    int copies;
    Context context;
    bool separate; // a NOP around each filler, so that nothing fuses with it
    uint64_t seed; // of the fillers
    const char
        *inject; // what is injected besides; a row with an injection of its own has that alone
} BodyPlan;

enum { BODY_ARGS = 9, BODY_FUNCTIONS = 32 };

// What runs the copies: functions and their arguments, or the code of modules and their
// namespaces; one of each unless the context is fresh.
typedef struct {
    KraitHandle *functions[BODY_FUNCTIONS];
    KraitHandle *codes[BODY_FUNCTIONS], *globals[BODY_FUNCTIONS];
    int count, next;
    KraitHandle *args[BODY_ARGS]; // the last one is the fillers'
    size_t arg_count;
} BodyFunction;

// Runs prelude.py; its namespace. NULL with a Python exception pending.
KraitHandle *bodies_prelude(KraitRuntime *runtime);
// False: `error` says why (an exception, a wrong row).
bool body_make(KraitRuntime *runtime, KraitHandle *prelude, const Body *body, const BodyPlan *plan,
               BodyFunction *made, char *error, size_t error_size);
// Calls it `times` times, one function after the other: 0, or -1 with an exception pending.
int body_run(KraitRuntime *runtime, BodyFunction *made, long times);
void body_release(KraitRuntime *runtime, BodyFunction *made);
// Do the baselines of two rows run the same, so that one serves both?
bool bodies_share_baseline(const Body *body, const Body *other);
