// weak.h — weak references.
#pragma once
#include "runtime/thread.h"

typedef struct WeakReference WeakReference;
struct WeakReference {
    Object header;
    Value referent;           // not traced; absent when the referent has died
    Value callback;           // None, or called with the reference when the referent has died
    int64_t hash;             // of the referent; 0: not asked yet
    WeakReference *next_dead; // in the list of those whose callback is to be run
};
extern Type weak_reference_type;
// Prepares the table of all weak references.
RAISES bool weak_initialize(Thread *thread);
// A reference of that type (&weak_reference_type or a subclass). Without a callback an exact one is
// shared by all who ask. TypeError for what cannot be weakly referenced.
RAISES Value weak_reference_new(Thread *thread, Type *type, Value referent, Value callback);
// The referent, or None when it has died.
Value weak_reference_get(Value reference);
// Number of living references to an object, and a list of them.
int64_t weak_reference_count(Thread *thread, Value referent);
RAISES Value weak_reference_list(Thread *thread, Value referent);
// Runs the callbacks of references whose referent has died; what they raise is reported as
// unraisable. Called by thread_poll when POLL_FINALIZERS is up.
void weak_run_callbacks(Thread *thread) RUNS_PYTHON;
