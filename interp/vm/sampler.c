// sampler.c — the signal handler, the buffer that it fills, and the counted stacks.
#define _GNU_SOURCE
#include "vm/sampler.h"
#include "base/vector.h"
#include "memory/heap.h"
#include "runtime/errors.h"
#include "runtime/protocols.h"
#include "vm/frame.h"
#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>
#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

// The machine's integer registers as a signal handler finds them.
#if defined(__x86_64__)
enum { REGISTER_COUNT = 16 };
#define REGISTER(context, i) ((uint64_t)(context)->uc_mcontext.gregs[i])
#define ADDRESS(context)     ((uint64_t)(context)->uc_mcontext.gregs[REG_RIP])
#elif defined(__aarch64__)
enum { REGISTER_COUNT = 31 };
#define REGISTER(context, i) ((uint64_t)(context)->uc_mcontext.regs[i])
#define ADDRESS(context)     ((uint64_t)(context)->uc_mcontext.pc)
#endif

// A copy in the buffer: head, address, registers, then code and pc of each frame, innermost first.
enum {
    BUFFER_WORDS = 1 << 19, // 4 MiB of address space
    DRAIN_WORDS = 1 << 14,  // when the next poll empties it: specialisation may rewrite what ran
    FRAME_LIMIT = 512,
    FRAMES_AT = 2 + REGISTER_COUNT,
    HANDLER_BYTES = 256, // of a handler before its rare paths, which compilers put elsewhere
    CERTAIN_VOTES = 16
};

VECTOR_DEFINE(LocationVector, location_vector, SampleLocation)
VECTOR_DEFINE(StackVector, stack_vector, SampleStack)
VECTOR_DEFINE(PlaceVector, place_vector, uint32_t)

// Indexes + 1 by hash, open addressing; 0 is free.
typedef struct {
    uint32_t *slots;
    size_t capacity; // a power of two
} Index;

typedef struct Sampler {
    Thread *thread;
    bool running;
    timer_t timer;
    struct sigaction previous;
    int hz;
    uint64_t *buffer;
    volatile size_t used;      // words of the buffer: written by the handler
    volatile uint64_t dropped; // the same
    uint64_t taken;
    uint64_t votes[REGISTER_COUNT]; // how often a register pointed at an instruction that may run
    LocationVector locations;
    StackVector stacks;
    PlaceVector places;
    Index location_index, stack_index;
    Index live; // code objects with a translation: valid inside drain
    const CodeObject **live_codes;
} Sampler;

static Sampler *active; // what the handler fills; NULL: nothing

static void take(int number, siginfo_t *information, void *interrupted) {
    (void)number, (void)information;
    Sampler *sampler = active;
    if (!sampler) return;
    const Thread *thread = sampler->thread;
    const ucontext_t *context = interrupted;
    const Frame *top = thread->frame, *base = thread->frame_base;
    size_t depth = top >= base ? (size_t)(top - base) + 1 : 0;
    size_t kept = depth < FRAME_LIMIT ? depth : FRAME_LIMIT, used = sampler->used;
    if (used + FRAMES_AT + 2 * kept > BUFFER_WORDS) {
        sampler->dropped++;
        return;
    }
    uint64_t *copy = sampler->buffer + used;
    copy[0] = (uint64_t)kept | (uint64_t)(kept < depth) << 32;
    copy[1] = ADDRESS(context);
    for (int i = 0; i < REGISTER_COUNT; i++) copy[2 + i] = REGISTER(context, i);
    for (size_t i = 0; i < kept; i++) {
        copy[FRAMES_AT + 2 * i] = (uint64_t)(uintptr_t)top[-(ptrdiff_t)i].code;
        copy[FRAMES_AT + 2 * i + 1] = (uint64_t)(uintptr_t)top[-(ptrdiff_t)i].pc;
    }
    sampler->used = used + FRAMES_AT + 2 * kept;
    if (sampler->used > DRAIN_WORDS)
        __atomic_fetch_or(&sampler->thread->poll, (uint32_t)POLL_SAMPLES, __ATOMIC_RELAXED);
}

// Spreads a word (Fibonacci hashing, Knuth 6.4).
static uint64_t spread(uint64_t hash, uint64_t word) {
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 29;
}

// Makes room for `count` entries, empty; false without memory.
static bool index_clear(Index *index, size_t count) {
    size_t capacity = 64;
    while (capacity < 2 * count) capacity *= 2;
    free(index->slots);
    index->slots = calloc(capacity, sizeof *index->slots);
    index->capacity = index->slots ? capacity : 0;
    return index->slots != NULL;
}

// The next slot of a probe that began with place = hash.
static uint32_t *index_probe(const Index *index, uint64_t *place) {
    return &index->slots[(*place)++ & (index->capacity - 1)];
}

