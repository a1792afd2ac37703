// samples.c — taints and figures.
#include "samples.h"
#include <stdlib.h>
#include <string.h>

static const double drift_limit = 0.02;
enum { FAR = 10 }; // deviations above the median

bool samples_initialize(Samples *samples, int limit) {
    *samples = (Samples){.samples = calloc((size_t)limit, sizeof(Sample)),
                         .scratch = calloc((size_t)limit, sizeof(double)),
                         .limit = limit};
    return samples->samples && samples->scratch;
}

void samples_release(Samples *samples) {
    free(samples->samples);
    free(samples->scratch);
}

void samples_start(Samples *samples) {
    samples->count = 0;
    samples->counters = (Counters){0, 0};
    samples->calls = 0;
    samples->steal_ticks = probe_steal_ticks();
    samples->disturbance = probe_disturbance();
    samples->before = probe_canary();
}

SegmentStart samples_segment_start(void) {
    return (SegmentStart){probe_disturbance(), probe_counters()};
}

void samples_add(Samples *samples, double ns, long calls, const SegmentStart *start) {
    if (samples->count == samples->limit) return;
    Counters counters = probe_counters();
    Disturbance now = probe_disturbance();
    unsigned taint = 0;
    if (now.involuntary_switches != start->disturbance.involuntary_switches) taint |= TAINT_SWITCH;
    if (now.major_faults != start->disturbance.major_faults) taint |= TAINT_FAULT;
    samples->samples[samples->count++] = (Sample){ns / (double)calls, taint};
    samples->counters.cycles += counters.cycles - start->counters.cycles;
    samples->counters.instructions += counters.instructions - start->counters.instructions;
    samples->calls += (double)calls;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, by_value);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

// Copies the untainted times, or all if there are none, to the scratch; how many.
static int collect(const Samples *samples) {
    int count = 0;
    for (int i = 0; i < samples->count; i++)
        if (!samples->samples[i].taint) samples->scratch[count++] = samples->samples[i].ns;
    if (count) return count;
    for (int i = 0; i < samples->count; i++) samples->scratch[i] = samples->samples[i].ns;
    return samples->count;
}

static void make_figures(Samples *samples) {
    int count = collect(samples);
    samples->median = median(samples->scratch, count);
    samples->least = samples->scratch[0];
    for (int i = 0; i < count; i++) {
        double off = samples->scratch[i] - samples->median;
        samples->scratch[i] = off < 0 ? -off : off;
    }
    samples->deviation = median(samples->scratch, count);
}

void samples_finish(Samples *samples) {
    samples->after = probe_canary();
    samples->steal_ticks = probe_steal_ticks() - samples->steal_ticks;
    Disturbance now = probe_disturbance();
    samples->disturbance.involuntary_switches =
        now.involuntary_switches - samples->disturbance.involuntary_switches;
    samples->disturbance.major_faults = now.major_faults - samples->disturbance.major_faults;
    make_figures(samples);
    double far = samples->median + FAR * samples->deviation;
    double drift = samples->after.ghz / samples->before.ghz - 1;
    unsigned group = samples->steal_ticks ? TAINT_STEAL : 0;
    if (drift > drift_limit || drift < -drift_limit) group |= TAINT_DRIFT;
    samples->tainted = 0;
    samples->taint = group;
    for (int i = 0; i < samples->count; i++) {
        Sample *sample = &samples->samples[i];
        if (sample->ns > far) sample->taint |= TAINT_FAR;
        samples->taint |= sample->taint;
        samples->tainted += sample->taint != 0;
    }
    make_figures(samples);
    for (int i = 0; i < samples->count; i++) samples->samples[i].taint |= group;
    if (group) samples->tainted = samples->count;
}

const char *samples_taint_text(unsigned taint, char *text) {
    static const char *const names[] = {"switch", "fault", "far", "steal", "drift"};
    *text = 0;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (taint >> i & 1) {
            if (*text) strcat(text, " ");
            strcat(text, names[i]);
        }
    return text;
}
