// krait.h — the embedding interface of Krait, a Python 3.12 interpreter for measuring interpreters.
//
// One runtime per process at a time. All functions are for the thread that made it. Python values
// are handed out as handles, which keep them alive until krait_release; functions that return a
// handle return NULL when a Python exception is pending (krait_print_error shows and clears it).
// Text is UTF-8. Sizes are bytes unless said otherwise.
#ifndef KRAIT_H
#define KRAIT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define KRAIT_VERSION_MAJOR 0
#define KRAIT_VERSION_MINOR 1
#define KRAIT_VERSION_PATCH 0
#define KRAIT_VERSION       "0.1.0"

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

// The runtime

typedef enum {
    KRAIT_ALLOCATOR_SLABS,
    KRAIT_ALLOCATOR_JEMALLOC_DIRECT,
    KRAIT_ALLOCATOR_LIBC
} KraitAllocator;

typedef struct {
    size_t size;           // sizeof(KraitOptions): set by krait_options_initialize
    const char *dispatch;  // "direct", "tail:clang-19", ...; NULL: the default technique
    const char *hash_seed; // as PYTHONHASHSEED; NULL: the environment's
    uint64_t knobs_off;    // bit i: the knob of index i is off (krait_knob_*)
    uint64_t gc_stress;    // collect at every n-th allocation; 0: never so
    int gc_verify;         // check every mark by a second one
    uint64_t max_heap;     // bytes; 0: unlimited
    KraitAllocator allocator;
    uint64_t max_steps; // krait_set_step_limit at the start; 0: no limit
    // 1: for krait_opcode_executions, 2: pairs that follow each other too, 3: triples too, for
    // krait_print_statistics; slows the evaluator down
    int count_opcodes;
    int count_operands;      // for krait_operand_count and krait_print_statistics; slows down more
    int optimize;            // 1 as -O, 2 as -OO; 0: what PYTHONOPTIMIZE says
    int dont_write_bytecode; // as -B; 0: what PYTHONDONTWRITEBYTECODE says
    const char *inject;      // as krait_inject; NULL: nothing
} KraitOptions;

// Fills in the defaults: slabs, no stress, no limit, all knobs on. Call it before setting a field.
KRAIT_API void krait_options_initialize(KraitOptions *options);
// Makes the runtime; the calling thread becomes its main thread. NULL when there is no memory or
// the options are wrong; then *error (if not NULL) says why, in static text.
KRAIT_API KraitRuntime *krait_new(const KraitOptions *options, const char **error);
// Runs pending finalizers and frees everything. Returns the bytes that the heap's arena still held
// before it was destroyed: 0 unless something leaked.
KRAIT_API uint64_t krait_delete(KraitRuntime *runtime);

// Values

// Lets go of a value; NULL is allowed. A handle is released once.
KRAIT_API void krait_release(KraitRuntime *runtime, KraitHandle *handle);
// None.
KRAIT_API KraitHandle *krait_none(KraitRuntime *runtime);
// False for 0, else True.
KRAIT_API KraitHandle *krait_bool(KraitRuntime *runtime, int truth);
// An int.
KRAIT_API KraitHandle *krait_int(KraitRuntime *runtime, int64_t number);
// A float.
KRAIT_API KraitHandle *krait_float(KraitRuntime *runtime, double number);
// A str, from text that ends with NUL; UnicodeDecodeError if it is not UTF-8.
KRAIT_API KraitHandle *krait_str(KraitRuntime *runtime, const char *text);
// A bytes object with a copy of the data.
KRAIT_API KraitHandle *krait_bytes(KraitRuntime *runtime, const void *data, size_t size);
// A tuple of the items; the handles stay the caller's.
KRAIT_API KraitHandle *krait_tuple(KraitRuntime *runtime, KraitHandle *const *items, size_t count);
// An empty dict.
KRAIT_API KraitHandle *krait_dict(KraitRuntime *runtime);
// dict[key] = value; 0, or -1 with an exception pending.
KRAIT_API int krait_dict_set(KraitRuntime *runtime, KraitHandle *dict, const char *key,
                             KraitHandle *value);
// dict[key], NULL without an exception if there is none.
KRAIT_API KraitHandle *krait_dict_get(KraitRuntime *runtime, KraitHandle *dict, const char *key);
// The value of an int (or of what has __index__): 0, or -1 with an exception pending, for example
// OverflowError when 64 bits do not hold it.
KRAIT_API int krait_as_int(KraitRuntime *runtime, KraitHandle *value, int64_t *number);
// repr() into a buffer (cut to size, always terminated); the full length, or -1.
KRAIT_API long krait_repr(KraitRuntime *runtime, KraitHandle *value, char *buffer, size_t size);
// object.name
KRAIT_API KraitHandle *krait_get_attribute(KraitRuntime *runtime, KraitHandle *object,
                                           const char *name);
