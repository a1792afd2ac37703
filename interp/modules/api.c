// api.c — include/krait.h over the runtime: values in and out, code, evaluators, errors.
//
// A KraitRuntime is the Runtime itself, a KraitHandle a Handle, a KraitFrame a Frame.
#include "include/krait.h"
#include "compiler/compilation.h"
#include "compiler/ast_dump.h"
#include "compiler/compile.h"
#include "compiler/token_dump.h"
#include "modules/modules.h"
#include "objects/bytes.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "vm/engine.h"
#include "vm/inject.h"
#include "vm/knobs.h"
#include "vm/operand_counts.h"
#include "vm/slow_paths.h"
#include <stdlib.h>
#include <string.h>

static Runtime *unwrap(KraitRuntime *runtime) { return (Runtime *)runtime; }

static Thread *thread_of(KraitRuntime *runtime) { return unwrap(runtime)->main_thread; }

static Value value_of(KraitHandle *handle) {
    return handle ? handle_get((Handle *)handle) : VALUE_ERROR;
}

static KraitHandle *wrap(Thread *thread, Value value) {
    if (value_is_error(value)) return NULL;
    Handle *handle = handle_new(thread->heap, value);
    if (!handle) raise_memory_error(thread);
    return (KraitHandle *)handle;
}

void krait_options_initialize(KraitOptions *options) {
    memset(options, 0, sizeof *options);
    options->size = sizeof *options;
}

// The level of -O, or what PYTHONOPTIMIZE says: a number, anything else counts as 1.
static int optimize_level(const KraitOptions *options) {
    const char *setting = getenv("PYTHONOPTIMIZE");
    int level = options->optimize;
    if (level == 0 && setting && *setting) {
        char *end;
        long number = strtol(setting, &end, 10);
        level = *end || number < 0 ? 1 : number > 2 ? 2 : (int)number;
    }
    return level > 2 ? 2 : level;
}

static bool forbids_bytecode(const KraitOptions *options) {
    const char *setting = getenv("PYTHONDONTWRITEBYTECODE");
    return options->dont_write_bytecode || (setting && *setting);
}

static RuntimeOptions translate_options(const KraitOptions *options) {
    static const AllocatorKind allocators[] = {
        [KRAIT_ALLOCATOR_SLABS] = ALLOCATOR_SLABS,
        [KRAIT_ALLOCATOR_JEMALLOC_DIRECT] = ALLOCATOR_JEMALLOC_DIRECT,
        [KRAIT_ALLOCATOR_LIBC] = ALLOCATOR_LIBC,
    };
    return (RuntimeOptions){
        .heap = {.allocator = allocators[options->allocator],
                 .stress_interval = options->gc_stress,
                 .max_size = options->max_heap,
                 .verify = options->gc_verify,
                 .collect_enabled = true},
        .dispatch = options->dispatch,
        .hash_seed = options->hash_seed,
        .knobs_off = (uint32_t)options->knobs_off,
        .count_opcodes = options->count_opcodes,
        .count_operands = options->count_operands != 0,
        .limit_steps = options->max_steps != 0,
        .inject = options->inject,
        .optimize = optimize_level(options),
        .dont_write_bytecode = forbids_bytecode(options),
    };
}

KraitRuntime *krait_new(const KraitOptions *options, const char **error) {
    KraitOptions defaults;
    krait_options_initialize(&defaults);
    if (!options) options = &defaults;
    const char *ignored;
    if (!error) error = &ignored;
    *error = NULL;
    if (options->size != sizeof *options)
        *error = "KraitOptions has another size: krait_options_initialize was not called";
    else if (engine_find(options->dispatch) < 0)
        *error = "no such dispatch technique in this build";
    else
        *error = krait_injection_error(options->inject);
    if (*error) return NULL;
    RuntimeOptions translated = translate_options(options);
    Runtime *runtime = runtime_new(&translated);
    if (!runtime) {
        *error = "no memory for the runtime (is max_heap too small?), or a wrong PYTHONHASHSEED";
        return NULL;
    }
    Thread *thread = runtime->main_thread;
    if (vm_initialize(thread) && modules_initialize(thread)) {
        if (options->max_steps) krait_set_step_limit((KraitRuntime *)runtime, options->max_steps);
        return (KraitRuntime *)runtime;
    }
    (void)exception_report(thread);
    runtime_delete(runtime);
    *error = "the runtime could not be made ready";
    return NULL;
}

