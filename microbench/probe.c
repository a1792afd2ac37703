// probe.c — reading the clock and the kernel's counters.
#define _GNU_SOURCE
#include "probe.h"
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

uint64_t probe_now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

double probe_canary_ghz(void) {
    enum { ROUNDS = 5, ADDITIONS = 60000, UNROLLED = 10 };
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t x = (uint64_t)round, start = probe_now_ns();
        for (int i = 0; i < ADDITIONS / UNROLLED; i++)
            // Written out in assembly, or the compiler makes one addition of them.
            __asm__ volatile("add $1, %0\n add $1, %0\n add $1, %0\n add $1, %0\n add $1, %0\n"
                             "add $1, %0\n add $1, %0\n add $1, %0\n add $1, %0\n add $1, %0\n"
                             : "+r"(x));
        double ghz = ADDITIONS / (double)(probe_now_ns() - start);
        if (ghz > best) best = ghz;
    }
    return best;
}

static uint64_t steal_ticks(void) {
    FILE *file = fopen("/proc/stat", "r");
    unsigned long long steal = 0;
    if (!file) return 0;
    if (fscanf(file, "cpu %*u %*u %*u %*u %*u %*u %*u %llu", &steal) != 1) steal = 0;
    fclose(file);
    return steal;
}

Disturbance probe_disturbance(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (Disturbance){steal_ticks(), usage.ru_nivcsw, usage.ru_majflt};
}
