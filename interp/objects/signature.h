// signature.h — text signatures of C functions, parsed.
//
// "self, key, default=None, /, *, strict=False, **rest": as in a def, without parentheses. Parsed
// once for each text, which must be a literal: the address is the key of the cache.
#pragma once
#include "runtime/thread.h"

enum { SIGNATURE_PARAMETER_LIMIT = 32 };

typedef struct {
    const char *name; // in the text, not ended by NUL
    uint8_t length;
    bool required;
    enum { PARAMETER_POSITIONAL, PARAMETER_KEYWORD_ONLY, PARAMETER_REST, PARAMETER_KEYWORDS } kind;
} Parameter;
typedef struct Signature {
    const char *text;
    struct Signature *next;
    int count;           // parameters, self included
    int positional;      // of them: positional ones, ...
    int positional_only; // ... those that cannot be given by name
    int required;        // ... those without a default
    int keyword_only;
    int rest, keywords; // index of *args and **kwargs; -1: none
    Parameter parameters[];
} Signature;

// NULL with MemoryError (or SystemError for a text that is no signature).
RAISES const Signature *signature_get(Thread *thread, const char *text);
// How a message names the function.
typedef struct {
    const char *name;
    const char *qualifier; // "list." of list.append, or ""
    bool has_self;         // the first parameter is self and not counted
} SignatureUse;
// One Value a parameter into `out`; self, if any, is args[0].
RAISES bool signature_bind(Thread *thread, const Signature *signature, const SignatureUse *use,
                           Value *args, int count, Value names, Value *out);
void signatures_finalize(Runtime *runtime);