uint64_t krait_delete(KraitRuntime *runtime) {
    Runtime *inner = unwrap(runtime);
    Thread *thread = inner->main_thread;
    if (inner->options.limit_steps) thread_set_step_limit(thread, 0);
    heap_queue_all_finalizers(thread->heap);
    if (!thread_poll(thread)) (void)exception_report(thread);
    (void)krait_flush(runtime);
    modules_finalize(thread);
    vm_finalize(thread);
    return runtime_delete(inner);
}

void krait_set_step_limit(KraitRuntime *runtime, uint64_t steps) {
    thread_set_step_limit(thread_of(runtime), steps > INT64_MAX ? INT64_MAX : (int64_t)steps);
}

void krait_release(KraitRuntime *runtime, KraitHandle *handle) {
    handle_delete(unwrap(runtime)->heap, (Handle *)handle);
}

KraitHandle *krait_none(KraitRuntime *runtime) { return wrap(thread_of(runtime), VALUE_NONE); }

KraitHandle *krait_bool(KraitRuntime *runtime, int truth) {
    return wrap(thread_of(runtime), value_from_bool(truth));
}

KraitHandle *krait_int(KraitRuntime *runtime, int64_t number) {
    return wrap(thread_of(runtime), int_from_int64(thread_of(runtime), number));
}

KraitHandle *krait_float(KraitRuntime *runtime, double number) {
    return wrap(thread_of(runtime), float_new(thread_of(runtime), number));
}

KraitHandle *krait_str(KraitRuntime *runtime, const char *text) {
    return wrap(thread_of(runtime),
                str_decode_utf8(thread_of(runtime), text, strlen(text), "strict"));
}

KraitHandle *krait_bytes(KraitRuntime *runtime, const void *data, size_t size) {
    return wrap(thread_of(runtime), bytes_new(thread_of(runtime), data, size));
}

KraitHandle *krait_tuple(KraitRuntime *runtime, KraitHandle *const *items, size_t count) {
    Thread *thread = thread_of(runtime);
    Value tuple = tuple_new(thread, count);
    if (value_is_error(tuple)) return NULL;
    for (size_t i = 0; i < count; i++) value_as_tuple(tuple)->items[i] = value_of(items[i]);
    return wrap(thread, tuple);
}

KraitHandle *krait_dict(KraitRuntime *runtime) {
    return wrap(thread_of(runtime), dict_new(thread_of(runtime)));
}

int krait_dict_set(KraitRuntime *runtime, KraitHandle *dict, const char *key, KraitHandle *value) {
    return dict_set_c(thread_of(runtime), value_as_dict(value_of(dict)), key, value_of(value)) ? 0
                                                                                               : -1;
}

KraitHandle *krait_dict_get(KraitRuntime *runtime, KraitHandle *dict, const char *key) {
    Thread *thread = thread_of(runtime);
    Value name = str_intern_c(thread, key);
    if (value_is_error(name)) return NULL;
    Value value = dict_find_str(thread, value_as_dict(value_of(dict)), name);
    return value_is_absent(value) ? NULL : wrap(thread, value);
}

int krait_as_int(KraitRuntime *runtime, KraitHandle *value, int64_t *number) {
    return object_as_int64(thread_of(runtime), value_of(value), number) ? 0 : -1;
}

