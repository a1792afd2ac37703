// microbench.c — the command krait-microbench: every opcode under one dispatch technique.
//
// One process measures one engine: processes are the unit of the statistics, and tools/bench starts
// many of them. A benchmark is one row of bodies.def × body or baseline × number of copies; an
// iteration of Google Benchmark is one timed segment of about 100 µs. The cost of the opcode is the
// difference of the slopes over the numbers of copies, so that calls, loop and clock cancel out.
#include "bodies.h"
#include "executed.h"
#include "gbench.h"
#include "krait.h"
#include "probe.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { EXIT_FAILED = 1, EXIT_USAGE = 2, STEP_COUNT = 3 };
static const int steps[STEP_COUNT] = {1, 2, 4}; // × the base number of copies
static const uint64_t segment_ns = 100000;

typedef struct {
    const char *dispatch, *raw_path;
    int segments, copies;
    uint64_t seed;
    bool tuned, opcodes, executed;
} Settings;

typedef struct {
    const Body *body;
    bool baseline;
    int copies;
    int position; // in this process's order
} Case;

typedef struct {
    Settings settings;
    KraitRuntime *runtime;
    KraitHandle *prelude;
    KraitHandle *collect; // gc.collect
    KraitEngine engine;
    FILE *raw;
    double *samples; // settings.segments of them
} Session;
static Session session; // one a process; the benchmark callbacks get only their case

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, by_value);
    return count % 2 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

// How often to call the function in one segment; 0: an exception is pending. Warms the caches up
// too.
static long calibrate(const BodyFunction *made) {
    enum { WARM_UP = 8 };
    long times = 1;
    if (body_run(session.runtime, made, WARM_UP) < 0) return 0;
    for (;;) {
        uint64_t start = probe_now_ns();
        if (body_run(session.runtime, made, times) < 0) return 0;
        uint64_t elapsed = probe_now_ns() - start;
        if (elapsed * 2 > segment_ns || times > 1 << 20) {
            long fitted =
                elapsed ? (long)((double)times * (double)segment_ns / (double)elapsed) : times;
            return fitted < 1 ? 1 : fitted;
        }
        times *= 2;
    }
}

static void write_raw(const Case *item, const char *instruction, int segments, int tainted,
                      double middle, double least, double deviation, double ghz,
                      const Disturbance *before) {
    Disturbance after = probe_disturbance();
    char now[32];
    time_t seconds = time(NULL);
    strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", gmtime(&seconds));
    // engine_flags may hold commas: the one quoted field.
    fprintf(session.raw,
            "%s,%s.%s,%s,%s,mono,%s,%s,%s,\"%s\",%d,%s,%d,%d,%d,%.4f,%.4f,%.4f,%.4f,%" PRIu64
            ",%ld,%ld\n",
            now, item->body->opcode, item->body->variant, instruction, item->body->variant,
            session.settings.tuned ? "tuned" : "plain", session.engine.technique,
            session.engine.compiler, session.engine.flags, item->position,
            item->baseline ? "baseline" : "body", item->copies, segments, tainted, middle, least,
            deviation, ghz, after.steal_ticks - before->steal_ticks,
            after.involuntary_switches - before->involuntary_switches,
            after.major_faults - before->major_faults);
    fflush(session.raw);
}

static void report(GbState *state, const Case *item, const char *instruction, int count, double ghz,
                   const Disturbance *before) {
    double *samples = session.samples;
    double middle = median(samples, count), least = samples[0];
    int tainted = 0;
    double *deviations = samples + count;
    for (int i = 0; i < count; i++)
        deviations[i] = samples[i] > middle ? samples[i] - middle : middle - samples[i];
    double deviation = median(deviations, count);
    for (int i = 0; i < count; i++) tainted += samples[i] > middle + 10 * deviation;
    gb_set_counter(state, "ns_per_call", middle);
    gb_set_counter(state, "copies", item->copies);
    if (session.raw)
        write_raw(item, instruction, count, tainted, middle, least, deviation, ghz, before);
}

// So that each benchmark starts with the same heap: one that allocates would otherwise meet the
// collection that others made due.
static void collect(void) {
    KraitHandle *found = krait_call(session.runtime, session.collect, NULL, 0);
    krait_release(session.runtime, found);
}

