// samples.h — the timed segments of one group: which are tainted, and the figures of the others.
//
// A tainted segment stays in the files and out of the figures. A segment is tainted by what the
// kernel did meanwhile (a switch to another task, a major fault) or by lying more than ten
// deviations above the median; a whole group by stolen time or by a canary that ran at another
// speed behind it than before it.
#pragma once
#include "probe.h"
#include <stdbool.h>

enum {
    TAINT_SWITCH = 1, // involuntary context switch
    TAINT_FAULT = 2,  // major page fault
    TAINT_FAR = 4,    // far above the median
    TAINT_STEAL = 8,  // of the group: the host took the processor away
    TAINT_DRIFT = 16, // of the group: the processor's speed changed by more than 2 %
};

typedef struct {
    double ns; // of one call
    unsigned taint;
} Sample;

typedef struct {
    Sample *samples;
    double *scratch;
    int count, limit;
    Canary before, after;
    uint64_t steal_ticks; // at the start; then how many came
    Disturbance disturbance;
    Counters counters; // of all segments together; zeros without hardware counters
    double calls;      // in all segments
    // Figures over the untainted segments, or over all if there are none.
    double median, least, deviation;
    int tainted;
    unsigned taint; // of the group, and of any segment
} Samples;

// Room for `limit` segments; false without memory.
bool samples_initialize(Samples *samples, int limit);
void samples_release(Samples *samples);
// A group begins: reads the counters and runs the canary.
void samples_start(Samples *samples);
// What is read before a segment.
typedef struct {
    Disturbance disturbance;
    Counters counters;
} SegmentStart;
SegmentStart samples_segment_start(void);
// Adds a segment of `calls` calls that took `ns`. More than the limit are ignored.
void samples_add(Samples *samples, double ns, long calls, const SegmentStart *start);
// The group ends: makes the figures.
void samples_finish(Samples *samples);
// The names of taints, separated by blanks, into a buffer of at least 64 bytes.
const char *samples_taint_text(unsigned taint, char *text);
