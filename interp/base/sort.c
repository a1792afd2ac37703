// sort.c — powersort: natural runs, merged in the order of a nearly optimal binary tree.
//
// One idea: the boundary between two runs has a power, the depth at which a perfectly balanced tree
// over the whole array would separate their middles; runs are merged when a boundary of lower power
// follows. Merges copy the shorter run to scratch and gallop when one side keeps winning.
//
// Invariants: every word between the runs of a merge that is under way is in the array or in
// scratch, and a failed comparison copies what is left in scratch back.
#include "base/sort.h"

#include <string.h>

#include "base/bits.h"
#include "base/config.h"

enum {
    MAX_PENDING = 65, // powers strictly increase up the stack and are at most 64
    FIRST_GALLOP = 7, // wins in a row after which galloping starts, at first
};

// Where a run of words begins: keys, and the values that belong to them (NULL if there are none).
typedef struct {
    uint64_t *keys;
    uint64_t *values;
} Slice;

typedef struct {
    Slice start;
    size_t count;
    unsigned power; // of the boundary to the next run
} Run;

typedef struct {
    const SortTask *task;
    Slice scratch;
    size_t gallop_threshold;
    size_t pending_count;
    Run pending[MAX_PENDING];
} Sorter;

ALWAYS_INLINE int ask(const Sorter *sorter, uint64_t a, uint64_t b) {
    return sorter->task->less(sorter->task->context, a, b);
}

ALWAYS_INLINE Slice move_by(Slice slice, ptrdiff_t distance) {
    return (Slice){slice.keys + distance, slice.values == NULL ? NULL : slice.values + distance};
}

ALWAYS_INLINE void copy_one(Slice to, Slice from) {
    *to.keys = *from.keys;
    if (to.values != NULL) *to.values = *from.values;
}

// The slices may overlap.
static void copy_many(Slice to, Slice from, size_t count) {
    memmove(to.keys, from.keys, count * sizeof(uint64_t));
    if (to.values != NULL) memmove(to.values, from.values, count * sizeof(uint64_t));
}

void sort_reverse(uint64_t *words, size_t count) {
    for (size_t low = 0, high = count; low + 1 < high; low++) {
        uint64_t word = words[low];
        words[low] = words[--high];
        words[high] = word;
    }
}

// Runs

// Counts the run at the start: never descending, or strictly descending, which is then reversed.
// 0 when a comparison failed.
static size_t find_run(const Sorter *sorter, Slice start, size_t count) {
    if (count < 2) return count;
    const uint64_t *keys = start.keys;
    int descending = ask(sorter, keys[1], keys[0]);
    if (descending < 0) return 0;
    size_t length = 2;
    for (; length < count; length++) {
        int less = ask(sorter, keys[length], keys[length - 1]);
        if (less < 0) return 0;
        if (less != descending) break;
    }
    if (descending) {
        sort_reverse(start.keys, length);
        if (start.values != NULL) sort_reverse(start.values, length);
    }
    return length;
}

// Sorts by binary insertion, given that the first `sorted` are in order.
static bool insert_rest(const Sorter *sorter, Slice start, size_t sorted, size_t count) {
    for (; sorted < count; sorted++) {
        uint64_t pivot = start.keys[sorted];
        size_t low = 0, high = sorted;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            int less = ask(sorter, pivot, start.keys[middle]);
            if (less < 0) return false;
            if (less)
                high = middle;
            else
                low = middle + 1;
        }
        uint64_t value = start.values == NULL ? 0 : start.values[sorted];
        copy_many(move_by(start, (ptrdiff_t)low + 1), move_by(start, (ptrdiff_t)low), sorted - low);
        start.keys[low] = pivot;
        if (start.values != NULL) start.values[low] = value;
    }
    return true;
}

// The least length of a run, 32 to 64, such that count / length is a power of two or just below
// one.
static size_t least_run(size_t count) {
    size_t odd = 0;
    while (count >= 64) {
        odd |= count & 1;
        count >>= 1;
    }
    return count + odd;
}

// Galloping: exponential search from a hint, then binary search.

// Where `key` belongs among the sorted keys: before equal ones (left), or behind them (right).
// -1 when a comparison failed. Keys before the result are < key (left) or <= key (right).
typedef enum { BEFORE_EQUALS, BEHIND_EQUALS } Side;

