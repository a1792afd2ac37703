// turns.c — a turn is a number in shared memory that names a lane; those who wait sleep on a futex.
#include "turns.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { MOST_LANES = 8 };
// What waiting looks after a rival for: one that has died leaves its turn to others; one that has
// not come after PATIENCE looks never will.
enum { LOOK_NS = 100000000, PATIENCE = 100 };

typedef struct {
    uint32_t turn; // a lane
    uint32_t pids[MOST_LANES], left[MOST_LANES];
} Shared;

static Shared *shared; // NULL: not joined
static uint32_t own, lanes;

static uint32_t load(const uint32_t *word) { return __atomic_load_n(word, __ATOMIC_SEQ_CST); }
static void store(uint32_t *word, uint32_t value) {
    __atomic_store_n(word, value, __ATOMIC_SEQ_CST);
}

bool turns_join(const char *text) {
    char path[512];
    const char *lane = strchr(text, ':');
    char extra;
    errno = EINVAL;
    if (!lane || (size_t)(lane - text) >= sizeof path ||
        sscanf(lane, ":%u:%u%c", &own, &lanes, &extra) != 2 || lanes > MOST_LANES || own >= lanes)
        return false;
    snprintf(path, sizeof path, "%.*s", (int)(lane - text), text);
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return false;
    void *memory = ftruncate(file, sizeof(Shared)) == 0
                       ? mmap(NULL, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)
                       : MAP_FAILED;
    close(file);
    if (memory == MAP_FAILED) return false;
    shared = memory;
    store(&shared->pids[own], (uint32_t)getpid());
    return true;
}

static bool has_left(uint32_t lane) {
    if (load(&shared->left[lane])) return true;
    uint32_t pid = load(&shared->pids[lane]);
    return pid && kill((pid_t)pid, 0) < 0 && errno == ESRCH;
}

static void hand_over(uint32_t from) {
    uint32_t next = from;
    do {
        next = (next + 1) % lanes;
    } while (next != from && has_left(next));
    store(&shared->turn, next);
    syscall(SYS_futex, &shared->turn, FUTEX_WAKE, INT32_MAX, NULL, NULL, 0);
}

void turns_wait(void) {
    if (!shared) return;
    const struct timespec look = {.tv_nsec = LOOK_NS};
    int looks = 0;
    for (uint32_t turn; (turn = load(&shared->turn)) != own;) {
        if (syscall(SYS_futex, &shared->turn, FUTEX_WAIT, turn, &look, NULL, 0) == 0 ||
            errno != ETIMEDOUT)
            continue;
        bool never_came = !load(&shared->pids[turn]) && ++looks > PATIENCE;
        if (never_came) store(&shared->left[turn], 1);
        if (has_left(turn) && load(&shared->turn) == turn) hand_over(turn);
    }
}

void turns_pass(void) {
    if (shared) hand_over(own);
}

void turns_leave(void) {
    if (!shared) return;
    store(&shared->left[own], 1);
    if (load(&shared->turn) == own) hand_over(own);
}
