// run.c — running code objects of a fuzzer.
#include "tests/fuzz/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text_buffer.h"
#include "bytecode/code_internal.h"
#include "compiler/compile.h"
#include "include/krait.h"
#include "objects/builtin_types.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/range.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "runtime/errors.h"
#include "runtime/protocols.h"
#include "vm/eval.h"
#include "vm/generator.h"
#include "vm/trace.h"

enum { MAX_STEPS = 300, MAX_ARGUMENTS = 8, MAX_ITEMS = 20, MAX_HEAP = 256 << 20 };

// Builtins that reach neither files nor the compiler.
static const char *const harmless[] = {
    "abs",
    "all",
    "any",
    "ascii",
    "bin",
    "bool",
    "bytearray",
    "bytes",
    "callable",
    "chr",
    "classmethod",
    "complex",
    "delattr",
    "dict",
    "dir",
    "divmod",
    "enumerate",
    "filter",
    "float",
    "format",
    "frozenset",
    "getattr",
    "hasattr",
    "hash",
    "hex",
    "id",
    "int",
    "isinstance",
    "issubclass",
    "iter",
    "len",
    "list",
    "locals",
    "map",
    "max",
    "min",
    "next",
    "object",
    "oct",
    "ord",
    "pow",
    "property",
    "range",
    "repr",
    "reversed",
    "round",
    "set",
    "setattr",
    "slice",
    "sorted",
    "staticmethod",
    "str",
    "sum",
    "super",
    "tuple",
    "type",
    "vars",
    "zip",
    "Exception",
    "BaseException",
    "ValueError",
    "TypeError",
    "KeyError",
    "StopIteration",
    "ExceptionGroup",
    "RuntimeError",
    "IndexError",
    "AttributeError",
    "StopAsyncIteration",
    "NotImplemented",
    "Ellipsis",
    "__build_class__",
    "__name__",
};

// In some runs a trace function looks at every instruction, raises at the fifth event and, before
// that, tries to jump.
static const char tracer_source[] = "def make_tracer(choice):\n"
                                    "    events = 0\n"
                                    "    def trace(frame, event, arg):\n"
                                    "        nonlocal events\n"
                                    "        events += 1\n"
                                    "        frame.f_trace_opcodes = True\n"
                                    "        frame.f_locals, frame.f_lineno\n"
                                    "        if choice & 2 and events % 5 == 3:\n"
                                    "            try: frame.f_lineno += choice % 5 - 2\n"
                                    "            except ValueError: pass\n"
                                    "        if choice & 4 and events % 5 == 0: raise KeyError\n"
                                    "        return trace\n"
                                    "    return trace\n";
enum { TRACED_CHOICES = 16 }; // choices from 256 - this on are traced

static Value builtins;    // dict of them; kept alive by a handle
static Value make_tracer; // the function of tracer_source; kept alive by a handle

static bool copy_builtins(Thread *thread) {
    builtins = dict_new(thread);
    if (value_is_error(builtins) || !handle_new(thread->heap, builtins)) return false;
    for (size_t i = 0; i < COUNT_OF(harmless); i++) {
        Value name = str_intern_c(thread, harmless[i]);
        if (value_is_error(name)) return false;
        Value value = dict_find_str(thread, value_as_dict(thread->runtime->builtins), name);
        if (value_is_absent(value)) continue;
        if (!dict_set(thread, value_as_dict(builtins), name, value)) return false;
    }
    return true;
}

static Value make_globals(Thread *thread) {
    Value globals = dict_new(thread), copy = dict_new(thread);
    if (value_is_error(globals) || value_is_error(copy)) return VALUE_ERROR;
    if (!dict_update(thread, value_as_dict(copy), builtins) ||
        !dict_set(thread, value_as_dict(globals), NAMES(thread)->__builtins__, copy) ||
        !dict_set(thread, value_as_dict(globals), NAMES(thread)->__name__, NAMES(thread)->__name__))
        return VALUE_ERROR;
    return globals;
}