static void index_put(Index *index, uint64_t hash, size_t number) {
    uint32_t *slot = index_probe(index, &hash);
    while (*slot) slot = index_probe(index, &hash);
    *slot = (uint32_t)number + 1;
}

static uint64_t location_hash(const SampleLocation *location) {
    return spread(spread(0, (uint64_t)(uintptr_t)location->code), (uint32_t)location->unit);
}

// The index of a location, which it gets if it is new; -1 without memory.
static int64_t add_location(Sampler *sampler, CodeObject *code, int unit) {
    LocationVector *locations = &sampler->locations;
    SampleLocation location = {code, unit, 0};
    uint64_t place = location_hash(&location);
    if (sampler->location_index.capacity) {
        for (uint32_t *slot; *(slot = index_probe(&sampler->location_index, &place));)
            if (locations->items[*slot - 1].code == code &&
                locations->items[*slot - 1].unit == unit)
                return *slot - 1;
    }
    location.line = code_line(code, unit);
    if (!location_vector_push(locations, location)) return -1;
    if (2 * locations->count < sampler->location_index.capacity) {
        index_put(&sampler->location_index, location_hash(&location), locations->count - 1);
    } else {
        if (!index_clear(&sampler->location_index, 2 * locations->count)) return -1;
        for (size_t i = 0; i < locations->count; i++)
            index_put(&sampler->location_index, location_hash(&locations->items[i]), i);
    }
    return (int64_t)locations->count - 1;
}

static uint64_t stack_hash(const SampleStack *stack, const uint32_t *places) {
    uint64_t hash = spread((uint64_t)(uint32_t)stack->opcode, stack->address);
    for (uint32_t i = 0; i < stack->depth; i++) hash = spread(hash, places[stack->first + i]);
    return hash;
}

static bool is_same_stack(const SampleStack *a, const SampleStack *b, const uint32_t *places) {
    return a->depth == b->depth && a->cut == b->cut && a->opcode == b->opcode &&
           a->address == b->address &&
           (a->depth == 0 || // there may be no places at all
            memcmp(places + a->first, places + b->first, a->depth * sizeof *places) == 0);
}

// Counts a stack whose places are the last ones; false without memory.
static bool add_stack(Sampler *sampler, SampleStack stack) {
    StackVector *stacks = &sampler->stacks;
    PlaceVector *places = &sampler->places;
    uint64_t hash = stack_hash(&stack, places->items), place = hash;
    if (sampler->stack_index.capacity) {
        for (uint32_t *slot; *(slot = index_probe(&sampler->stack_index, &place));) {
            SampleStack *known = &stacks->items[*slot - 1];
            if (!is_same_stack(known, &stack, places->items)) continue;
            known->count++;
            place_vector_truncate(places, stack.first);
            return true;
        }
    }
    if (!stack_vector_push(stacks, stack)) return false;
    if (2 * stacks->count < sampler->stack_index.capacity) {
        index_put(&sampler->stack_index, hash, stacks->count - 1);
        return true;
    }
    if (!index_clear(&sampler->stack_index, 2 * stacks->count)) return false;
    for (size_t i = 0; i < stacks->count; i++)
        index_put(&sampler->stack_index, stack_hash(&stacks->items[i], places->items), i);
    return true;
}

// A frame may be copied while it is being pushed: what it names counts if it is a code object that
// has a translation now.
static bool collect_live_codes(Sampler *sampler) {
    size_t count = 0;
    const ThreadedCode *threaded = sampler->thread->runtime->threaded_codes;
    for (const ThreadedCode *each = threaded; each; each = each->next) count++;
    free(sampler->live_codes);
    sampler->live_codes = malloc((count + 1) * sizeof *sampler->live_codes);
    if (!sampler->live_codes || !index_clear(&sampler->live, count)) return false;
    count = 0;
    for (const ThreadedCode *each = threaded; each; each = each->next, count++) {
        sampler->live_codes[count] = each->code;
        index_put(&sampler->live, spread(0, (uint64_t)(uintptr_t)each->code), count);
    }
    return true;
}

static CodeObject *live_code(const Sampler *sampler, uint64_t word) {
    uint64_t place = spread(0, word);
    for (uint32_t *slot; *(slot = index_probe(&sampler->live, &place));)
        if ((uint64_t)(uintptr_t)sampler->live_codes[*slot - 1] == word)
            return (CodeObject *)(uintptr_t)word;
    return NULL;
}