// callable(*args); the handles of the arguments stay the caller's.
KRAIT_API KraitHandle *krait_call(KraitRuntime *runtime, KraitHandle *callable,
                                  KraitHandle *const *args, size_t count);
// Calls it `times` times with the same arguments and drops the results: 0, or -1 with an exception
// pending. For timing: nothing but the calls happens between them.
KRAIT_API int krait_call_repeatedly(KraitRuntime *runtime, KraitHandle *callable,
                                    KraitHandle *const *args, size_t count, long times);
// import name; the module that sys.modules then holds under that name.
KRAIT_API KraitHandle *krait_import(KraitRuntime *runtime, const char *name);

// Code

// What source text is read as: a module, an expression, or one interactive statement, whose value
// is shown.
// A script is a module read as CPython reads its main program, line by line: some messages about
// bad source differ.
typedef enum { KRAIT_EXEC, KRAIT_EVAL, KRAIT_SINGLE, KRAIT_SCRIPT } KraitMode;
// Compiles source text to a code object; `filename` is only what tracebacks show. SyntaxError if it
// is bad.
KRAIT_API KraitHandle *krait_compile(KraitRuntime *runtime, const char *source, size_t size,
                                     const char *filename, KraitMode mode);

// The parts of a code object, with CPython 3.12's meanings. All arrays are copied.
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
// A code object from its parts. It passes the verifier here: NULL and a ValueError that says what
// is wrong and where.
KRAIT_API KraitHandle *krait_code(KraitRuntime *runtime, const KraitCodeParts *parts);
// A fresh namespace with __name__ and __builtins__.
KRAIT_API KraitHandle *krait_globals(KraitRuntime *runtime, const char *module_name);
// Runs a code object as a module's code is run (PyEval_EvalCode).
KRAIT_API KraitHandle *krait_eval(KraitRuntime *runtime, KraitHandle *code, KraitHandle *globals);
// A function over a code object, to be called with krait_call.
KRAIT_API KraitHandle *krait_function(KraitRuntime *runtime, KraitHandle *code,
                                      KraitHandle *globals);

// Evaluators (PEP 523)

// What evaluating a frame gave; only to be handed on.
typedef struct {
    uint64_t opaque;
} KraitResult;
// Evaluates a frame, by krait_evaluate_default or otherwise.
typedef KraitResult KraitEvaluator(KraitRuntime *runtime, KraitFrame *frame, void *context);
// From then on every call of a Python function goes through the evaluator, also from functions that
// ran before and are specialised. NULL restores the default.
KRAIT_API void krait_set_evaluator(KraitRuntime *runtime, KraitEvaluator *evaluator, void *context);
// Evaluates a frame by the runtime's dispatch technique; once for each frame that an evaluator
// gets.
KRAIT_API KraitResult krait_evaluate_default(KraitRuntime *runtime, KraitFrame *frame);
// The qualified name of the function that a frame runs; valid until the frame is left.
KRAIT_API const char *krait_frame_name(KraitRuntime *runtime, KraitFrame *frame);

// Errors

// Whether an exception is pending: 0 or 1.
KRAIT_API int krait_error_pending(KraitRuntime *runtime);
enum { KRAIT_INTERRUPTED = 0x100 };
// Prints the pending exception with its traceback to stderr and clears it. Returns the process exit
// code it stands for: 1, or what SystemExit says (which is not printed unless its code is a text);
// KRAIT_INTERRUPTED after a KeyboardInterrupt, upon which a program should end by SIGINT.
KRAIT_API int krait_print_error(KraitRuntime *runtime);
// Forgets the pending exception, if there is one.
KRAIT_API void krait_clear_error(KraitRuntime *runtime);
// The pending exception as one line "Type: message" into a buffer (cut to size, always terminated;
// empty if none is pending). It stays pending.
KRAIT_API void krait_error_text(KraitRuntime *runtime, char *buffer, size_t size);

// Running programs: what the command `krait` does

// Adds a filter `action:message:category:module:line` as Python's option -W does, before what was
// added earlier. One that cannot be read is named on stderr: 0 all the same, or -1 with an
// exception pending.
KRAIT_API int krait_add_warning_filter(KraitRuntime *runtime, const char *filter);
// Sets sys.argv, and sys.path[0] to `first_path` (NULL: leaves it): 0, or -1 with an exception
// pending.
KRAIT_API int krait_set_arguments(KraitRuntime *runtime, int count, const char *const *arguments,
                                  const char *first_path);