// Copies as much of a str as fits; its full length in bytes.
static size_t copy_text(Thread *thread, Value text, char *buffer, size_t size) {
    size_t length = 0;
    const char *bytes = str_as_utf8_lossy(thread, text, &length);
    if (!bytes) {
        error_clear(thread);
        bytes = "";
        length = 0;
    }
    if (size) {
        size_t copied = length < size ? length : size - 1;
        memcpy(buffer, bytes, copied);
        buffer[copied] = 0;
    }
    return length;
}

long krait_repr(KraitRuntime *runtime, KraitHandle *value, char *buffer, size_t size) {
    Thread *thread = thread_of(runtime);
    Value text = object_repr(thread, value_of(value));
    return value_is_error(text) ? -1 : (long)copy_text(thread, text, buffer, size);
}

KraitHandle *krait_get_attribute(KraitRuntime *runtime, KraitHandle *object, const char *name) {
    Thread *thread = thread_of(runtime);
    Value interned = str_intern_c(thread, name);
    if (value_is_error(interned)) return NULL;
    return wrap(thread, object_get_attribute(thread, value_of(object), interned));
}

KraitHandle *krait_call(KraitRuntime *runtime, KraitHandle *callable, KraitHandle *const *args,
                        size_t count) {
    Thread *thread = thread_of(runtime);
    Value tuple = tuple_new(thread, count);
    if (value_is_error(tuple)) return NULL;
    for (size_t i = 0; i < count; i++) value_as_tuple(tuple)->items[i] = value_of(args[i]);
    return wrap(thread, object_call_unpacked(thread, value_of(callable), tuple, VALUE_ABSENT));
}

int krait_call_repeatedly(KraitRuntime *runtime, KraitHandle *callable, KraitHandle *const *args,
                          size_t count, long times) {
    enum { ARGUMENT_LIMIT = 16 };
    Thread *thread = thread_of(runtime);
    Value values[ARGUMENT_LIMIT];
    if (count > ARGUMENT_LIMIT) {
        raise_value_error(thread, "at most %i arguments", ARGUMENT_LIMIT);
        return -1;
    }
    for (size_t i = 0; i < count; i++) values[i] = value_of(args[i]);
    Value function = value_of(callable);
    for (long i = 0; i < times; i++)
        if (value_is_error(object_call(thread, function, values, (int)count, VALUE_ABSENT)))
            return -1;
    return 0;
}

KraitHandle *krait_import(KraitRuntime *runtime, const char *name) {
    Thread *thread = thread_of(runtime);
    Value interned = str_intern_c(thread, name);
    return value_is_error(interned) ? NULL : wrap(thread, import_module(thread, interned));
}

KraitHandle *krait_compile(KraitRuntime *runtime, const char *source, size_t size,
                           const char *filename, KraitMode mode) {
    static const CompileMode modes[] = {[KRAIT_EXEC] = COMPILE_EXEC,
                                        [KRAIT_EVAL] = COMPILE_EVAL,
                                        [KRAIT_SINGLE] = COMPILE_SINGLE,
                                        [KRAIT_SCRIPT] = COMPILE_EXEC};
    Thread *thread = thread_of(runtime);
    Value name = str_decode_utf8(thread, filename, strlen(filename), "surrogateescape");
    if (value_is_error(name)) return NULL;
    int flags = mode == KRAIT_SCRIPT ? COMPILE_FROM_FILE : 0;
    return wrap(thread, compile_source(thread, source, size, name, modes[mode], flags, -1));
}

static Value names_tuple(Thread *thread, const char *const *names, size_t count) {
    Value tuple = tuple_new(thread, count);
    if (value_is_error(tuple)) return tuple;
    for (size_t i = 0; i < count; i++) {
        Value name = str_intern_c(thread, names[i]);
        if (value_is_error(name)) return name;
        value_as_tuple(tuple)->items[i] = name;
    }
    return tuple;
}