// The translation of a code object that an address lies in, or NULL.
static const ThreadedCode *translation_of(const Thread *thread, const CodeObject *code,
                                          uint64_t address) {
    const ThreadedCode *threaded = code->threaded[thread->engine];
    for (; threaded; threaded = threaded->traced) {
        uint64_t start = (uint64_t)(uintptr_t)threaded->words;
        if (address >= start && address < start + threaded->word_count * sizeof(uint64_t))
            return threaded;
    }
    return NULL;
}

static uint32_t instruction_length(const Instruction *instruction) {
    return instruction_width(instruction->opcode) == 2 ? INSTRUCTION_WORDS : instruction->a;
}

// The instruction that begins at an address, or NULL.
static const Instruction *instruction_at(const ThreadedCode *threaded, uint64_t address) {
    uint64_t offset = address - (uint64_t)(uintptr_t)threaded->words;
    uint32_t word = (uint32_t)(offset / sizeof(uint64_t));
    if (offset % sizeof(uint64_t)) return NULL;
    // Prefixes and the instruction they stand before have one unit.
    uint32_t unit = threaded->unit_of_word[word], start = threaded->word_of_unit[unit];
    while (start < word)
        start += instruction_length((const Instruction *)(const void *)&threaded->words[start]);
    return start == word ? (const Instruction *)(const void *)&threaded->words[word] : NULL;
}

static const Instruction *find_instruction(const Thread *thread, const CodeObject *code,
                                           uint64_t address) {
    const ThreadedCode *threaded = translation_of(thread, code, address);
    return threaded ? instruction_at(threaded, address) : NULL;
}

// Does the machine execute the handler of this instruction? Where it does, the register that points
// at the instruction is the one that holds pc. `switch` has no handler words: always false there.
static bool runs_handler_of(const Instruction *instruction, const uint64_t *copy) {
    return copy[1] - (uint64_t)(uintptr_t)instruction->handler < HANDLER_BYTES;
}

// Old pcs stay in registers: one that is the published pc says nothing.
static void vote(Sampler *sampler, const uint64_t *copy) {
    const CodeObject *code = copy[0] ? live_code(sampler, copy[FRAMES_AT]) : NULL;
    for (int i = 0; code && i < REGISTER_COUNT; i++) {
        const Instruction *found = find_instruction(sampler->thread, code, copy[2 + i]);
        if (found && runs_handler_of(found, copy))
            sampler->votes[i] += CERTAIN_VOTES;
        else
            sampler->votes[i] += found && copy[2 + i] != copy[FRAMES_AT + 1];
    }
}

// The instruction that a copy's innermost frame runs, or NULL.
static const Instruction *running(const Sampler *sampler, const CodeObject *code,
                                  const uint64_t *copy) {
    const Instruction *best = find_instruction(sampler->thread, code, copy[FRAMES_AT + 1]);
    uint64_t most = 0;
    bool certain = false;
    for (int i = 0; i < REGISTER_COUNT; i++) {
        const Instruction *found = find_instruction(sampler->thread, code, copy[2 + i]);
        bool surer = found && runs_handler_of(found, copy);
        if (!found || surer < certain || (surer == certain && sampler->votes[i] <= most)) continue;
        best = found;
        most = sampler->votes[i];
        certain = surer;
    }
    return best;
}

static int unit_at(const Sampler *sampler, const CodeObject *code, uint64_t pc) {
    bool known = translation_of(sampler->thread, code, pc) != NULL;
    return known ? instruction_unit(sampler->thread, code, (const Instruction *)(uintptr_t)pc) : -1;
}

// Counts one copy; false without memory.
static bool count_copy(Sampler *sampler, const uint64_t *copy) {
    size_t frames = (uint32_t)copy[0];
    SampleStack stack = {.first = sampler->places.count,
                         .cut = copy[0] >> 32,
                         .opcode = -1,
                         .address = (uintptr_t)copy[1],
                         .count = 1};
    for (size_t i = 0; i < frames; i++) {
        CodeObject *code = live_code(sampler, copy[FRAMES_AT + 2 * i]);
        uint64_t pc = copy[FRAMES_AT + 2 * i + 1];
        if (!code) continue;
        if (i == 0) {
            const Instruction *instruction = running(sampler, code, copy);
            pc = instruction ? (uint64_t)(uintptr_t)instruction : pc;
            if (instruction) stack.opcode = instruction->opcode;
        }
        int64_t location = add_location(sampler, code, unit_at(sampler, code, pc));
        if (location < 0 || !place_vector_push(&sampler->places, (uint32_t)location)) return false;
        stack.depth++;
    }
    return add_stack(sampler, stack);
}

