// engine.h — the engines of this build.
//
// Each engine is one dispatch technique compiled by one compiler from the same handlers
// (vm/engine_<technique>.c); the build's engines.def lists them. All are in one binary.
#pragma once
#include "vm/frame.h"

typedef struct {
    const char *technique; // "direct"
    const char *compiler;  // "gcc", "clang-19"
    const char *flags;     // the compiler's
    // Runs thread->frame until a frame with FRAME_ENTRY is left; VALUE_ERROR with an exception
    // pending.
    Value (*run)(Thread *thread, Frame *frame);
    // Handler word of each opcode for threaded code; NULL where there is no handler.
    const void *const *(*handlers)(void);
} Engine;

extern const Engine *const engines[];
extern const int engine_count;
// The build's KRAIT_LAYOUT_SEED (cmake/layout.cmake); 0: the default order.
extern const int layout_seed;
// Index of the engine that "technique" or "technique:compiler" names (NULL: the default), or -1.
int engine_find(const char *dispatch);
// The table of --dispatch=list: what this build has, and why another engine is missing.
void engine_list(FILE *out, bool json);
