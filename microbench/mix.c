// mix.c — the walk: a Markov chain over the fillers.
//
// The weight of a filler is how often its first opcode follows the last one of the filler before,
// times how often its second opcode follows its first.
#include "mix.h"
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

const Filler fillers[] = {
#define FILLER(instructions, statement) {instructions, statement},
#include "mix.def"
};
const int filler_count = sizeof fillers / sizeof *fillers;

static const struct {
    const char *first, *second;
    double weight;
} pairs[] = {
#define PAIR(first, second, weight) {#first, #second, weight},
#include "pairs.def"
};

enum { FILLER_LIMIT = 32 };
static double chances[FILLER_LIMIT][FILLER_LIMIT]; // cumulative; made at the first start
static bool is_ready;

static size_t name_length(const char *text) {
    return strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
}

// The name of the index-th instruction of a text, its last one if there are fewer; labels are no
// part.
static const char *name_at(const char *text, int index) {
    for (const char *next; index-- > 0 && (next = strchr(text, ';')); text = next + 1) {
    }
    while (*text == ' ') text++;
    if (text[1] == ':') text += 3;
    return text;
}

static double pair_weight(const char *first, const char *second) {
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (strlen(pairs[i].first) == name_length(first) &&
            strlen(pairs[i].second) == name_length(second) &&
            !strncmp(first, pairs[i].first, name_length(first)) &&
            !strncmp(second, pairs[i].second, name_length(second)))
            return pairs[i].weight;
    return 100; // rarer than what the table holds
}

static void prepare(void) {
    for (int from = 0; from < filler_count; from++) {
        const char *last = name_at(fillers[from].instructions, FILLER_LIMIT);
        double total = 0;
        for (int to = 0; to < filler_count; to++) {
            const char *text = fillers[to].instructions;
            const char *first = name_at(text, 0), *second = name_at(text, 1);
            chances[from][to] = total += pair_weight(last, first) * pair_weight(first, second);
        }
        for (int to = 0; to < filler_count; to++) chances[from][to] /= total;
    }
    is_ready = true;
}

// splitmix64 (Steele, Lea and Flood 2014).
static uint64_t next_random(uint64_t *state) {
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

MixWalk mix_start(uint64_t seed, uint64_t part) {
    if (!is_ready) prepare();
    MixWalk walk = {seed ^ part * 0xd1342543de82ef95u, 0};
    for (int i = 0; i < 4; i++) mix_next(&walk);
    return walk;
}

int mix_next(MixWalk *walk) {
    double drawn = (double)(next_random(&walk->random) >> 11) * 0x1p-53;
    int to = 0;
    while (to < filler_count - 1 && chances[walk->last][to] <= drawn) to++;
    return walk->last = to;
}
