// mix.h — what runs between the copies of a body, so that handlers have many successors.
//
// Identical copies in a row give each handler one successor, which every processor predicts;
// programs do not. In the contexts mix and fresh a copy is followed by fillers (mix.def), which are
// a walk along the pairs of opcodes measured in whole programs (pairs.def). A body and its baseline
// get the same walk, so that the fillers' cost cancels out.
#pragma once
#include <stdint.h>

typedef struct {
    const char *instructions, *statement;
} Filler;
extern const Filler fillers[];
extern const int filler_count;

typedef struct {
    uint64_t random;
    int last; // index of the filler before
} MixWalk;

// A walk of its own for each pair of seeds.
MixWalk mix_start(uint64_t seed, uint64_t part);
// The next filler.
int mix_next(MixWalk *walk);