// Runs source text in the namespace of __main__: 0, or -1 with an exception pending. __file__ is
// set unless the name starts with "<".
KRAIT_API int krait_run_source(KraitRuntime *runtime, const char *source, size_t size,
                               const char *filename);
// Whether a file holds bytecode: by its name (.pyc) or by the magic number it starts with.
KRAIT_API int krait_is_bytecode(const char *filename, const void *data, size_t size);
// The code object in the contents of a .pyc file: NULL with RuntimeError, EOFError or another
// exception if they are malformed. It has not passed the verifier yet: it does before it runs.
KRAIT_API KraitHandle *krait_load_bytecode(KraitRuntime *runtime, const void *data, size_t size,
                                           const char *filename);
// Runs the contents of a .pyc file in the namespace of __main__: 0, or -1 with an exception
// pending. The code passes the verifier before it runs.
KRAIT_API int krait_run_bytecode(KraitRuntime *runtime, const void *data, size_t size,
                                 const char *filename);
// Runs a module, or the __main__ of a package, found as `import` finds it, as `krait -m`: 0, or -1
// with an exception pending, SystemExit with a message if there is none.
KRAIT_API int krait_run_module(KraitRuntime *runtime, const char *name);
// Runs the __main__ of a directory, which stands in sys.path already: 0, or -1 as above.
KRAIT_API int krait_run_directory(KraitRuntime *runtime, const char *directory);
// How the bytecode of a source file is known to be valid (PEP 552): by the time and size of the
// source, by its hash, or always.
typedef enum {
    KRAIT_VALIDATE_TIMESTAMP,
    KRAIT_VALIDATE_HASH,
    KRAIT_VALIDATE_NEVER
} KraitValidation;
// Compiles a source file and writes its bytecode to the __pycache__ folder beside it: 0, or -1 with
// an exception pending.
KRAIT_API int krait_write_bytecode(KraitRuntime *runtime, const char *filename,
                                   KraitValidation validation);
// Reads and runs statement after statement until the input ends or SystemExit is raised: 0, or -1
// with that exception pending. Prompts go to stderr; other exceptions are printed there.
KRAIT_API int krait_run_interactive(KraitRuntime *runtime, FILE *input, int show_prompt);
// Flushes sys.stdout and sys.stderr; -1 if that failed (a closed pipe is no failure).
KRAIT_API int krait_flush(KraitRuntime *runtime);

// The same with a code object.
KRAIT_API int krait_run_code(KraitRuntime *runtime, KraitHandle *code, const char *filename);
// Assembles bytecode written as text (interp/bytecode/text_form.md) to a code object, which passes
// the verifier. ValueError that says what is wrong in which line.
KRAIT_API KraitHandle *krait_assemble(KraitRuntime *runtime, const char *text, size_t size,
                                      const char *filename);

// From now on, after that many steps (calls, ways back of loops, rounds of native loops) the
// program ends with a RuntimeError that it cannot catch; 0 lifts the limit. Only with
// KraitOptions.max_steps.
KRAIT_API void krait_set_step_limit(KraitRuntime *runtime, uint64_t steps);

// Looking inside

// Prints CPython's `dis` listing of a code object and of those inside it: 0, or -1 with an
// exception pending.
KRAIT_API int krait_disassemble(KraitRuntime *runtime, KraitHandle *code, FILE *out,
                                int show_caches);
// Prints a code object, and those inside it, as text that krait_assemble reads: 0, or -1 with an
// exception pending.
KRAIT_API int krait_write_text(KraitRuntime *runtime, KraitHandle *code, FILE *out);
// Prints the syntax tree of a source file as `ast.dump(ast.parse(source), indent=2)` does: 0, or -1
// with an exception pending.
KRAIT_API int krait_print_ast(KraitRuntime *runtime, const char *source, size_t size,
                              const char *filename, FILE *out);
// Prints the tokens of a source file as `python -m tokenize -e` does: 0, or -1 with an exception
// pending.
KRAIT_API int krait_print_tokens(KraitRuntime *runtime, const char *source, size_t size,
                                 const char *filename, FILE *out);
// Prints one JSON line with all that the code objects of a source file hold: 0, or -1 with an
// exception pending.
KRAIT_API int krait_listing(KraitRuntime *runtime, KraitHandle *code, const char *file,
                            size_t source_bytes, FILE *out);
// The same for a source that could not be compiled: what the pending exception says, which stays
// pending. 0, or -1 with another exception pending.
KRAIT_API int krait_listing_error(KraitRuntime *runtime, const char *file, size_t source_bytes,
                                  FILE *out);
