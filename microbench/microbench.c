// microbench.c — the command krait-microbench: every opcode under one dispatch technique.
//
// One process measures one engine: processes are the unit of the statistics, and tools/bench starts
// many of them. A benchmark is one row of bodies.def × body or baseline × number of copies; an
// iteration of Google Benchmark is one timed segment of about 50 µs. The cost of the opcode is the
// difference of the slopes over the numbers of copies, so that calls, loop and clock cancel out.
#include "bodies.h"
#include "executed.h"
#include "gbench.h"
#include "krait.h"
#include "once.h"
#include "probe.h"
#include "samples.h"
#include "turns.h"
#include <errno.h>
#include <inttypes.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { EXIT_FAILED = 1, EXIT_USAGE = 2, STEP_COUNT = 3, AGAIN_EVERY = 7 };
enum { TURN_SEGMENTS = 4 };
static const int steps[STEP_COUNT] = {1, 2, 4}; // × the base number of copies
static const uint64_t segment_ns = 50000;

typedef struct {
    const char *dispatch, *raw_path, *segments_path, *inject, *turns;
    int segments, copies;
    uint64_t seed;
    Context context;
    bool tuned, opcodes, executed, counts, kinds, once, again, share;
} Settings;

typedef struct {
    const Body *body;
    const Body *owner; // the row whose baseline serves it
    bool baseline;
    bool again; // the same body a second time
    int copies;
    int position; // in this process's order
} Case;

typedef struct {
    Settings settings;
    KraitRuntime *runtime;
    KraitHandle *prelude;
    KraitHandle *collect; // gc.collect
    KraitEngine engine;
    FILE *raw, *segments;
    Samples samples;
    double cpu_ns_per_call; // of all segments of the case together
} Session;
static Session session; // one a process; the benchmark callbacks get only their case

// How often to call the function in one segment; 0: an exception is pending. Warms the caches up
// too.
static long calibrate(BodyFunction *made) {
    enum { WARM_UP = 8 };
    long times = 1;
    if (body_run(session.runtime, made, WARM_UP * (long)made->count) < 0) return 0;
    for (;;) {
        uint64_t start = probe_cpu_ns(); // the wall clock goes on while others have the processor
        if (body_run(session.runtime, made, times) < 0) return 0;
        uint64_t elapsed = probe_cpu_ns() - start;
        if (elapsed * 2 > segment_ns || times > 1 << 20) {
            long fitted =
                elapsed ? (long)((double)times * (double)segment_ns / (double)elapsed) : times;
            return fitted < 1 ? 1 : fitted;
        }
        times *= 2;
    }
}

static const char *form_name(void) { return session.settings.tuned ? "tuned" : "plain"; }

static const char *context_of(const Case *item) {
    return context_name(body_context(item->body, session.settings.context));
}

static void write_raw(const Case *item, const char *instruction) {
    const Samples *samples = &session.samples;
    char now[32], taint[64], owner[160] = "", counted[64] = ","; // empty cells without counters
    if (item->owner != item->body)
        snprintf(owner, sizeof owner, "%s.%s", item->owner->opcode, item->owner->variant);
    if (samples->counters.cycles)
        snprintf(counted, sizeof counted, "%.2f,%.2f",
                 (double)samples->counters.instructions / samples->calls,
                 (double)samples->counters.cycles / samples->calls);
    time_t seconds = time(NULL);
    strftime(now, sizeof now, "%Y-%m-%dT%H:%M:%SZ", gmtime(&seconds));
    // engine_flags may hold commas: the one quoted field.
    fprintf(session.raw,
            "%s,%s.%s,%s,%s,%s,%s,%s,%s,\"%s\",%s,%d,%s,%d,%d,%d,%.2f,%.2f,%.2f,%.3f,%" PRIu64
            ",%ld,%ld,%s,%.3f,%.2f,%s,%s\n",
            now, item->body->opcode, item->body->variant, instruction, item->body->variant,
            context_of(item), form_name(), session.engine.technique, session.engine.compiler,
            session.engine.flags, item->again ? "A2" : "A", item->position,
            item->baseline ? "baseline" : "body", item->copies, samples->count, samples->tainted,
            samples->median, samples->least, samples->deviation, samples->before.ghz,
            samples->steal_ticks, samples->disturbance.involuntary_switches,
            samples->disturbance.major_faults, samples_taint_text(samples->taint, taint),
            samples->after.ghz, samples->after.throughput, owner, counted);
    fflush(session.raw);
}