// Whether the key at `index` stays before the searched key. -1 when the comparison failed.
ALWAYS_INLINE int stays_before(const Sorter *sorter, const uint64_t *keys, size_t index,
                               uint64_t key, Side side) {
    if (side == BEFORE_EQUALS) return ask(sorter, keys[index], key);
    int less = ask(sorter, key, keys[index]);
    return less < 0 ? -1 : !less;
}

static ptrdiff_t gallop(const Sorter *sorter, uint64_t key, const uint64_t *keys, size_t count,
                        size_t hint, Side side) {
    int before = stays_before(sorter, keys, hint, key, side);
    if (before < 0) return -1;
    size_t low, high; // the keys below low stay before, those from high on do not
    size_t step = 1;
    if (before) {
        size_t limit = count - hint;
        low = hint + 1;
        while (step < limit) {
            before = stays_before(sorter, keys, hint + step, key, side);
            if (before < 0) return -1;
            if (!before) break;
            low = hint + step + 1;
            step = step * 2 + 1;
        }
        high = step < limit ? hint + step : count;
    } else {
        high = hint;
        while (step <= hint) {
            before = stays_before(sorter, keys, hint - step, key, side);
            if (before < 0) return -1;
            if (before) break;
            high = hint - step;
            step = step * 2 + 1;
        }
        low = step <= hint ? hint - step + 1 : 0;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        before = stays_before(sorter, keys, middle, key, side);
        if (before < 0) return -1;
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
    return (ptrdiff_t)low;
}

// Merging

// A merge that is under way. Upwards (low): the left run lies in scratch, the output grows from the
// left end; downwards (high): the right run lies in scratch, the output grows from the right end.
typedef struct {
    Slice left, right; // next words of each: the first ones upwards, the last ones downwards
    size_t left_count, right_count;
    Slice out; // where the next word goes
} Merge;

typedef enum { MERGE_FAILED, MERGE_ENDED, MERGE_GALLOPS, MERGE_STEPS } MergeState;

static void take_left_up(Merge *merge, size_t count) {
    copy_many(merge->out, merge->left, count);
    merge->out = move_by(merge->out, (ptrdiff_t)count);
    merge->left = move_by(merge->left, (ptrdiff_t)count);
    merge->left_count -= count;
}

static void take_right_up(Merge *merge, size_t count) {
    copy_many(merge->out, merge->right, count);
    merge->out = move_by(merge->out, (ptrdiff_t)count);
    merge->right = move_by(merge->right, (ptrdiff_t)count);
    merge->right_count -= count;
}

// One word at a time, until one side has won often enough to gallop.
static MergeState step_up(const Sorter *sorter, Merge *merge, size_t threshold) {
    size_t left_wins = 0, right_wins = 0;
    while (left_wins < threshold && right_wins < threshold) {
        int less = ask(sorter, *merge->right.keys, *merge->left.keys);
        if (less < 0) return MERGE_FAILED;
        if (less) {
            copy_one(merge->out, merge->right);
            merge->right = move_by(merge->right, 1);
            merge->out = move_by(merge->out, 1);
            right_wins++;
            left_wins = 0;
            if (--merge->right_count == 0) return MERGE_ENDED;
        } else {
            copy_one(merge->out, merge->left);
            merge->left = move_by(merge->left, 1);
            merge->out = move_by(merge->out, 1);
            left_wins++;
            right_wins = 0;
            if (--merge->left_count == 0) return MERGE_ENDED;
        }
    }
    return MERGE_GALLOPS;
}

// Whole stretches at a time, while they are long.
static MergeState gallop_up(const Sorter *sorter, Merge *merge, size_t *threshold) {
    for (;;) {
        *threshold -= *threshold > 1;
        ptrdiff_t from_left = gallop(sorter, *merge->right.keys, merge->left.keys,
                                     merge->left_count, 0, BEHIND_EQUALS);
        if (from_left < 0) return MERGE_FAILED;
        take_left_up(merge, (size_t)from_left);
        if (merge->left_count == 0) return MERGE_ENDED;
        take_right_up(merge, 1);
        if (merge->right_count == 0) return MERGE_ENDED;
        ptrdiff_t from_right = gallop(sorter, *merge->left.keys, merge->right.keys,
                                      merge->right_count, 0, BEFORE_EQUALS);
        if (from_right < 0) return MERGE_FAILED;
        take_right_up(merge, (size_t)from_right);
        if (merge->right_count == 0) return MERGE_ENDED;
        take_left_up(merge, 1);
        if (merge->left_count == 0) return MERGE_ENDED;
        if (from_left < FIRST_GALLOP && from_right < FIRST_GALLOP) {
            *threshold += 2; // galloping did not pay: come back later
            return MERGE_STEPS;
        }
    }
}

static bool merge_up(Sorter *sorter, Slice left, size_t left_count, Slice right,
                     size_t right_count) {
    copy_many(sorter->scratch, left, left_count);
    Merge merge = {sorter->scratch, right, left_count, right_count, left};
    MergeState state = MERGE_STEPS;
    while (state != MERGE_ENDED && state != MERGE_FAILED)
        state = state == MERGE_STEPS ? step_up(sorter, &merge, sorter->gallop_threshold)
                                     : gallop_up(sorter, &merge, &sorter->gallop_threshold);
    // What is left of the right run is in place already.
    copy_many(merge.out, merge.left, merge.left_count);
    return state == MERGE_ENDED;
}

static void take_left_down(Merge *merge, size_t count) {
    merge->out = move_by(merge->out, -(ptrdiff_t)count);
    merge->left = move_by(merge->left, -(ptrdiff_t)count);
    copy_many(move_by(merge->out, 1), move_by(merge->left, 1), count);
    merge->left_count -= count;
}

static void take_right_down(Merge *merge, size_t count) {
    merge->out = move_by(merge->out, -(ptrdiff_t)count);
    merge->right = move_by(merge->right, -(ptrdiff_t)count);
    copy_many(move_by(merge->out, 1), move_by(merge->right, 1), count);
    merge->right_count -= count;
}

static MergeState step_down(const Sorter *sorter, Merge *merge, size_t threshold) {
    size_t left_wins = 0, right_wins = 0;
    while (left_wins < threshold && right_wins < threshold) {
        int less = ask(sorter, *merge->right.keys, *merge->left.keys);
        if (less < 0) return MERGE_FAILED;
        if (less) {
            copy_one(merge->out, merge->left);
            merge->left = move_by(merge->left, -1);
            merge->out = move_by(merge->out, -1);
            left_wins++;
            right_wins = 0;
            if (--merge->left_count == 0) return MERGE_ENDED;
        } else {
            copy_one(merge->out, merge->right);
            merge->right = move_by(merge->right, -1);
            merge->out = move_by(merge->out, -1);
            right_wins++;
            left_wins = 0;
            if (--merge->right_count == 0) return MERGE_ENDED;
        }
    }
    return MERGE_GALLOPS;
}

static MergeState gallop_down(const Sorter *sorter, Merge *merge, size_t *threshold) {
    for (;;) {
        *threshold -= *threshold > 1;
        const uint64_t *left = merge->left.keys - (merge->left_count - 1);
        ptrdiff_t kept = gallop(sorter, *merge->right.keys, left, merge->left_count,
                                merge->left_count - 1, BEHIND_EQUALS);
        if (kept < 0) return MERGE_FAILED;
        size_t from_left = merge->left_count - (size_t)kept;
        take_left_down(merge, from_left);
        if (merge->left_count == 0) return MERGE_ENDED;
        take_right_down(merge, 1);
        if (merge->right_count == 0) return MERGE_ENDED;
        const uint64_t *right = merge->right.keys - (merge->right_count - 1);
        kept = gallop(sorter, *merge->left.keys, right, merge->right_count, merge->right_count - 1,
                      BEFORE_EQUALS);
        if (kept < 0) return MERGE_FAILED;
        size_t from_right = merge->right_count - (size_t)kept;
        take_right_down(merge, from_right);
        if (merge->right_count == 0) return MERGE_ENDED;
        take_left_down(merge, 1);
        if (merge->left_count == 0) return MERGE_ENDED;
        if (from_left < FIRST_GALLOP && from_right < FIRST_GALLOP) {
            *threshold += 2;
            return MERGE_STEPS;
        }
    }
}

static bool merge_down(Sorter *sorter, Slice left, size_t left_count, Slice right,
                       size_t right_count) {
    copy_many(sorter->scratch, right, right_count);
    ptrdiff_t last = (ptrdiff_t)right_count - 1;
    Merge merge = {move_by(left, (ptrdiff_t)left_count - 1), move_by(sorter->scratch, last),
                   left_count, right_count, move_by(right, last)};
    MergeState state = MERGE_STEPS;
    while (state != MERGE_ENDED && state != MERGE_FAILED)
        state = state == MERGE_STEPS ? step_down(sorter, &merge, sorter->gallop_threshold)
                                     : gallop_down(sorter, &merge, &sorter->gallop_threshold);
    ptrdiff_t rest = (ptrdiff_t)merge.right_count;
    copy_many(move_by(merge.out, 1 - rest), move_by(merge.right, 1 - rest), merge.right_count);
    return state == MERGE_ENDED;
}

// Merges the two topmost pending runs. Words that stand right already are left out first.
static bool merge_top(Sorter *sorter) {
    Run *first = &sorter->pending[sorter->pending_count - 2];
    Run second = first[1];
    Slice left = first->start;
    size_t left_count = first->count;
    first->count += second.count;
    first->power = second.power;
    sorter->pending_count--;
    ptrdiff_t placed = gallop(sorter, *second.start.keys, left.keys, left_count, 0, BEHIND_EQUALS);
    if (placed < 0) return false;
    left = move_by(left, placed);
    left_count -= (size_t)placed;
    if (left_count == 0) return true;
    ptrdiff_t kept = gallop(sorter, left.keys[left_count - 1], second.start.keys, second.count,
                            second.count - 1, BEFORE_EQUALS);
    if (kept < 0) return false;
    if (kept == 0) return true;
    if (left_count <= (size_t)kept)
        return merge_up(sorter, left, left_count, second.start, (size_t)kept);
    return merge_down(sorter, left, left_count, second.start, (size_t)kept);
}

// The power of the boundary between [start, start + left) and the `right` words behind it: the
// number of the first binary place in which their middles, as fractions of the whole, differ.
static unsigned find_power(size_t start, size_t left, size_t right, size_t count) {
    BitsUint128 twice_left_middle = 2 * (BitsUint128)start + left;
    BitsUint128 twice_right_middle = twice_left_middle + left + right;
    uint64_t left_fraction = (uint64_t)((twice_left_middle << 62) / count);
    uint64_t right_fraction = (uint64_t)((twice_right_middle << 62) / count);
    return bits_leading_zeros(left_fraction ^ right_fraction);
}

static bool push_run(Sorter *sorter, Slice start, size_t count) {
    if (sorter->pending_count > 0) {
        Run *top = &sorter->pending[sorter->pending_count - 1];
        size_t offset = (size_t)(top->start.keys - sorter->task->keys);
        unsigned power = find_power(offset, top->count, count, sorter->task->count);
        while (sorter->pending_count > 1 &&
               sorter->pending[sorter->pending_count - 2].power > power)
            if (!merge_top(sorter)) return false;
        sorter->pending[sorter->pending_count - 1].power = power;
    }
    sorter->pending[sorter->pending_count++] = (Run){start, count, 0};
    return true;
}

size_t sort_scratch_words(size_t count, bool with_values) {
    // Up to 64 words are one run, which needs no merging.
    return count < 64 ? 0 : count / 2 * (with_values ? 2 : 1);
}

bool sort_stable(const SortTask *task) {
    if (task->count < 2) return true;
    Sorter sorter = {.task = task, .gallop_threshold = FIRST_GALLOP};
    sorter.scratch.keys = task->scratch;
    if (task->values != NULL && task->scratch != NULL)
        sorter.scratch.values = task->scratch + task->count / 2;
    Slice start = {task->keys, task->values};
    size_t left = task->count;
    size_t least = least_run(left);
    while (left > 0) {
        size_t run = find_run(&sorter, start, left);
        if (run == 0) return false;
        if (run < least) {
            size_t forced = left < least ? left : least;
            if (!insert_rest(&sorter, start, run, forced)) return false;
            run = forced;
        }
        if (!push_run(&sorter, start, run)) return false;
        start = move_by(start, (ptrdiff_t)run);
        left -= run;
    }
    while (sorter.pending_count > 1)
        if (!merge_top(&sorter)) return false;
    return true;
}
