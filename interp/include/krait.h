// krait.h — the embedding interface of Krait, a Python 3.12 interpreter for measuring interpreters.
//
// One runtime per process at a time. All functions are for the thread that made it. Python values are
// handed out as handles, which keep them alive until krait_release; functions that return a handle
// return NULL when a Python exception is pending (krait_print_error shows and clears it).
// Text is UTF-8. Sizes are bytes unless said otherwise.
#ifndef KRAIT_H
#define KRAIT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define KRAIT_VERSION_MAJOR 0
#define KRAIT_VERSION_MINOR 1
#define KRAIT_VERSION_PATCH 0
#define KRAIT_VERSION "0.1.0"

#if defined(__GNUC__)
#define KRAIT_API __attribute__((visibility("default")))
#else
#define KRAIT_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct KraitRuntime KraitRuntime;
typedef struct KraitHandle KraitHandle; // a Python value
typedef struct KraitFrame KraitFrame;   // a frame about to be evaluated

// ---- The runtime ----

typedef enum { KRAIT_ALLOCATOR_SLABS, KRAIT_ALLOCATOR_JEMALLOC_DIRECT, KRAIT_ALLOCATOR_LIBC } KraitAllocator;

typedef struct {
    size_t size;              // sizeof(KraitOptions): set by krait_options_initialize
    const char *dispatch;     // "direct", "tail:clang-19", ...; NULL: the default technique
    const char *hash_seed;    // as PYTHONHASHSEED; NULL: the environment's
    uint64_t knobs_off;       // bit i: the knob of index i is off (krait_knob_*)
    uint64_t gc_stress;       // collect at every n-th allocation; 0: never so
    int gc_verify;            // check every mark by a second one
    uint64_t max_heap;        // bytes; 0: unlimited
    KraitAllocator allocator;
    int count_opcodes;        // for krait_print_statistics; slows the evaluator down
} KraitOptions;

KRAIT_API void krait_options_initialize(KraitOptions *options);
// NULL when there is no memory or the options are wrong; then *error (if not NULL) says why.
KRAIT_API KraitRuntime *krait_new(const KraitOptions *options, const char **error);
// Runs pending finalizers and frees everything. Returns the bytes that the heap's arena still held
// before it was destroyed: 0 unless something leaked.
KRAIT_API uint64_t krait_delete(KraitRuntime *runtime);

// ---- Values ----

KRAIT_API void krait_release(KraitRuntime *runtime, KraitHandle *handle); // NULL is allowed
KRAIT_API KraitHandle *krait_none(KraitRuntime *runtime);
KRAIT_API KraitHandle *krait_bool(KraitRuntime *runtime, int truth);
KRAIT_API KraitHandle *krait_int(KraitRuntime *runtime, int64_t number);
KRAIT_API KraitHandle *krait_float(KraitRuntime *runtime, double number);
KRAIT_API KraitHandle *krait_str(KraitRuntime *runtime, const char *text);
KRAIT_API KraitHandle *krait_bytes(KraitRuntime *runtime, const void *data, size_t size);
KRAIT_API KraitHandle *krait_tuple(KraitRuntime *runtime, KraitHandle *const *items, size_t count);
KRAIT_API KraitHandle *krait_dict(KraitRuntime *runtime); // empty
// dict[key] = value; 0, or -1 with an exception pending.
KRAIT_API int krait_dict_set(KraitRuntime *runtime, KraitHandle *dict, const char *key, KraitHandle *value);
// dict[key], NULL without an exception if there is none.
KRAIT_API KraitHandle *krait_dict_get(KraitRuntime *runtime, KraitHandle *dict, const char *key);
// 0, or -1 with an exception pending.
KRAIT_API int krait_as_int(KraitRuntime *runtime, KraitHandle *value, int64_t *number);
// repr() into a buffer (cut to size, always terminated); the full length, or -1.
KRAIT_API long krait_repr(KraitRuntime *runtime, KraitHandle *value, char *buffer, size_t size);
KRAIT_API KraitHandle *krait_get_attribute(KraitRuntime *runtime, KraitHandle *object, const char *name);
KRAIT_API KraitHandle *krait_call(KraitRuntime *runtime, KraitHandle *callable, KraitHandle *const *args, size_t count);
// Calls it `times` times with the same arguments and drops the results: 0, or -1 with an exception
// pending. For timing: nothing but the calls happens between them.
KRAIT_API int krait_call_repeatedly(KraitRuntime *runtime, KraitHandle *callable, KraitHandle *const *args, size_t count, long times);
// import name
KRAIT_API KraitHandle *krait_import(KraitRuntime *runtime, const char *name);

// ---- Code ----

typedef enum { KRAIT_EXEC, KRAIT_EVAL, KRAIT_SINGLE } KraitMode;
KRAIT_API KraitHandle *krait_compile(KraitRuntime *runtime, const char *source, size_t size, const char *filename, KraitMode mode);