// Prints opcode counts (if counted), allocations by size class, collections and pauses, and
// jemalloc's figures; see `krait --stats`.
KRAIT_API int krait_print_statistics(KraitRuntime *runtime, FILE *out, int json);
// Starts sampling what the program does, `hz` times a second of real time (1 to 10000), by the
// signal SIGPROF: 0, or -1 with ValueError or OSError pending. What was sampled before is
// forgotten.
KRAIT_API int krait_sample_start(KraitRuntime *runtime, int hz);
// Stops it; what was sampled stays. Without effect when nothing is sampled.
KRAIT_API void krait_sample_stop(KraitRuntime *runtime);
// Tables of functions, lines and opcodes; one line a stack, `outer;inner;file:line;OPCODE count`,
// as flame graph tools read it; or everything that is known, as one JSON object.
typedef enum { KRAIT_SAMPLES_TABLES, KRAIT_SAMPLES_FOLDED, KRAIT_SAMPLES_JSON } KraitSampleForm;
// Prints what was sampled so far: 0, or -1 if nothing was, or without memory.
KRAIT_API int krait_print_samples(KraitRuntime *runtime, FILE *out, KraitSampleForm form);
// Prints the engines of this build, and why others are missing.
KRAIT_API void krait_print_engines(FILE *out, int json);
// How many engines this build has.
KRAIT_API int krait_engine_count(void);
// An engine: a dispatch technique, the compiler that built it, and its flags; static text.
typedef struct {
    const char *technique, *compiler, *flags;
} KraitEngine;
// The engine of an index; texts are NULL if there is none.
KRAIT_API KraitEngine krait_engine(int index);
// The index of the engine that "TECHNIQUE" (its default compiler) or "TECHNIQUE:COMPILER" names,
// NULL the default one; -1 if this build has none.
KRAIT_API int krait_engine_find(const char *dispatch);
// Prints every knob with what it switches.
KRAIT_API void krait_print_knobs(FILE *out, int json);
// Why krait_inject would refuse a text; NULL if it would not.
KRAIT_API const char *krait_injection_error(const char *text);
// Slows opcodes down on purpose, so that a measurement can show that it notices. `text` is
// "OPCODE=SPIN8", "OPCODE=SPIN8+SPIN16,OPCODE=SPIN32" and so on (SPINk: k dependent additions): in
// code that is executed for the first time from now on, these run before every instruction of a
// 3.12 opcode. A specialised instruction counts as its opcode, a fused one as its first. NULL or
// "": nothing from now on. 0, or -1 with a ValueError pending.
KRAIT_API int krait_inject(KraitRuntime *runtime, const char *text);
// KRAIT_LAYOUT_SEED of this build: the order in which its code was laid out; 0 is the default one.
KRAIT_API int krait_layout_seed(void);
// How many knobs there are; their indexes are the bits of KraitOptions.knobs_off.
KRAIT_API int krait_knob_count(void);
// The name of a knob; NULL if there is none of that index.
KRAIT_API const char *krait_knob_name(int index);
// The index of a knob; -1 if there is none of that name.
KRAIT_API int krait_knob_find(const char *name);
// Opcodes, those of 3.12 first (numbers below 256), then the internal instructions: name of a
// number, NULL if there is none; `base` gets the 3.12 opcode that it stands for.
KRAIT_API const char *krait_opcode_name(int number, int *base);
// One more than the greatest number of an instruction.
KRAIT_API int krait_opcode_limit(void);
KRAIT_API int krait_opcode_number(const char *name); // -1: no such opcode
KRAIT_API int krait_opcode_caches(int number);       // CACHE units behind a 3.12 opcode in wordcode
// How often an instruction has run since the runtime was made; 0 unless KraitOptions.count_opcodes.
KRAIT_API uint64_t krait_opcode_executions(KraitRuntime *runtime, int number);
// An instruction that worked on operands of certain kinds.
typedef struct {
    int opcode;     // number of the instruction
    char kinds[72]; // "+ int float", "list.append"; "" where an instruction knows one way only
    uint64_t executed, nanoseconds;
    // Of these, executions of 500 ns or more: a C function at work, a pause of the collector.
    uint64_t executed_long, nanoseconds_long;
} KraitOperandCount;
// The index-th of them in the order in which they first ran, with counts and time since the runtime
// was made. Time includes dispatch and counting itself. 0 past the last or unless
// KraitOptions.count_operands, else 1.
KRAIT_API int krait_operand_count(KraitRuntime *runtime, long index, KraitOperandCount *count);
// The instructions that a code object (or function) is made of for this runtime's engine, as they
// stand at this moment: up to `limit` opcode numbers into `opcodes`; the full count, or -1.
KRAIT_API long krait_threaded_opcodes(KraitRuntime *runtime, KraitHandle *code, int *opcodes,
                                      long limit);

#ifdef __cplusplus
}
#endif
#endif