static void run_case(GbState *state, void *context) {
    const Case *item = context;
    BodyFunction made;
    char error[512];
    if (!body_make(session.runtime, session.prelude, item->body, item->baseline, item->copies,
                   &made, error, sizeof error)) {
        gb_skip_with_error(state, error);
        return;
    }
    collect();
    double ghz = probe_canary_ghz();
    Disturbance before = probe_disturbance();
    long times = calibrate(&made);
    int count = 0;
    while (times && gb_keep_running(state)) {
        uint64_t start = probe_now_ns();
        if (body_run(session.runtime, &made, times) < 0) break;
        double elapsed = (double)(probe_now_ns() - start);
        gb_set_iteration_time(state, elapsed / 1e9);
        if (count < session.settings.segments) session.samples[count++] = elapsed / (double)times;
    }
    if (krait_error_pending(session.runtime)) {
        krait_error_text(session.runtime, error, sizeof error);
        krait_clear_error(session.runtime);
        gb_skip_with_error(state, error);
    } else if (count) {
        bool may_differ = session.settings.tuned && !item->baseline;
        const char *instruction = may_differ
                                      ? executed_instruction(session.runtime, &made, item->body)
                                      : item->body->opcode;
        gb_set_label(state, instruction);
        report(state, item, instruction, count, ghz, &before);
    }
    body_release(session.runtime, &made);
}

// xorshift64*: the order of the benchmarks, from --seed.
static uint64_t next_random(uint64_t *state) {
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 0x2545f4914f6cdd1du;
}

// Whether the row is measured in this form.
static bool has_form(const Body *body) { return session.settings.tuned || !body->tuned_only; }

static Case *make_cases(size_t *count) {
    Case *cases = calloc(body_count * 2 * STEP_COUNT, sizeof *cases);
    if (!cases) return NULL;
    size_t at = 0;
    for (size_t i = 0; i < body_count; i++)
        for (int baseline = 0; has_form(&bodies[i]) && baseline < 2; baseline++)
            for (int step = 0; step < STEP_COUNT; step++)
                cases[at++] =
                    (Case){&bodies[i], baseline, session.settings.copies * steps[step], 0};
    *count = at;
    uint64_t random = session.settings.seed;
    for (size_t i = *count; random && i > 1; i--) {
        size_t j = next_random(&random) % i;
        Case swapped = cases[i - 1];
        cases[i - 1] = cases[j];
        cases[j] = swapped;
    }
    for (size_t i = 0; i < *count; i++) cases[i].position = (int)i;
    return cases;
}

static void register_case(Case *item) {
    char name[160];
    snprintf(name, sizeof name, "%s.%s/%s/%s:%s/%s/%d", item->body->opcode, item->body->variant,
             session.settings.tuned ? "tuned" : "plain", session.engine.technique,
             session.engine.compiler, item->baseline ? "baseline" : "body", item->copies);
    GbBenchmark *benchmark = gb_register(name, run_case, item);
    gb_use_manual_time(benchmark);
    gb_iterations(benchmark, session.settings.segments);
}

static const char help_text[] =
    "usage: krait-microbench [OPTION]... [--benchmark_...]\n"
    "\n"
    "Times every opcode under one dispatch technique. All flags of Google Benchmark work.\n"
    "\n"
    "  --dispatch=NAME    technique, or TECHNIQUE:COMPILER (see krait --dispatch=list)\n"
    "  --form=FORM        plain (all knobs off; the default) or tuned\n"
    "  --copies=N         copies of a body; 2N and 4N are measured too (default 100)\n"
    "  --segments=N       timed segments of about 100 us for each (default 20)\n"
    "  --seed=N           shuffle the benchmarks; 0 (the default) keeps their order\n"
    "  --raw=FILE         append one CSV row for each to FILE (results/README.md)\n"
    "  --opcodes          list opcode,variant of the form, or why an opcode has no body, and stop\n"
    "  --executed         count instead of timing: list opcode,variant,instruction,executed,baseline, where\n"
    "                     `instruction` is what stands for the opcode in this form after warming up, and a\n"
    "                     copy of the body (of the baseline) runs that opcode as many times\n"
    "  --help             this text\n"
    "\n"
    "Exit codes: 0; 1 a benchmark failed; 2 wrong usage, or the filter matches nothing.\n";

static bool parse_count(const char *text, long least, long most, long *number) {
    char *end;
    errno = 0;
    *number = strtol(text, &end, 10);
    return !errno && *text && !*end && *number >= least && *number <= most;
}

// The value of "--name=value" if the argument is that option, else NULL.
static const char *option_value(const char *argument, const char *name) {
    size_t length = strlen(name);
    return !strncmp(argument, name, length) && argument[length] == '=' ? argument + length + 1
                                                                       : NULL;
}

static bool parse_option(Settings *settings, const char *argument) {
    const char *value;
    long number;
    if (!strcmp(argument, "--opcodes")) {
        settings->opcodes = true;
    } else if (!strcmp(argument, "--executed")) {
        settings->executed = true;
    } else if ((value = option_value(argument, "--dispatch"))) {
        settings->dispatch = value;
    } else if ((value = option_value(argument, "--raw"))) {
        settings->raw_path = value;
    } else if ((value = option_value(argument, "--form"))) {
        settings->tuned = !strcmp(value, "tuned");
        return settings->tuned || !strcmp(value, "plain");
    } else if ((value = option_value(argument, "--copies"))) {
        if (!parse_count(value, 1, 2000, &number)) return false;
        settings->copies = (int)number;
    } else if ((value = option_value(argument, "--segments"))) {
        if (!parse_count(value, 1, 100000, &number)) return false;
        settings->segments = (int)number;
    } else if ((value = option_value(argument, "--seed"))) {
        if (!parse_count(value, 0, INT32_MAX, &number)) return false;
        settings->seed = (uint64_t)number * 0x9e3779b97f4a7c15u; // spreads small seeds; 0 stays 0
    } else {
        return false;
    }
    return true;
}

