// run.h — what the fuzzers share: one runtime for all inputs, and running a code object that nobody
// has looked at but the verifier.
#pragma once
#include "bytecode/code.h"

// The runtime's thread; made at the first call, with limits on memory and steps.
Thread *fuzz_thread(void);
// Runs the code as a function with arguments of its choice, in a fresh namespace of harmless
// builtins, for a limited number of steps; goes on with generators. Forgets exceptions.
void fuzz_run(Thread *thread, CodeObject *code, unsigned choice);
// Asks everything that can be asked of a code object without running it.
void fuzz_look_at(Thread *thread, CodeObject *code);
// Forgets the pending exception and what a run has left in the thread.
void fuzz_forget(Thread *thread);
// Compiles FUZZ_SEEDS; a list of all code objects in it.
Value fuzz_seeds(Thread *thread);
