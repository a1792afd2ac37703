// signals.c — SIGINT becomes KeyboardInterrupt, SIGPIPE an error of write().
//
// The handler only raises a bit of the thread's poll word; the evaluator and native loops look at
// it.
#include "modules/modules.h"
#include <signal.h>

static volatile uint32_t *poll_word; // of the thread that signals interrupt; NULL: none
static struct sigaction previous_interrupt, previous_pipe;

static void request_interrupt(int number) {
    (void)number;
    if (poll_word) __atomic_fetch_or(poll_word, (uint32_t)POLL_SIGNAL, __ATOMIC_RELAXED);
}

// A signal that was ignored from the start (a background job's SIGINT) stays ignored.
void signals_initialize(Thread *thread) {
    poll_word = &thread->poll;
    struct sigaction action = {.sa_handler = SIG_IGN};
    sigemptyset(&action.sa_mask);
    sigaction(SIGPIPE, &action, &previous_pipe);
    sigaction(SIGINT, NULL, &previous_interrupt);
    action.sa_handler = request_interrupt;
    if (previous_interrupt.sa_handler != SIG_IGN) sigaction(SIGINT, &action, NULL);
}

void signals_finalize(void) {
    if (!poll_word) return;
    poll_word = NULL;
    sigaction(SIGINT, &previous_interrupt, NULL);
    sigaction(SIGPIPE, &previous_pipe, NULL);
}