static void write_segments(const Case *item) {
    char taint[64];
    for (int i = 0; i < session.samples.count; i++)
        fprintf(session.segments, "%s.%s,%s,%s,%d,%d,%.4f,%s\n", item->body->opcode,
                item->body->variant, item->again ? "A2" : "A", item->baseline ? "baseline" : "body",
                item->copies, i, session.samples.samples[i].ns,
                samples_taint_text(session.samples.samples[i].taint, taint));
    fflush(session.segments);
}

static void report(GbState *state, const Case *item, BodyFunction *made) {
    bool may_differ = session.settings.tuned && !item->baseline;
    const char *instruction =
        may_differ ? executed_instruction(session.runtime, made, item->body) : item->body->opcode;
    samples_finish(&session.samples);
    gb_set_label(state, instruction);
    gb_set_counter(state, "ns_per_call", session.samples.median);
    gb_set_counter(state, "cpu_ns_per_call", session.cpu_ns_per_call);
    gb_set_counter(state, "copies", item->copies);
    if (session.raw) write_raw(item, instruction);
    if (session.segments) write_segments(item);
}

// So that each benchmark starts with the same heap: one that allocates would otherwise meet the
// collection that others made due.
static void collect(void) {
    KraitHandle *found = krait_call(session.runtime, session.collect, NULL, 0);
    krait_release(session.runtime, found);
}

static bool make_function(const Case *item, BodyFunction *made, char *error, size_t error_size) {
    const Settings *settings = &session.settings;
    const BodyPlan plan = {.baseline = item->baseline,
                           .copies = item->copies,
                           .context = body_context(item->body, settings->context),
                           .separate = settings->tuned,
                           .seed = settings->seed,
                           .inject = settings->inject};
    return body_make(session.runtime, session.prelude, item->body, &plan, made, error, error_size);
}

// False with an exception pending. The processor time of all segments is what counts where several
// processes take turns on one processor.
static bool time_segments(GbState *state, BodyFunction *made, long times) {
    uint64_t cpu = probe_cpu_ns();
    double calls = 0;
    int segments = 0;
    turns_wait();
    while (gb_keep_running(state)) {
        if (segments++ % TURN_SEGMENTS == 0 && segments > 1) {
            turns_pass();
            turns_wait();
        }
        SegmentStart before = samples_segment_start();
        uint64_t start = probe_now_ns();
        if (body_run(session.runtime, made, times) < 0) return false;
        double elapsed = (double)(probe_now_ns() - start);
        gb_set_iteration_time(state, elapsed / 1e9);
        samples_add(&session.samples, elapsed, times, &before);
        calls += (double)times;
    }
    turns_pass();
    session.cpu_ns_per_call = calls > 0 ? (double)(probe_cpu_ns() - cpu) / calls : 0;
    return true;
}

static void run_case(GbState *state, void *context) {
    const Case *item = context;
    BodyFunction made;
    char error[512];
    if (!make_function(item, &made, error, sizeof error)) {
        gb_skip_with_error(state, error);
        return;
    }
    collect();
    long times = calibrate(&made);
    samples_start(&session.samples);
    if (times && time_segments(state, &made, times)) {
        if (session.samples.count) report(state, item, &made);
    } else {
        krait_error_text(session.runtime, error, sizeof error);
        krait_clear_error(session.runtime);
        gb_skip_with_error(state, error);
    }
    body_release(session.runtime, &made);
}

