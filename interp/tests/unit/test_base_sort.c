// test_base_sort.c — sorting of arrays with all kinds of runs: order, stability, values moving
// along, failing comparisons, and that every word stays visible.
#include "base/sort.h"

#include "tests/unit/harness.h"

enum { MAX_COUNT = 5000 };

// Keys hold what is compared in the high half and their first place in the low half.
typedef struct {
    uint64_t calls;
    uint64_t fails_at;       // 0 for never
    const SortTask *watched; // checked for lost words at each call; NULL for not
    bool lost;
} Context;

static uint64_t random_state = 88172645463325252u;

static uint64_t draw(uint64_t bound) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state % bound;
}

static bool all_visible(const SortTask *task) {
    bool seen[256] = {false};
    size_t scratch = sort_scratch_words(task->count, false);
    for (size_t i = 0; i < task->count; i++) seen[(uint32_t)task->keys[i]] = true;
    for (size_t i = 0; i < scratch; i++)
        if ((uint32_t)task->scratch[i] < 256) seen[(uint32_t)task->scratch[i]] = true;
    for (size_t i = 0; i < task->count; i++)
        if (!seen[i]) return false;
    return true;
}

static int less(void *argument, uint64_t a, uint64_t b) {
    Context *context = argument;
    if (++context->calls == context->fails_at) return -1;
    if (context->watched != NULL && !all_visible(context->watched)) context->lost = true;
    return a >> 32 < b >> 32;
}

static void fill(uint64_t *keys, size_t count, unsigned kind) {
    for (size_t i = 0; i < count; i++) {
        uint64_t word = 0;
        switch (kind) {
        case 0: word = draw(1000000); break;
        case 1: word = draw(8); break;
        case 2: word = i; break;
        case 3: word = count - i; break;
        case 4: word = i % 97 == 0 ? draw(count) : i; break;
        case 5: word = (i * 2) % (count | 1); break;
        default: word = i < count / 2 ? i + count : i; break;
        }
        keys[i] = word << 32 | i;
    }
}

static void check_sort(size_t count, unsigned kind, bool with_values, uint64_t fails_at,
                       bool watch) {
    static uint64_t keys[MAX_COUNT], values[MAX_COUNT], scratch[MAX_COUNT];
    fill(keys, count, kind);
    for (size_t i = 0; i < count; i++) values[i] = i * 3;
    memset(scratch, 0xFF, sizeof scratch);
    Context context = {.fails_at = fails_at};
    SortTask task = {keys, with_values ? values : NULL, count, scratch, less, &context};
    if (watch) context.watched = &task;
    bool sorted = sort_stable(&task);
    CHECK(sorted || fails_at != 0);
    CHECK(!context.lost);
    bool ordered = true, along = true;
    static bool seen[MAX_COUNT];
    memset(seen, 0, sizeof seen);
    for (size_t i = 0; i < count; i++) {
        uint32_t place = (uint32_t)keys[i];
        ordered = ordered && !seen[place] && (!sorted || i == 0 || keys[i - 1] < keys[i]);
        seen[place] = true;
        along = along && (!with_values || values[i] == place * UINT64_C(3));
    }
    CHECK(ordered);
    CHECK(along);
}

int main(void) {
    static const size_t counts[] = {0, 1, 2, 3, 31, 63, 64, 65, 127, 128, 129, 200, 1000, 5000};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        for (unsigned kind = 0; kind < 7; kind++) {
            check_sort(counts[i], kind, false, 0, false);
            check_sort(counts[i], kind, true, 0, false);
            for (unsigned failure = 0; failure < 10; failure++)
                check_sort(counts[i], kind, true, 1 + draw(counts[i] * 4 + 1), false);
            if (counts[i] <= 200) check_sort(counts[i], kind, false, 0, true);
        }
    uint64_t words[] = {1, 2, 3};
    sort_reverse(words, 3);
    CHECK(words[0] == 3 && words[1] == 2 && words[2] == 1);
    return harness_finish();
}