static bool make_tracer_maker(Thread *thread) {
    Value globals = make_globals(thread);
    Value code = compile_source(thread, tracer_source, sizeof tracer_source - 1,
                                NAMES(thread)->__name__, COMPILE_EXEC, 0, 0);
    if (value_is_error(globals) || value_is_error(code)) return false;
    Value module = function_new(thread, value_as_code(code), value_as_dict(globals));
    if (value_is_error(module) || value_is_error(object_call0(thread, module))) return false;
    make_tracer =
        dict_find_str(thread, value_as_dict(globals), str_intern_c(thread, "make_tracer"));
    return value_is_function(make_tracer) && handle_new(thread->heap, make_tracer);
}

Thread *fuzz_thread(void) {
    static Thread *thread;
    if (thread != NULL) return thread;
    KraitOptions options;
    krait_options_initialize(&options);
    options.hash_seed = "0";
    options.max_heap = MAX_HEAP;
    options.max_steps = MAX_STEPS;
    options.dispatch = getenv("KRAIT_DISPATCH");
    if (getenv("FUZZ_GC_STRESS") != NULL)
        options.gc_stress = strtoull(getenv("FUZZ_GC_STRESS"), NULL, 10);
    if (getenv("FUZZ_KNOBS_OFF") != NULL) options.knobs_off = UINT64_MAX;
    const char *error;
    KraitRuntime *runtime = krait_new(&options, &error);
    if (runtime == NULL) {
        fprintf(stderr, "fuzz: %s\n", error);
        abort();
    }
    thread = ((Runtime *)runtime)->main_thread;
    if (!copy_builtins(thread) || !make_tracer_maker(thread)) abort();
    return thread;
}

void fuzz_forget(Thread *thread) {
    error_clear(thread);
    thread->handled = thread->handled_outer = VALUE_NONE;
    thread->keyword_names = VALUE_ABSENT;
    thread->repr_active = VALUE_ABSENT;
    thread_set_step_limit(thread, 0);
    if (!thread_poll(thread)) error_clear(thread);
}

static Value make_closure(Thread *thread, const CodeObject *code) {
    Value closure = tuple_new(thread, (size_t)code->co_nfreevars);
    if (value_is_error(closure)) return closure;
    for (int i = 0; i < code->co_nfreevars; i++) {
        Value cell = cell_new(thread, i % 2 ? VALUE_ABSENT : value_from_fixnum(i));
        if (value_is_error(cell)) return cell;
        value_as_tuple(closure)->items[i] = cell;
    }
    return closure;
}

static Value make_argument(Thread *thread, unsigned choice) {
    switch (choice % 9) {
    case 0: return value_from_fixnum((int)choice - 3);
    case 1: return list_from_values(thread, &VALUE_TRUE, 1);
    case 2: return tuple_of(thread, 2, value_from_fixnum(1), NAMES(thread)->__name__);
    case 3: return NAMES(thread)->__init__;
    case 4: return dict_new(thread);
    case 5: return value_from_type(&exception_ValueError);
    case 6: return object_call0(thread, value_from_type(&exception_KeyError));
    case 7: return object_call1(thread, value_from_type(&range_type), value_from_fixnum(5));
    default: return VALUE_NONE;
    }
}

// Draws from what the code has made, throws into it, and closes it.
static void use_result(Thread *thread, Value result, unsigned choice) {
    if (!value_is_generator(result) && !value_is_coroutine(result)) return;
    Generator *generator = (Generator *)value_as_object(result);
    Value returned;
    for (int i = 0; i < MAX_ITEMS; i++) {
        Value item = generator_resume(thread, generator, VALUE_NONE, &returned);
        if (value_is_absent(item)) return;
        if (value_is_error(item)) {
            error_clear(thread);
            return;
        }
        if (i % 3 != (int)(choice % 3)) continue;
        Thrown thrown = {value_from_type(&exception_KeyError), VALUE_ABSENT, VALUE_ABSENT, false};
        if (value_is_error(generator_throw(thread, generator, &thrown, &returned)))
            error_clear(thread);
    }
    if (!generator_close(thread, generator)) error_clear(thread);
}

