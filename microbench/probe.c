// probe.c — reading the clock and the kernel's counters.
#define _GNU_SOURCE
#include "probe.h"
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

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