static bool fill_parts(Thread *thread, const KraitCodeParts *from, CodeParts *to) {
    Value empty = bytes_new(thread, "", 0);
    Value name = str_intern_c(thread, from->name ? from->name : "<code>");
    *to = (CodeParts){.argcount = from->argcount,
                      .posonlyargcount = from->posonlyargcount,
                      .kwonlyargcount = from->kwonlyargcount,
                      .stacksize = from->stacksize,
                      .flags = from->flags,
                      .firstlineno = from->firstlineno,
                      .code = bytes_new(thread, from->code, from->code_size),
                      .consts = tuple_new(thread, from->const_count),
                      .names = names_tuple(thread, from->names, from->name_count),
                      .localsplusnames = names_tuple(thread, from->varnames, from->varname_count),
                      .localspluskinds = bytes_new(thread, NULL, from->varname_count),
                      .filename = name,
                      .name = name,
                      .qualname = name,
                      .linetable = empty,
                      .exceptiontable =
                          bytes_new(thread, from->exceptiontable, from->exceptiontable_size)};
    const Value parts[] = {empty,
                           name,
                           to->code,
                           to->consts,
                           to->names,
                           to->localsplusnames,
                           to->localspluskinds,
                           to->exceptiontable};
    for (size_t i = 0; i < COUNT_OF(parts); i++)
        if (value_is_error(parts[i])) return false;
    for (size_t i = 0; i < from->const_count; i++)
        value_as_tuple(to->consts)->items[i] = value_of(from->consts[i]);
    memset(value_as_bytes(to->localspluskinds)->data, CO_FAST_LOCAL, from->varname_count);
    return true;
}

KraitHandle *krait_code(KraitRuntime *runtime, const KraitCodeParts *parts) {
    Thread *thread = thread_of(runtime);
    if (parts->size != sizeof *parts)
        return wrap(thread, raise_value_error(thread, "KraitCodeParts has another size"));
    CodeParts filled;
    if (!fill_parts(thread, parts, &filled)) return NULL;
    Value code = code_new(thread, &filled);
    if (value_is_error(code) || !code_verify(thread, value_as_code(code))) return NULL;
    value_as_code(code)->verified = true;
    return wrap(thread, code);
}

KraitHandle *krait_globals(KraitRuntime *runtime, const char *module_name) {
    Thread *thread = thread_of(runtime);
    Value dict = dict_new(thread), name = str_intern_c(thread, module_name);
    if (value_is_error(dict) || value_is_error(name)) return NULL;
    if (!dict_set(thread, value_as_dict(dict), NAMES(thread)->__name__, name) ||
        !dict_set(thread, value_as_dict(dict), NAMES(thread)->__builtins__,
                  unwrap(runtime)->builtins))
        return NULL;
    return wrap(thread, dict);
}

KraitHandle *krait_eval(KraitRuntime *runtime, KraitHandle *code, KraitHandle *globals) {
    Thread *thread = thread_of(runtime);
    return wrap(thread, eval_code(thread, value_as_code(value_of(code)),
                                  value_as_dict(value_of(globals)), VALUE_ABSENT));
}

KraitHandle *krait_function(KraitRuntime *runtime, KraitHandle *code, KraitHandle *globals) {
    Thread *thread = thread_of(runtime);
    return wrap(thread, function_new(thread, value_as_code(value_of(code)),
                                     value_as_dict(value_of(globals))));
}

// The evaluator that vm/ knows, around the embedder's.
typedef struct {
    KraitEvaluator *evaluator;
    void *context;
} ForeignEvaluator;

static Value run_foreign(Thread *thread, Frame *frame, void *context) {
    const ForeignEvaluator *foreign = context;
    KraitResult result =
        foreign->evaluator((KraitRuntime *)thread->runtime, (KraitFrame *)frame, foreign->context);
    return (Value){result.opaque};
}

void krait_set_evaluator(KraitRuntime *runtime, KraitEvaluator *evaluator, void *context) {
    static ForeignEvaluator foreign; // one runtime a process
    foreign = (ForeignEvaluator){evaluator, context};
    eval_set_frame_evaluator(thread_of(runtime), evaluator ? run_foreign : NULL, &foreign);
}

