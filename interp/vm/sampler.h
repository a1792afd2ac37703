// sampler.h — a sampling profiler: what the program does at HZ moments a second of real time.
//
// A timer signal interrupts the thread. The handler copies the frames' code objects and pcs and the
// machine registers into a buffer that exists already, and touches nothing else; polls turn the
// copies into stacks and count equal ones. Nothing here costs anything while no sampler runs.
//
// Frames are published at calls and returns, so functions and callers are exact. The running pc
// lies in a machine register while handlers run; every engine keeps it in one or two of them, which
// are found by looking which registers point at instructions of the running code. Where none does
// (in C functions that use the register themselves), the pc that the frame last published counts:
// handlers publish it before every call that can raise, allocate or run Python.
#pragma once
#include "vm/instruction.h"

typedef struct {
    CodeObject *code;
    int32_t unit; // of the code; -1: not known
    int32_t line; // -1: none
} SampleLocation;

typedef struct {
    size_t first; // of Samples.places: locations by index, the running frame first
    uint32_t depth;
    bool cut;          // outer frames are missing
    int opcode;        // that runs; -1: none does, or it is not known
    uintptr_t address; // of the machine instruction
    uint64_t count;
} SampleStack;

// What was sampled; for reading.
typedef struct {
    const SampleLocation *locations;
    size_t location_count;
    const SampleStack *stacks;
    size_t stack_count;
    const uint32_t *places;
    int hz;
    uint64_t taken, dropped; // dropped: no room, or no memory
} Samples;

enum { SAMPLE_HZ_DEFAULT = 997, SAMPLE_HZ_LIMIT = 10000 };

// Starts sampling this thread: false with OSError, ValueError (hz) or MemoryError pending. One
// sampler a process; what an earlier one collected is forgotten.
RAISES bool sampler_start(Thread *thread, int hz);
// Stops the timer; what was collected stays.
void sampler_stop(Thread *thread);
// Counts what the handler has copied since the last time; false if no sampler was started.
bool sampler_read(Thread *thread, Samples *samples);
// Stops, and forgets everything.
void sampler_finalize(Thread *thread);
