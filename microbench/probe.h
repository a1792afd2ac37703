// probe.h — the clock, and what disturbs a measurement.
#pragma once
#include <stdbool.h>
#include <stdint.h>

uint64_t probe_now_ns(void); // CLOCK_MONOTONIC
uint64_t probe_cpu_ns(void); // what this thread has run so far; reading it takes 20 times as long

// How fast the processor runs: additions a nanosecond, the best of a few short runs.
typedef struct {
    double ghz;        // dependent ones, one a cycle: the clock's frequency
    double throughput; // eight independent chains: less while a sibling thread shares the core
} Canary;
Canary probe_canary(void);

// What the kernel counts of this thread; cheap enough for every segment.
typedef struct {
    long involuntary_switches, major_faults;
} Disturbance;
Disturbance probe_disturbance(void);

// Hardware counters of this thread outside the kernel, where the machine has them.
typedef struct {
    uint64_t cycles, instructions;
} Counters;
// False (and no counters from then on) where there are none; errno says why: ENOENT without a PMU,
// EACCES where /proc/sys/kernel/perf_event_paranoid forbids it.
bool probe_open_counters(void);
// Since they were opened; zeros without counters.
Counters probe_counters(void);
uint64_t probe_steal_ticks(void); // of all processors, from /proc/stat