KraitResult krait_evaluate_default(KraitRuntime *runtime, KraitFrame *frame) {
    return (KraitResult){eval_frame_default(thread_of(runtime), (Frame *)frame).bits};
}

const char *krait_frame_name(KraitRuntime *runtime, KraitFrame *frame) {
    const Frame *inner = (const Frame *)frame;
    size_t size;
    const char *text = str_as_utf8_lossy(thread_of(runtime), inner->function->qualname, &size);
    if (!text) error_clear(thread_of(runtime));
    return text ? text : "?";
}

int krait_error_pending(KraitRuntime *runtime) { return error_is_pending(thread_of(runtime)); }

int krait_print_error(KraitRuntime *runtime) { return exception_report(thread_of(runtime)); }

void krait_clear_error(KraitRuntime *runtime) { error_clear(thread_of(runtime)); }

void krait_error_text(KraitRuntime *runtime, char *buffer, size_t size) {
    Thread *thread = thread_of(runtime);
    if (size) *buffer = 0;
    if (!error_is_pending(thread)) return;
    Value exception = error_take(thread);
    Value text = str_format(thread, "%T: %S", exception, exception);
    if (value_is_error(text))
        error_clear(thread);
    else
        copy_text(thread, text, buffer, size);
    error_restore(thread, exception);
}

int krait_disassemble(KraitRuntime *runtime, KraitHandle *code, FILE *out, int show_caches) {
    return code_disassemble(thread_of(runtime), out, value_as_code(value_of(code)), true,
                            show_caches)
               ? 0
               : -1;
}

int krait_write_text(KraitRuntime *runtime, KraitHandle *code, FILE *out) {
    return code_write_text(thread_of(runtime), out, value_as_code(value_of(code))) ? 0 : -1;
}

KraitHandle *krait_assemble(KraitRuntime *runtime, const char *text, size_t size,
                            const char *filename) {
    Thread *thread = thread_of(runtime);
    Value name = str_decode_utf8(thread, filename, strlen(filename), "surrogateescape");
    return value_is_error(name) ? NULL : wrap(thread, code_assemble(thread, text, size, name));
}

typedef bool SourceDump(Thread *thread, const char *bytes, size_t size, const char *filename,
                        TextBuffer *out);

static int print_source(KraitRuntime *runtime, SourceDump *dump, const char *source, size_t size,
                        const char *filename, FILE *out) {
    TextBuffer text = {0};
    bool done = dump(thread_of(runtime), source, size, filename, &text);
    if (done) fwrite(text_buffer_text(&text), 1, text.length, out);
    text_buffer_free(&text);
    return done ? 0 : -1;
}

int krait_print_ast(KraitRuntime *runtime, const char *source, size_t size, const char *filename,
                    FILE *out) {
    return print_source(runtime, ast_dump_source, source, size, filename, out);
}

int krait_print_tokens(KraitRuntime *runtime, const char *source, size_t size, const char *filename,
                       FILE *out) {
    return print_source(runtime, token_dump, source, size, filename, out);
}

int krait_listing(KraitRuntime *runtime, KraitHandle *code, const char *file, size_t source_bytes,
                  FILE *out) {
    return code_listing(thread_of(runtime), out, value_as_code(value_of(code)), file, source_bytes)
               ? 0
               : -1;
}

int krait_listing_error(KraitRuntime *runtime, const char *file, size_t source_bytes, FILE *out) {
    return code_listing_error(thread_of(runtime), out, file, source_bytes) ? 0 : -1;
}

void krait_print_engines(FILE *out, int json) { engine_list(out, json); }

int krait_engine_count(void) { return engine_count; }

KraitEngine krait_engine(int index) {
    if (index < 0 || index >= engine_count) return (KraitEngine){NULL, NULL, NULL};
    return (KraitEngine){engines[index]->technique, engines[index]->compiler,
                         engines[index]->flags};
}

int krait_engine_find(const char *dispatch) { return engine_find(dispatch); }

static const struct {
    const char *name, *description;
} knobs[] = {
#define KNOB(name, description) {#name, description},
#include "vm/knobs.def"
#undef KNOB
};