static void call(Thread *thread, CodeObject *code, Dict *globals, unsigned choice) {
    Value made = function_new(thread, code, globals), closure = make_closure(thread, code);
    if (value_is_error(made) || value_is_error(closure)) return;
    FunctionObject *function = value_as_function(made);
    if (code->co_nfreevars > 0) function->closure = closure;
    Value args[MAX_ARGUMENTS];
    int count = code->co_argcount < MAX_ARGUMENTS ? code->co_argcount : MAX_ARGUMENTS;
    for (int round = 0; round < 2; round++) { // the second time specialised
        for (int i = 0; i < count; i++) {
            args[i] = make_argument(thread, choice + (unsigned)i);
            if (value_is_error(args[i])) return;
        }
        Value result = object_call(thread, made, args, count, VALUE_ABSENT);
        if (value_is_error(result))
            error_clear(thread);
        else
            use_result(thread, result, choice);
    }
}

// Dead code objects are collected first: tracing lays out anew whatever has been translated.
static void start_tracing(Thread *thread, unsigned choice) {
    heap_collect(thread->heap);
    Value tracer = object_call1(thread, make_tracer, value_from_fixnum((int)choice));
    if (!value_is_error(tracer)) trace_set(thread, &thread->trace_function, tracer);
}

void fuzz_run(Thread *thread, CodeObject *code, unsigned choice) {
    if (getenv("FUZZ_SHOW") != NULL) (void)code_disassemble(thread, stderr, code, true, false);
    Value globals = make_globals(thread);
    if (!value_is_error(globals)) {
        thread_set_step_limit(thread, MAX_STEPS);
        if (choice >= 256 - TRACED_CHOICES) start_tracing(thread, choice);
        call(thread, code, value_as_dict(globals), choice);
        trace_set(thread, &thread->trace_function, VALUE_ABSENT);
    }
    fuzz_forget(thread);
}

void fuzz_look_at(Thread *thread, CodeObject *code) {
    static FILE *out;
    if (out == NULL) out = fopen("/dev/null", "w");
    static const char *const names[] = {"co_lines", "co_positions"};
    static const char *const attributes[] = {"co_varnames", "co_cellvars", "co_freevars"};
    Value value = value_from_object(code);
    if (!code_disassemble(thread, out, code, true, true)) error_clear(thread);
    if (!code_write_text(thread, out, code)) error_clear(thread);
    if (!code_listing(thread, out, code, "f", 0)) error_clear(thread);
    int64_t hash;
    if (!object_hash(thread, value, &hash)) error_clear(thread);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        Value name = str_intern_c(thread, names[i]);
        if (value_is_error(name) ||
            value_is_error(object_call_method(thread, value, name, NULL, 0)))
            error_clear(thread);
    }
    for (size_t i = 0; i < COUNT_OF(attributes); i++) {
        Value name = str_intern_c(thread, attributes[i]);
        if (value_is_error(name) || value_is_error(object_get_attribute(thread, value, name)))
            error_clear(thread);
    }
    fuzz_forget(thread);
}

static void collect(Thread *thread, List *all, Value code) {
    if (!list_append(thread, all, code)) abort();
    const Tuple *constants = value_as_tuple(value_as_code(code)->co_consts);
    for (uint64_t i = 0; i < constants->length; i++)
        if (value_is_code(constants->items[i])) collect(thread, all, constants->items[i]);
}

Value fuzz_seeds(Thread *thread) {
    FILE *file = fopen(FUZZ_SEEDS, "rb");
    if (file == NULL) abort();
    TextBuffer source = {0};
    char bytes[4096];
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, file)) > 0;)
        text_buffer_append(&source, bytes, got);
    fclose(file);
    Value all = list_new(thread, 0);
    Value code = compile_source(thread, text_buffer_text(&source), source.length,
                                NAMES(thread)->__name__, COMPILE_EXEC, 0, 0);
    if (value_is_error(all) || value_is_error(code)) abort();
    collect(thread, value_as_list(all), code);
    text_buffer_free(&source);
    if (!handle_new(thread->heap, all)) abort();
    return all;
}
