// probe.c — reading the clock and the kernel's counters.
#define _GNU_SOURCE
#include "probe.h"
#include <linux/perf_event.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static uint64_t read_clock(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

uint64_t probe_now_ns(void) { return read_clock(CLOCK_MONOTONIC); }
uint64_t probe_cpu_ns(void) { return read_clock(CLOCK_THREAD_CPUTIME_ID); }

enum { ROUNDS = 5, ADDITIONS = 20000 };

// Additions of a register, in assembly: compilers and processors fold those of a constant.
#if defined(__x86_64__)
#define ADD(to) "add %[one], %[" #to "]\n\t"
#elif defined(__aarch64__)
#define ADD(to) "add %[" #to "], %[" #to "], %[one]\n\t"
#endif
#define FIVE(text) text text text text text

static double time_latency(uint64_t one) {
    uint64_t x = one, start = probe_now_ns();
    for (int i = 0; i < ADDITIONS / 10; i++)
        __asm__ volatile(FIVE(ADD(x)) FIVE(ADD(x)) : [x] "+r"(x) : [one] "r"(one));
    return ADDITIONS / (double)(probe_now_ns() - start);
}

static double time_throughput(uint64_t one) {
    uint64_t a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, start = probe_now_ns();
    for (int i = 0; i < ADDITIONS / 40; i++)
        __asm__ volatile(FIVE(ADD(a) ADD(b) ADD(c) ADD(d) ADD(e) ADD(f) ADD(g) ADD(h))
                         : [a] "+r"(a), [b] "+r"(b), [c] "+r"(c), [d] "+r"(d), [e] "+r"(e),
                           [f] "+r"(f), [g] "+r"(g), [h] "+r"(h)
                         : [one] "r"(one));
    return ADDITIONS / (double)(probe_now_ns() - start);
}

Canary probe_canary(void) {
    Canary best = {0, 0};
    for (int round = 0; round < ROUNDS; round++) {
        double ghz = time_latency(1), throughput = time_throughput(1);
        if (ghz > best.ghz) best.ghz = ghz;
        if (throughput > best.throughput) best.throughput = throughput;
    }
    return best;
}

uint64_t probe_steal_ticks(void) {
    FILE *file = fopen("/proc/stat", "r");
    unsigned long long steal = 0;
    if (!file) return 0;
    if (fscanf(file, "cpu %*u %*u %*u %*u %*u %*u %*u %llu", &steal) != 1) steal = 0;
    fclose(file);
    return steal;
}

Disturbance probe_disturbance(void) {
    struct rusage usage;
    getrusage(RUSAGE_THREAD, &usage);
    return (Disturbance){usage.ru_nivcsw, usage.ru_majflt};
}

static int counters = -1; // the group's leader; -1: none

static int open_counter(uint64_t config, int leader) {
    struct perf_event_attr attributes = {.type = PERF_TYPE_HARDWARE,
                                         .size = sizeof attributes,
                                         .config = config,
                                         .read_format = PERF_FORMAT_GROUP,
                                         .exclude_kernel = 1,
                                         .exclude_hv = 1};
    return (int)syscall(SYS_perf_event_open, &attributes, 0, -1, leader, PERF_FLAG_FD_CLOEXEC);
}

bool probe_open_counters(void) {
    counters = open_counter(PERF_COUNT_HW_CPU_CYCLES, -1);
    if (counters < 0) return false;
    if (open_counter(PERF_COUNT_HW_INSTRUCTIONS, counters) >= 0) return true;
    close(counters);
    counters = -1;
    return false;
}

Counters probe_counters(void) {
    struct {
        uint64_t count, values[2];
    } group;
    if (counters < 0 || read(counters, &group, sizeof group) != sizeof group || group.count != 2)
        return (Counters){0, 0};
    return (Counters){group.values[0], group.values[1]};
}