void krait_print_knobs(FILE *out, int json) {
    for (int i = 0; i < KNOB_COUNT; i++)
        if (json)
            fprintf(out, "%s\n  {\"name\": \"%s\", \"default\": true, \"description\": \"%s\"}",
                    i ? "," : "[", knobs[i].name, knobs[i].description);
        else
            fprintf(out, "%-24s %s\n", knobs[i].name, knobs[i].description);
    if (json) fputs("\n]\n", out);
}

const char *krait_injection_error(const char *text) {
    Injections injections;
    return text ? injections_parse(text, &injections) : NULL;
}

int krait_inject(KraitRuntime *runtime, const char *text) {
    const char *wrong = injections_set(unwrap(runtime), text);
    if (!wrong) return 0;
    raise_value_error(thread_of(runtime), "%s", wrong);
    return -1;
}

int krait_layout_seed(void) { return layout_seed; }

int krait_knob_count(void) { return KNOB_COUNT; }

const char *krait_knob_name(int index) {
    return index >= 0 && index < KNOB_COUNT ? knobs[index].name : NULL;
}

int krait_knob_find(const char *name) {
    for (int i = 0; i < KNOB_COUNT; i++)
        if (strcmp(knobs[i].name, name) == 0) return i;
    return -1;
}

const char *krait_opcode_name(int number, int *base) {
    bool known = number >= 0 && number < INSTRUCTION_LIMIT &&
                 (number >= INTERNAL_FIRST || opcode_exists(number));
    if (known && number >= OPCODE_FIRST_PSEUDO && number < INTERNAL_FIRST) known = false;
    if (!known) return NULL;
    if (base) *base = instruction_base(number);
    return instruction_name(number);
}

int krait_opcode_number(const char *name) {
    for (int number = 0; number < INSTRUCTION_LIMIT; number++) {
        const char *known = krait_opcode_name(number, NULL);
        if (known && strcmp(known, name) == 0) return number;
    }
    return -1;
}

int krait_opcode_caches(int number) {
    return number >= 0 && number < OPCODE_FIRST_PSEUDO && opcode_exists(number)
               ? opcode_caches(number)
               : 0;
}

uint64_t krait_opcode_executions(KraitRuntime *runtime, int number) {
    const uint64_t *counts = thread_of(runtime)->opcode_counts;
    return counts && number >= 0 && number < INSTRUCTION_LIMIT ? counts[number] : 0;
}

int krait_operand_count(KraitRuntime *runtime, long index, KraitOperandCount *count) {
    const OperandCounts *counts = thread_of(runtime)->operand_counts;
    OperandRow row;
    if (!counts || index < 0 || !operand_counts_row(counts, (size_t)index, &row)) return 0;
    *count = (KraitOperandCount){.opcode = row.opcode,
                                 .executed = row.executed,
                                 .nanoseconds = row.nanoseconds,
                                 .executed_long = row.executed_long,
                                 .nanoseconds_long = row.nanoseconds_long};
    memcpy(count->kinds, row.kinds, sizeof count->kinds);
    return 1;
}

int krait_opcode_limit(void) { return INSTRUCTION_LIMIT; }

long krait_threaded_opcodes(KraitRuntime *runtime, KraitHandle *code, int *opcodes, long limit) {
    Thread *thread = thread_of(runtime);
    Value value = value_of(code);
    CodeObject *object =
        value_is_function(value) ? value_as_function(value)->code : value_as_code(value);
    ThreadedCode *threaded = code_threaded(thread, object);
    if (!threaded) return -1;
    long count = 0;
    for (uint32_t word = 0; word < threaded->word_count; count++) {
        const Instruction *instruction = (const Instruction *)(const void *)&threaded->words[word];
        if (count < limit) opcodes[count] = instruction->opcode;
        word += INSTRUCTION_WORDS + (uint32_t)instruction_data_words(instruction->opcode);
    }
    return count;
}
