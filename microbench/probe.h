// probe.h — the clock, and what disturbs a measurement.
#pragma once
#include <stdint.h>

uint64_t probe_now_ns(void); // CLOCK_MONOTONIC
// Speed of a chain of dependent additions, one a cycle: gigahertz, the best of a few short runs.
double probe_canary_ghz(void);

typedef struct {
    uint64_t steal_ticks; // of all processors, from /proc/stat
    long involuntary_switches, major_faults;
} Disturbance;
Disturbance probe_disturbance(void);