static void list_opcodes(void) {
    puts("opcode,variant,reason");
    for (size_t i = 0; i < body_count; i++)
        if (has_form(&bodies[i])) printf("%s,%s,\n", bodies[i].opcode, bodies[i].variant);
    for (size_t i = 0; i < body_missing_count; i++)
        printf("%s,,%s\n", bodies_missing[i].opcode, bodies_missing[i].reason);
}

static int list_executed(void) {
    int code = 0;
    puts("opcode,variant,instruction,executed,baseline");
    for (size_t i = 0; i < body_count; i++) {
        Executed executed;
        char error[512];
        if (!has_form(&bodies[i])) continue;
        if (executed_count(session.runtime, session.prelude, &bodies[i], &executed, error,
                           sizeof error)) {
            printf("%s,%s,%s,%ld,%ld\n", bodies[i].opcode, bodies[i].variant,
                   executed.instruction ? executed.instruction : "", executed.executed,
                   executed.baseline);
            continue;
        }
        fprintf(stderr, "krait-microbench: %s.%s: %s\n", bodies[i].opcode, bodies[i].variant,
                error);
        code = EXIT_FAILED;
    }
    return code;
}

static bool start_session(void) {
    KraitOptions options;
    const char *error;
    krait_options_initialize(&options);
    options.dispatch = session.settings.dispatch;
    options.hash_seed = "0";
    options.count_opcodes = session.settings.executed;
    if (!session.settings.tuned) options.knobs_off = UINT64_MAX;
    int engine = krait_engine_find(session.settings.dispatch);
    session.runtime = engine < 0 ? NULL : krait_new(&options, &error);
    if (!session.runtime) {
        fprintf(stderr, "krait-microbench: %s\n",
                engine < 0 ? "no such dispatch technique in this build" : error);
        return false;
    }
    session.engine = krait_engine(engine);
    session.prelude = bodies_prelude(session.runtime);
    KraitHandle *gc = krait_import(session.runtime, "gc");
    session.collect = gc ? krait_get_attribute(session.runtime, gc, "collect") : NULL;
    krait_release(session.runtime, gc);
    if (!session.prelude || !session.collect) krait_print_error(session.runtime);
    session.samples = calloc((size_t)session.settings.segments * 2, sizeof *session.samples);
    if (session.settings.raw_path && !(session.raw = fopen(session.settings.raw_path, "a")))
        fprintf(stderr, "krait-microbench: %s: %s\n", session.settings.raw_path, strerror(errno));
    return session.prelude && session.collect && session.samples &&
           (session.raw || !session.settings.raw_path);
}

static int run_all(void) {
    size_t count;
    Case *cases = make_cases(&count);
    if (!cases) return EXIT_FAILED;
    gb_add_context("technique", session.engine.technique);
    gb_add_context("engine_compiler", session.engine.compiler);
    gb_add_context("engine_flags", session.engine.flags);
    for (size_t i = 0; i < count; i++) register_case(&cases[i]);
    long matched = gb_run();
    free(cases);
    if (matched == 0 && !gb_only_lists()) {
        fprintf(stderr, "krait-microbench: no benchmark matches '%s'\n", gb_filter());
        return EXIT_USAGE;
    }
    return matched < 0 ? EXIT_FAILED : 0;
}

int main(int argc, char **argv) {
    session.settings = (Settings){.segments = 20, .copies = 100};
    // Before the library, which would print its own flags only.
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") && strcmp(argv[i], "-h")) continue;
        fputs(help_text, stdout);
        return 0;
    }
    gb_initialize(&argc, argv);
    for (int i = 1; i < argc; i++) {
        if (parse_option(&session.settings, argv[i])) continue;
        fprintf(stderr, "krait-microbench: wrong option '%s'\nTry 'krait-microbench --help'.\n",
                argv[i]);
        return EXIT_USAGE;
    }
    if (session.settings.opcodes) {
        list_opcodes();
        return 0;
    }
    if (!start_session()) return EXIT_USAGE;
    int code = session.settings.executed ? list_executed() : run_all();
    if (session.raw && fclose(session.raw) != 0) code = EXIT_FAILED;
    free(session.samples);
    krait_release(session.runtime, session.prelude);
    krait_release(session.runtime, session.collect);
    krait_delete(session.runtime);
    gb_shutdown();
    return code;
}