static void drain(Thread *thread) {
    Sampler *sampler = thread->sampler;
    sigset_t blocked, before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGPROF);
    pthread_sigmask(SIG_BLOCK, &blocked, &before);
    bool ready = collect_live_codes(sampler);
    size_t used = sampler->used;
    for (int pass = 0; ready && pass < 2; pass++) {
        for (size_t at = 0; at < used;) {
            const uint64_t *copy = sampler->buffer + at;
            at += FRAMES_AT + 2 * (size_t)(uint32_t)copy[0];
            if (pass == 0)
                vote(sampler, copy);
            else if (count_copy(sampler, copy))
                sampler->taken++;
            else
                sampler->dropped++;
        }
    }
    sampler->used = 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

// Code objects of counted stacks live as long as the sampler. Those of copies are counted before a
// mark; what is copied while it goes on runs, and is marked by its frame.
static void scan(Marker *marker, void *context) {
    const Sampler *sampler = context;
    drain(sampler->thread);
    for (size_t i = 0; i < sampler->locations.count; i++)
        mark_object(marker, sampler->locations.items[i].code);
}

// Nothing is sampled yet; false with an exception pending.
static bool make(Thread *thread, int hz) {
    Sampler *sampler = calloc(1, sizeof *sampler);
    thread->sampler = sampler;
    if (!sampler) {
        raise_memory_error(thread);
        return false;
    }
    sampler->thread = thread;
    sampler->hz = hz;
    void *buffer = mmap(NULL, BUFFER_WORDS * sizeof(uint64_t), PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    sampler->buffer = buffer == MAP_FAILED ? NULL : buffer;
    if (!sampler->buffer || !heap_add_root_scanner(thread->heap, scan, sampler)) {
        raise_memory_error(thread);
        return false;
    }
    thread->runtime->drain_samples = drain;
    return true;
}

// The timer of real time: signals go to this thread alone. An errno, or 0.
static int start_timer(Sampler *sampler) {
    struct sigaction action = {.sa_sigaction = take, .sa_flags = SA_SIGINFO | SA_RESTART};
    sigemptyset(&action.sa_mask);
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGPROF};
    event.sigev_notify_thread_id = gettid();
    if (timer_create(CLOCK_MONOTONIC, &event, &sampler->timer) != 0) return errno;
    active = sampler;
    sampler->running = sigaction(SIGPROF, &action, &sampler->previous) == 0;
    long period = 1000000000L / sampler->hz;
    struct timespec interval = {period / 1000000000L, period % 1000000000L};
    struct itimerspec setting = {interval, interval};
    if (sampler->running && timer_settime(sampler->timer, 0, &setting, NULL) == 0) return 0;
    int error = errno;
    if (!sampler->running) timer_delete(sampler->timer);
    sampler_stop(sampler->thread);
    active = NULL;
    return error;
}

bool sampler_start(Thread *thread, int hz) {
    sampler_finalize(thread);
    if (hz < 1 || hz > SAMPLE_HZ_LIMIT) {
        raise_value_error(thread, "samples a second must be 1 to %i", (int)SAMPLE_HZ_LIMIT);
        return false;
    }
    if (!make(thread, hz)) {
        sampler_finalize(thread);
        return false;
    }
    int error = start_timer(thread->sampler);
    if (!error) return true;
    sampler_finalize(thread);
    raise_os_error(thread, error, VALUE_ABSENT);
    return false;
}

void sampler_stop(Thread *thread) {
    Sampler *sampler = thread->sampler;
    if (!sampler || !sampler->running) return;
    sampler->running = false;
    timer_delete(sampler->timer);
    // A signal that is pending still meets the handler, which then does nothing.
    active = NULL;
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGPROF, &ignore, NULL);
    sigaction(SIGPROF, &sampler->previous, NULL);
}

bool sampler_read(Thread *thread, Samples *samples) {
    Sampler *sampler = thread->sampler;
    if (!sampler) return false;
    drain(thread);
    *samples = (Samples){.locations = sampler->locations.items,
                         .location_count = sampler->locations.count,
                         .stacks = sampler->stacks.items,
                         .stack_count = sampler->stacks.count,
                         .places = sampler->places.items,
                         .hz = sampler->hz,
                         .taken = sampler->taken,
                         .dropped = sampler->dropped};
    return true;
}

void sampler_finalize(Thread *thread) {
    Sampler *sampler = thread->sampler;
    if (!sampler) return;
    sampler_stop(thread);
    heap_remove_root_scanner(thread->heap, scan, sampler);
    if (sampler->buffer) munmap(sampler->buffer, BUFFER_WORDS * sizeof(uint64_t));
    location_vector_free(&sampler->locations);
    stack_vector_free(&sampler->stacks);
    place_vector_free(&sampler->places);
    free(sampler->location_index.slots);
    free(sampler->stack_index.slots);
    free(sampler->live.slots);
    free(sampler->live_codes);
    free(sampler);
    thread->sampler = NULL;
}
