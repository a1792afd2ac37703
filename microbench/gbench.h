// gbench.h — Google Benchmark for programs in C.
//
// The C++ lives in gbench.cc alone. A benchmark is a C function that gets the state and its
// context; it runs its kernel once for each iteration that gb_keep_running grants. Kernels that
// time themselves call gb_set_iteration_time once an iteration (with gb_use_manual_time). Names,
// flags and reporters are Google Benchmark's own (--benchmark_filter, --benchmark_list_tests,
// --benchmark_format, ...).
//
// Traps of 1.7.1 that this interface takes care of: benchmarks that are skipped with an error, or a
// filter that matches none, make gb_run say so (the library exits with 0); iteration counts are
// fixed by the caller, because manual times that are tiny would run for a billion iterations.
#ifndef KRAIT_GBENCH_H
#define KRAIT_GBENCH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct GbState GbState;         // one run of a benchmark
typedef struct GbBenchmark GbBenchmark; // a registered benchmark
typedef void GbFunction(GbState *state, void *context);

// Takes Google Benchmark's flags out of argv.
void gb_initialize(int *argc, char **argv);
// Frees the library's own state.
void gb_shutdown(void);
// Context lines of the report. Both texts are copied.
void gb_add_context(const char *key, const char *value);
// True if --benchmark_list_tests was given: names are printed and nothing runs.
int gb_only_lists(void);

// `context` must live until gb_run has returned; the name is copied.
GbBenchmark *gb_register(const char *name, GbFunction *function, void *context);
void gb_use_manual_time(GbBenchmark *benchmark);
void gb_iterations(GbBenchmark *benchmark, int64_t iterations);

// The filter that is in force ("" if none): a POSIX extended regular expression, "-" in front
// negates.
const char *gb_filter(void);

// Runs what the filter matches. The number of benchmarks that matched, or -1 when one was skipped
// with an error.
long gb_run(void);

// Inside a GbFunction.
int gb_keep_running(GbState *state); // false: stop
void gb_set_iteration_time(GbState *state, double seconds);
void gb_set_counter(GbState *state, const char *name, double value);
void gb_set_label(GbState *state, const char *label);
void gb_skip_with_error(GbState *state, const char *message);

#ifdef __cplusplus
}
#endif
#endif
