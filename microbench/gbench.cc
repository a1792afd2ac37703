// gbench.cc — gbench.h over the C++ library: nothing but adapters.
#include "gbench.h"

#include <benchmark/benchmark.h>

#include <atomic>
#include <cstring>
#include <string>

namespace {

benchmark::State *unwrap(GbState *state) { return reinterpret_cast<benchmark::State *>(state); }

benchmark::internal::Benchmark *unwrap(GbBenchmark *benchmark) {
    return reinterpret_cast<benchmark::internal::Benchmark *>(benchmark);
}

std::atomic<bool> skipped{false};
bool only_lists = false;
std::string filter;

} // namespace

extern "C" {

void gb_initialize(int *argc, char **argv) {
    // Flags are looked at before the library takes them out: 1.7.1 does not tell what it was given.
    static const char filter_flag[] = "--benchmark_filter=";
    for (int i = 1; i < *argc; i++) {
        if (!std::strncmp(argv[i], filter_flag, sizeof filter_flag - 1))
            filter = argv[i] + sizeof filter_flag - 1;
        if (!std::strcmp(argv[i], "--benchmark_list_tests") ||
            !std::strcmp(argv[i], "--benchmark_list_tests=true"))
            only_lists = true;
    }
    benchmark::Initialize(argc, argv);
}

void gb_shutdown(void) { benchmark::Shutdown(); }

void gb_add_context(const char *key, const char *value) { benchmark::AddCustomContext(key, value); }

int gb_only_lists(void) { return only_lists; }

const char *gb_filter(void) { return filter.c_str(); }

GbBenchmark *gb_register(const char *name, GbFunction *function, void *context) {
    auto *registered =
        benchmark::RegisterBenchmark(name, [function, context](benchmark::State &state) {
            function(reinterpret_cast<GbState *>(&state), context);
        });
    return reinterpret_cast<GbBenchmark *>(registered);
}

void gb_use_manual_time(GbBenchmark *benchmark) { unwrap(benchmark)->UseManualTime(); }

void gb_iterations(GbBenchmark *benchmark, int64_t iterations) {
    unwrap(benchmark)->Iterations(static_cast<benchmark::IterationCount>(iterations));
}

long gb_run(void) {
    size_t matched = benchmark::RunSpecifiedBenchmarks();
    return skipped ? -1 : static_cast<long>(matched);
}

int gb_keep_running(GbState *state) { return unwrap(state)->KeepRunning(); }

void gb_set_iteration_time(GbState *state, double seconds) {
    unwrap(state)->SetIterationTime(seconds);
}

void gb_set_counter(GbState *state, const char *name, double value) {
    unwrap(state)->counters[name] = value;
}

void gb_set_label(GbState *state, const char *label) { unwrap(state)->SetLabel(label); }

void gb_skip_with_error(GbState *state, const char *message) {
    skipped = true;
    unwrap(state)->SkipWithError(message);
}
}