// A code object from its parts, with CPython 3.12's meanings. It passes the verifier here: NULL and a
// ValueError that says what is wrong and where.
typedef struct {
    size_t size; // sizeof(KraitCodeParts)
    int argcount, posonlyargcount, kwonlyargcount, stacksize, flags, firstlineno;
    const unsigned char *code; // wordcode, CACHE units included
    size_t code_size;
    KraitHandle *const *consts;
    size_t const_count;
    const char *const *names;
    size_t name_count;
    const char *const *varnames; // all locals
    size_t varname_count;
    const char *name;
    const unsigned char *exceptiontable;
    size_t exceptiontable_size;
} KraitCodeParts;
KRAIT_API KraitHandle *krait_code(KraitRuntime *runtime, const KraitCodeParts *parts);
// A fresh namespace with __name__ and __builtins__.
KRAIT_API KraitHandle *krait_globals(KraitRuntime *runtime, const char *module_name);
// Runs a code object as a module's code is run (PyEval_EvalCode).
KRAIT_API KraitHandle *krait_eval(KraitRuntime *runtime, KraitHandle *code, KraitHandle *globals);
// A function over a code object, to be called with krait_call.
KRAIT_API KraitHandle *krait_function(KraitRuntime *runtime, KraitHandle *code, KraitHandle *globals);

// ---- Evaluators (PEP 523) ----

// What evaluating a frame gave; only to be handed on.
typedef struct {
    uint64_t opaque;
} KraitResult;
typedef KraitResult KraitEvaluator(KraitRuntime *runtime, KraitFrame *frame, void *context);
// From then on every call of a Python function goes through the evaluator, also from functions that
// ran before and are specialised. NULL restores the default.
KRAIT_API void krait_set_evaluator(KraitRuntime *runtime, KraitEvaluator *evaluator, void *context);
KRAIT_API KraitResult krait_evaluate_default(KraitRuntime *runtime, KraitFrame *frame);
// The qualified name of the function that a frame runs; valid until the frame is left.
KRAIT_API const char *krait_frame_name(KraitRuntime *runtime, KraitFrame *frame);

// ---- Errors ----

KRAIT_API int krait_error_pending(KraitRuntime *runtime);
// Prints the pending exception with its traceback to stderr and clears it. Returns the process exit
// code it stands for: 1, or what SystemExit says (which is not printed unless its code is a text).
KRAIT_API int krait_print_error(KraitRuntime *runtime);
KRAIT_API void krait_clear_error(KraitRuntime *runtime);
// The pending exception as one line "Type: message" into a buffer.
KRAIT_API void krait_error_text(KraitRuntime *runtime, char *buffer, size_t size);

// ---- Running programs: what the command `krait` does ----

// sys.argv; sys.path[0] is `first_path` (NULL: none).
KRAIT_API int krait_set_arguments(KraitRuntime *runtime, int count, char *const *arguments, const char *first_path);
// Each runs code in the namespace of __main__; 0, or -1 with an exception pending.
KRAIT_API int krait_run_source(KraitRuntime *runtime, const char *source, size_t size, const char *filename);
KRAIT_API int krait_run_interactive(KraitRuntime *runtime, FILE *input, int show_prompt);
// Flushes sys.stdout and sys.stderr; -1 if that failed (a closed pipe is no failure).
KRAIT_API int krait_flush(KraitRuntime *runtime);

// ---- Looking inside ----

// CPython's `dis` listing of a code object and of those inside it.
KRAIT_API int krait_disassemble(KraitRuntime *runtime, KraitHandle *code, FILE *out, int show_caches);
// One JSON line with all that the code objects of a source file hold.
KRAIT_API int krait_listing(KraitRuntime *runtime, KraitHandle *code, const char *file, size_t source_bytes, FILE *out);
// Opcode counts (if counted), allocations by size class, collections and pauses, jemalloc's figures.
KRAIT_API int krait_print_statistics(KraitRuntime *runtime, FILE *out, int json);
// The engines of this build, and why others are missing.
KRAIT_API void krait_print_engines(FILE *out, int json);
KRAIT_API int krait_engine_count(void);
typedef struct {
    const char *technique, *compiler, *flags;
} KraitEngine;
KRAIT_API KraitEngine krait_engine(int index);
KRAIT_API int krait_engine_find(const char *dispatch); // index or -1
KRAIT_API void krait_print_knobs(FILE *out, int json);
KRAIT_API int krait_knob_count(void);
KRAIT_API const char *krait_knob_name(int index);
KRAIT_API int krait_knob_find(const char *name); // index or -1
// Opcodes, those of 3.12 first (numbers below 256), then the internal instructions: name of a number,
// NULL if there is none; `base` gets the 3.12 opcode that it stands for.
KRAIT_API const char *krait_opcode_name(int number, int *base);
KRAIT_API int krait_opcode_limit(void);
KRAIT_API int krait_opcode_number(const char *name); // -1: no such opcode
KRAIT_API int krait_opcode_caches(int number);       // CACHE units behind a 3.12 opcode in wordcode
// The instructions that a code object (or function) is made of for this runtime's engine, as they stand at this
// moment: up to `limit` opcode numbers into `opcodes`; the full count, or -1.
KRAIT_API long krait_threaded_opcodes(KraitRuntime *runtime, KraitHandle *code, int *opcodes, long limit);

#ifdef __cplusplus
}
#endif
#endif
