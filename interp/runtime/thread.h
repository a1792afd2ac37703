// thread.h — the runtime environment (once per process) and the execution environment (a thread).
//
// Both are plain structs passed explicitly. One Python thread runs at a time.
#pragma once
#include "memory/handles.h"
#include "runtime/type.h"
#include <stdio.h>

struct Frame;
struct OpcodeSequences;
struct Sampler;
typedef struct Runtime Runtime;

// Interned names that C code uses: NAMES(thread)->__init__ is the str '__init__'.
typedef struct {
#define NAME(identifier)          Value identifier;
#define NAME_AS(identifier, text) Value identifier;
#include "runtime/names.def"
#undef NAME
#undef NAME_AS
} Names;

// Bits of Thread.poll: reasons to leave the fast path at the next poll (JUMP_BACKWARD, RESUME).
enum {
    POLL_SIGNAL = 1,
    POLL_FINALIZERS = 2,
    POLL_TRACE = 4,
    POLL_STEP_LIMIT = 8,
    POLL_SAMPLES = 16
};

struct Thread {
    Heap *heap;
    Runtime *runtime;
    // Evaluation (vm/frame.h).
    struct Frame *frame; // the running frame; frame_base - 1 outside any
    Value *stack_limit;  // a fast call whose window ends above it takes the slow way; 0 with a
                         // foreign evaluator
    Value *stack_base, *stack_end; // the value stack: reserved once, never moved
    struct Frame *frame_base, *frame_end;
    Value *binding_limit; // end of a window whose frame is not pushed yet; NULL: none
    Value result;         // what EXIT handed over
    Value keyword_names;  // from KW_NAMES to the CALL behind it
    volatile uint32_t poll;
    bool exhausted;       // the step limit is reached: frames are left past their handlers
    int64_t steps_left;   // while POLL_STEP_LIMIT is up
    uint32_t engine;      // index of the engine that this thread runs
    int recursion_limit;  // sys.setrecursionlimit
    uint32_t class_epoch; // changes when a class that an inline cache depends on is modified
    // What a generator that has just ended returned, for those who turn its end into a
    // StopIteration: they clear it before they call `next`. VALUE_ABSENT: None, or no generator.
    Value stop_value;
    // Exceptions.
    Value exception;     // pending; VALUE_ABSENT if none
    Value handled;       // being handled by the running frame's innermost generator or, outside
                         // any, the thread; VALUE_NONE if none
    Value handled_outer; // what was handled where that generator was resumed; VALUE_NONE
    // The native stack.
    char *c_stack_base, *c_stack_limit; // recursion stops when the stack pointer is below the limit
    void *vm;                           // private to vm/
    struct LookupTable *lookups;        // vm/lookup.h
    uint64_t *opcode_counts;            // by instruction number; NULL when not counting
    struct OpcodeSequences *opcode_sequences; // vm/counts.h; NULL when not counting them
    struct OperandCounts *operand_counts;     // vm/operand_counts.h; NULL likewise
    struct Sampler *sampler;                  // vm/sampler.h; NULL when nothing samples
    Value trace_function, profile_function;   // sys.settrace; VALUE_ABSENT if none
    // sys.set_asyncgen_hooks; VALUE_ABSENT if none.
    Value async_first_iteration, async_finalizer;
    int coroutine_origin_depth; // sys.set_coroutine_origin_tracking_depth
    Value repr_active;          // list of the containers whose repr is running; absent if none
};

// Options of the command line and the embedder.
typedef struct {
    HeapOptions heap;
    const char *dispatch;     // "direct", "direct:clang-19", ...; NULL: the default
    const char *hash_seed;    // as PYTHONHASHSEED; NULL: the environment's
    size_t value_stack_size;  // bytes; 0: the default
    uint32_t knobs_off;       // bit set of vm/knobs.def
    int count_opcodes;        // for --stats: a level of vm/counts.h
    bool count_operands;      // for --stats=operands
    int optimize;             // 0, 1 (-O), 2 (-OO)
    bool dont_write_bytecode; // what sys.dont_write_bytecode is at first
    bool limit_steps;         // thread_set_step_limit will be called
    const char *inject;       // vm/inject.h; NULL: nothing
} RuntimeOptions;

struct Runtime {
    RuntimeOptions options;
    Heap *heap;
    Thread *main_thread;
    Names names;
    Value builtins;        // dict of the module builtins
    Value modules;         // dict: sys.modules
    Value sys_dict;        // dict of the module sys
    Value interned;        // private to objects/str.c
    Value empty_tuple;     // private to objects/tuple.c
    Value weak_references; // private to objects/weak.c, like the two that follow
    size_t weak_reference_count;
    struct WeakReference *dead_references;
    uint8_t hash_key[16];
    struct TypeTable *types;           // private to runtime/type*.c: every type, the method cache
    struct SignatureTable *signatures; // private to objects/signature.c
    Value memory_error;                // the preallocated MemoryError
    int import_locks;                  // how often _imp's import lock is held
    int int_digit_limit;               // sys.set_int_max_str_digits: 0 is no limit
    uint32_t next_type_version;
    uint32_t next_keys_version;              // of dicts: see dict.h
    void *private_objects, *private_modules; // state of the layers to the right
    struct ThreadedCode *threaded_codes;     // every one: private to vm/instrument.c
    uint32_t tracer_count;                   // threads that trace or profile
    void (*drain_samples)(Thread *thread);   // what POLL_SAMPLES asks for: vm/sampler.c
    struct Injections *injections;           // private to vm/inject.c; NULL: none
};
#define NAMES(thread) (&(thread)->runtime->names)

// Makes heap, names and types ready (objects/ registers its own through objects_initialize), with
// one thread state bound to the calling thread's native stack. NULL without memory.
Runtime *runtime_new(const RuntimeOptions *options);
// Frees everything. Returns the bytes that the heap's arena still held once every object was freed:
// 0.
uint64_t runtime_delete(Runtime *runtime);

// sys.exception(): what the innermost running handler handles, VALUE_NONE if none.
ALWAYS_INLINE Value thread_handled_exception(const Thread *thread) {
    return thread->handled.bits != VALUE_NONE.bits ? thread->handled : thread->handled_outer;
}
// Is there room on the native stack for one more level of C recursion? Raises RecursionError
// ("maximum recursion depth exceeded" + `where`, e.g. " while getting the repr of an object") if
// not.
RAISES bool thread_check_stack(Thread *thread, const char *where);
ALWAYS_INLINE bool stack_has_room(Thread *thread) {
    return (char *)__builtin_frame_address(0) > thread->c_stack_limit;
}
// Runs what the poll flag asks for (signals, queued finalizers): false with an exception pending.
RAISES bool thread_poll(Thread *thread) RUNS_PYTHON;
// From now on `steps` polls until RuntimeError is raised, which no handler of a frame catches; only
// with the option limit_steps; 0 lifts the limit. A poll is a call, a loop's way back, or a round
// of a native loop.
void thread_set_step_limit(Thread *thread, int64_t steps);
// Counts a step while POLL_STEP_LIMIT is up: false with that RuntimeError pending, instead of any
// other exception, when it was one too many.
RAISES bool thread_count_step(Thread *thread);
// Inside native loops that may take long.
ALWAYS_INLINE RAISES bool thread_poll_if_needed(Thread *thread) {
    return LIKELY(thread->poll == 0) || thread_poll(thread);
}