static void write_name(const Case *item, char *name, size_t size) {
    snprintf(name, size, "%s.%s/%s/%s/%s:%s/%s/%d%s", item->body->opcode, item->body->variant,
             context_of(item), form_name(), session.engine.technique, session.engine.compiler,
             item->baseline ? "baseline" : "body", item->copies, item->again ? "/again" : "");
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

// --benchmark_filter, which the library applies to all cases, but here a baseline must be known to
// run.
typedef struct {
    regex_t pattern;
    bool is_compiled, negated;
} Filter;

static Filter compile_filter(void) {
    Filter filter = {.negated = gb_filter()[0] == '-'};
    const char *text = gb_filter() + filter.negated;
    filter.is_compiled = *text && regcomp(&filter.pattern, text, REG_EXTENDED | REG_NOSUB) == 0;
    return filter;
}

static bool passes(const Filter *filter, const Case *item) {
    char name[200];
    if (!filter->is_compiled) return true;
    write_name(item, name, sizeof name);
    return (regexec(&filter->pattern, name, 0, NULL, 0) == 0) != filter->negated;
}

// With --share-baselines a baseline is measured once for all rows that have the same: with the
// first one that the filter leaves.
static const Body *find_owner(const Filter *filter, size_t row) {
    for (size_t i = 0; session.settings.share && i < row; i++) {
        const Case other = {
            .body = &bodies[i], .baseline = true, .copies = session.settings.copies};
        if (has_form(&bodies[i]) && bodies_share_baseline(&bodies[i], &bodies[row]) &&
            passes(filter, &other))
            return &bodies[i];
    }
    return &bodies[row];
}

// The numbers of copies, in shuffled order unless the seed is 0.
static void add_steps(Case *cases, size_t *at, Case like, uint64_t *random) {
    for (int step = 0; step < STEP_COUNT; step++) {
        like.copies = session.settings.copies * steps[step];
        size_t to = *at + (size_t)step;
        size_t from = *random ? *at + next_random(random) % (size_t)(step + 1) : to;
        cases[to] = cases[from];
        cases[from] = like;
    }
    *at += STEP_COUNT;
}

// All cases of one row stand together, rows in shuffled order.
static Case *make_cases(size_t *count) {
    Case *cases = calloc(body_count * 3 * STEP_COUNT, sizeof *cases);
    size_t *rows = calloc(body_count * 2, sizeof *rows), row_count = 0;
    if (!cases || !rows) {
        free(cases);
        free(rows);
        return NULL;
    }
    for (size_t i = 0; i < body_count; i++)
        if (has_form(&bodies[i])) {
            rows[row_count++] = i;
            if (session.settings.again && i % AGAIN_EVERY == 0) rows[row_count++] = i + body_count;
        }
    uint64_t random = session.settings.seed;
    for (size_t i = row_count; random && i > 1; i--) {
        size_t j = next_random(&random) % i, swapped = rows[i - 1];
        rows[i - 1] = rows[j];
        rows[j] = swapped;
    }
    Filter filter = compile_filter();
    *count = 0;
    for (size_t i = 0; i < row_count; i++) {
        size_t row = rows[i] % body_count;
        Case like = {.body = &bodies[row],
                     .owner = find_owner(&filter, row),
                     .again = rows[i] >= body_count};
        add_steps(cases, count, like, &random);
        like.baseline = true;
        if (!like.again && like.owner == like.body) add_steps(cases, count, like, &random);
    }
    if (filter.is_compiled) regfree(&filter.pattern);
    free(rows);
    for (size_t i = 0; i < *count; i++) cases[i].position = (int)i;
    return cases;
}

static void register_case(Case *item) {
    char name[200];
    write_name(item, name, sizeof name);
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
    "  --context=NAME     mono (identical copies; the default), mix (fillers between them, as frequent as\n"
    "                     in programs), fresh (likewise, in many functions that are called in turn)\n"
    "  --share-baselines  measure baselines that are the same once\n"
    "  --again            every seventh row a second time, as if it were another one\n"
    "  --inject=LIST      slow opcodes down on purpose (see krait --help)\n"
    "  --copies=N         copies of a body; 2N and 4N are measured too (default 100)\n"
    "  --segments=N       timed segments of about 50 us for each (default 20)\n"
    "  --seed=N           shuffle the benchmarks; 0 (the default) keeps their order\n"
    "  --raw=FILE         append one CSV row for each to FILE (results/README.md)\n"
    "  --keep-segments=FILE  append every segment to FILE: bench,arm,body,copies,segment,ns,taint\n"
    "  --turns=FILE:LANE:LANES  take turns of a few segments with LANES - 1 other processes that time\n"
    "                     the same in the same order; they find each other through FILE\n"
    "  --opcodes          list opcode,variant of the form, or why an opcode has no body, and stop\n"
    "  --once             for callgrind: call each body with N and 2N copies once, within measured_call;\n"
    "                     like the lists below it takes all rows of the form, whatever the filter is\n"
    "  --counts           list bench,body,instruction,count: what one copy executes, and stop\n"
    "  --kinds            the same by what the instructions work on: bench,body,instruction,kinds,count\n"
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
    } else if (!strcmp(argument, "--counts")) {
        settings->counts = true;
    } else if (!strcmp(argument, "--kinds")) {
        settings->kinds = true;
    } else if (!strcmp(argument, "--share-baselines")) {
        settings->share = true;
    } else if (!strcmp(argument, "--once")) {
        settings->once = true;
    } else if (!strcmp(argument, "--again")) {
        settings->again = true;
    } else if ((value = option_value(argument, "--inject"))) {
        settings->inject = value;
        return !krait_injection_error(value);
    } else if ((value = option_value(argument, "--turns"))) {
        settings->turns = value;
    } else if ((value = option_value(argument, "--keep-segments"))) {
        settings->segments_path = value;
    } else if ((value = option_value(argument, "--context"))) {
        if (context_find(value) < 0) return false;
        settings->context = (Context)context_find(value);
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

static int list_counts(void) {
    char error[512];
    long *counts = calloc((size_t)krait_opcode_limit(), sizeof *counts);
    bool ok = counts != NULL;
    puts("bench,body,instruction,count");
    for (size_t i = 0; ok && i < body_count; i++)
        for (int baseline = 0; ok && has_form(&bodies[i]) && baseline < 2; baseline++) {
            memset(counts, 0, (size_t)krait_opcode_limit() * sizeof *counts);
            ok = executed_copy(session.runtime, session.prelude, &bodies[i], baseline, counts,
                               error, sizeof error);
            if (!ok) fprintf(stderr, "krait-microbench: %s\n", error);
            for (int number = 0; ok && number < krait_opcode_limit(); number++)
                if (counts[number])
                    printf("%s.%s,%s,%s,%ld\n", bodies[i].opcode, bodies[i].variant,
                           baseline ? "baseline" : "body", krait_opcode_name(number, NULL),
                           counts[number]);
        }
    free(counts);
    return ok ? 0 : EXIT_FAILED;
}

static int list_kinds(void) {
    char error[512];
    puts("bench,body,instruction,kinds,count");
    for (size_t i = 0; i < body_count; i++)
        for (int baseline = 0; has_form(&bodies[i]) && baseline < 2; baseline++) {
            if (executed_print_kinds(session.runtime, session.prelude, &bodies[i], baseline, stdout,
                                     error, sizeof error))
                continue;
            fprintf(stderr, "krait-microbench: %s\n", error);
            return EXIT_FAILED;
        }
    return 0;
}

static int run_once(void) {
    const Settings *settings = &session.settings;
    bool ok = once_run(session.runtime, session.prelude, settings->tuned, settings->copies);
    return ok ? 0 : EXIT_FAILED;
}

static FILE *open_append(const char *path) {
    FILE *file = path ? fopen(path, "a") : NULL;
    if (path && !file) fprintf(stderr, "krait-microbench: %s: %s\n", path, strerror(errno));
    return file;
}

static bool start_session(void) {
    KraitOptions options;
    const char *error;
    krait_options_initialize(&options);
    options.dispatch = session.settings.dispatch;
    options.hash_seed = "0";
    options.count_opcodes = session.settings.executed || session.settings.counts;
    options.count_operands = session.settings.kinds;
    options.inject = session.settings.inject;
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
    (void)probe_open_counters();
    session.raw = open_append(session.settings.raw_path);
    session.segments = open_append(session.settings.segments_path);
    return samples_initialize(&session.samples, session.settings.segments) && session.prelude &&
           session.collect && !session.raw == !session.settings.raw_path &&
           !session.segments == !session.settings.segments_path;
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
    if (session.settings.turns && !turns_join(session.settings.turns)) {
        fprintf(stderr, "krait-microbench: --turns=%s: %s\n", session.settings.turns,
                strerror(errno));
        return EXIT_USAGE;
    }
    const Settings *settings = &session.settings;
    int code = settings->executed ? list_executed()
               : settings->counts ? list_counts()
               : settings->kinds  ? list_kinds()
               : settings->once   ? run_once()
                                  : run_all();
    turns_leave();
    if (session.raw && fclose(session.raw) != 0) code = EXIT_FAILED;
    if (session.segments && fclose(session.segments) != 0) code = EXIT_FAILED;
    samples_release(&session.samples);
    krait_release(session.runtime, session.prelude);
    krait_release(session.runtime, session.collect);
    krait_delete(session.runtime);
    gb_shutdown();
    return code;
}
