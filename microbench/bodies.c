// bodies.c — from a row of bodies.def to a function with many copies of it.
#include "bodies.h"
#include "assemble.h"
#include "mix.h"
#include "prelude.inc"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const Body bodies[] = {
#define ASSEMBLY(opcode, variant, args, names, ...)                                                \
    {#opcode, #variant, BODY_ASSEMBLY, false, NULL, NULL, args, names, __VA_ARGS__},
#define INJECTED(opcode, variant, ...) {#opcode, #variant, BODY_ASSEMBLY, false, __VA_ARGS__},
#define TUNED(opcode, variant, args, names, ...)                                                   \
    {#opcode, #variant, BODY_ASSEMBLY, true, NULL, NULL, args, names, __VA_ARGS__},
#define NAMESPACE(opcode, variant, args, names, ...)                                               \
    {#opcode, #variant, BODY_NAMESPACE, false, NULL, NULL, args, names, __VA_ARGS__},
#define SOURCE(opcode, variant, where, args, body, baseline)                                       \
    {#opcode, #variant, BODY_##where, false, NULL, NULL, args, "", body, baseline},
#define NO_BODY(opcode, reason)
#include "bodies.def"
};
const size_t body_count = sizeof bodies / sizeof *bodies;

const BodyMissing bodies_missing[] = {
#define ASSEMBLY(opcode, variant, args, names, ...)
#define INJECTED(opcode, variant, ...)
#define TUNED(opcode, variant, args, names, ...)
#define NAMESPACE(opcode, variant, args, names, ...)
#define SOURCE(opcode, variant, where, args, body, baseline)
#define NO_BODY(opcode, reason) {#opcode, reason},
#include "bodies.def"
};
const size_t body_missing_count = sizeof bodies_missing / sizeof *bodies_missing;

enum {
    MIX_PERIOD = 47,
    STACK_SIZE = 16,
    NAME_LIMIT = 16,
    FRESH_COPIES = 800,
    FRESH_STATEMENTS = 200
};

const char *context_name(Context context) {
    static const char *const names[] = {"mono", "mix", "fresh"};
    return names[context];
}

int context_find(const char *name) {
    for (Context context = CONTEXT_MONO; context <= CONTEXT_FRESH; context++)
        if (!strcmp(name, context_name(context))) return (int)context;
    return -1;
}

Context body_context(const Body *body, Context wanted) {
    return body->inject ? CONTEXT_MONO : wanted;
}

// Instructions whose cost does not depend on what they move.
static bool only_moves(const char *text) {
    static const char *const moves[] = {"LOAD_FAST", "POP_TOP", "PUSH_NULL", "NOP"};
    for (const char *at = text; *at;) {
        while (*at == ' ') at++;
        size_t length = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
        bool known = false;
        for (size_t i = 0; i < sizeof moves / sizeof *moves; i++)
            known |= strlen(moves[i]) == length && !strncmp(at, moves[i], length);
        if (!known) return false;
        at = strchr(at, ';');
        if (!at) break;
        at++;
    }
    return true;
}

bool bodies_share_baseline(const Body *body, const Body *other) {
    if (body->kind != other->kind || strcmp(body->baseline, other->baseline) != 0) return false;
    if (body->inject || other->inject)
        return body->inject && other->inject &&
               !strcmp(body->inject_baseline, other->inject_baseline);
    if (body->kind == BODY_ASSEMBLY && only_moves(body->baseline)) return true;
    return !strcmp(body->args, other->args) && !strcmp(body->names, other->names);
}

static void set_error(char *error, size_t size, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error, size, format, arguments);
    va_end(arguments);
}

static KraitHandle *evaluate(KraitRuntime *runtime, KraitHandle *globals, const char *text,
                             KraitMode mode) {
    KraitHandle *code = krait_compile(runtime, text, strlen(text), "<body>", mode);
    KraitHandle *result = code ? krait_eval(runtime, code, globals) : NULL;
    krait_release(runtime, code);
    return result;
}

KraitHandle *bodies_prelude(KraitRuntime *runtime) {
    KraitHandle *globals = krait_globals(runtime, "prelude");
    KraitHandle *result = globals ? evaluate(runtime, globals, prelude_text, KRAIT_EXEC) : NULL;
    if (!result) krait_release(runtime, globals);
    krait_release(runtime, result);
    return result ? globals : NULL;
}

static bool get_args(KraitRuntime *runtime, KraitHandle *prelude, const Body *body,
                     BodyFunction *made) {
    KraitHandle *tuple = evaluate(runtime, prelude, body->args, KRAIT_EVAL);
    KraitHandle *getter = tuple ? krait_get_attribute(runtime, tuple, "__getitem__") : NULL;
    KraitHandle *measure = tuple ? krait_get_attribute(runtime, tuple, "__len__") : NULL;
    KraitHandle *length = measure ? krait_call(runtime, measure, NULL, 0) : NULL;
    int64_t count = -1;
    bool ok = length && krait_as_int(runtime, length, &count) == 0 && (size_t)count < BODY_ARGS;
    for (int64_t i = 0; ok && i < count; i++) {
        KraitHandle *index = krait_int(runtime, i);
        made->args[i] = index ? krait_call(runtime, getter, &index, 1) : NULL;
        krait_release(runtime, index);
        ok = made->args[i] != NULL;
        made->arg_count += ok;
    }
    KraitHandle *const temporary[] = {tuple, getter, measure, length};
    for (size_t i = 0; i < sizeof temporary / sizeof *temporary; i++)
        krait_release(runtime, temporary[i]);
    return ok;
}

static size_t split_names(char *text, const char **names) {
    size_t count = 0;
    for (char *name = strtok(text, " "); name && count < NAME_LIMIT; name = strtok(NULL, " "))
        names[count++] = name;
    return count;
}

// What copies are made of: a copy is `before`, a filler, `behind`, a filler.
typedef struct {
    Assembler before, behind, filler[32];
} Pieces;

static void cut_pieces(const Body *body, const BodyPlan *plan, const Assembler *like,
                       Pieces *pieces) {
    const char *text = plan->baseline ? body->baseline : body->body;
    size_t split = body->tuned_only ? strlen(text) : assembly_split(text, body->opcode);
    pieces->before = pieces->behind = *like;
    assembler_add(&pieces->before, text, split);
    assembler_add(&pieces->behind, text + split, strlen(text + split));
    for (int i = 0; plan->context != CONTEXT_MONO && i < filler_count; i++) {
        const char *instructions = fillers[i].instructions;
        Assembler *filler = &pieces->filler[i];
        *filler = *like;
        if (plan->separate) assembler_emit(filler, krait_opcode_number("NOP"), 0);
        assembler_add(filler, instructions, strlen(instructions));
        if (plan->separate) assembler_emit(filler, krait_opcode_number("NOP"), 0);
    }
}

static const char *free_pieces(Pieces *pieces) {
    const char *error = pieces->before.error ? pieces->before.error : pieces->behind.error;
    free(pieces->before.code);
    free(pieces->behind.code);
    for (int i = 0; i < filler_count; i++) {
        if (pieces->filler[i].error) error = pieces->filler[i].error;
        free(pieces->filler[i].code);
    }
    return error;
}

// In the context mix the fillers repeat, as a program's loops do, so that more copies are no harder
// to predict than few.
static bool starts_again(const BodyPlan *plan, int copy) {
    return plan->context == CONTEXT_MIX && copy % MIX_PERIOD == 0;
}

// RESUME, the copies, RETURN_CONST None. `part` numbers the functions of the context fresh.
static void assemble(Assembler *assembler, const Body *body, const BodyPlan *plan, int part,
                     size_t none_index) {
    Pieces pieces = {0};
    MixWalk walk = mix_start(plan->seed, (uint64_t)part);
    cut_pieces(body, plan, assembler, &pieces);
    assembler_emit(assembler, krait_opcode_number("RESUME"), 0);
    for (int i = 0; i < plan->copies && !assembler->error; i++) {
        if (starts_again(plan, i)) walk = mix_start(plan->seed, (uint64_t)part);
        assembler_append(assembler, &pieces.before);
        if (plan->context != CONTEXT_MONO)
            assembler_append(assembler, &pieces.filler[mix_next(&walk)]);
        assembler_append(assembler, &pieces.behind);
        if (plan->context != CONTEXT_MONO)
            assembler_append(assembler, &pieces.filler[mix_next(&walk)]);
    }
    assembler_emit(assembler, krait_opcode_number("RETURN_CONST"), (int)none_index);
    const char *error = free_pieces(&pieces);
    if (error) assembler->error = error;
}

static KraitHandle *make_code(KraitRuntime *runtime, const Body *body, const BodyFunction *made,
                              const Assembler *assembler, const char *const *names,
                              size_t name_count) {
    static const char *const locals[BODY_ARGS] = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    KraitHandle *consts[BODY_ARGS + 1];
    memcpy(consts, made->args, made->arg_count * sizeof *consts);
    consts[made->arg_count] = krait_none(runtime);
    bool is_function = body->kind == BODY_ASSEMBLY;
    KraitCodeParts parts = {.size = sizeof parts,
                            .argcount = is_function ? (int)made->arg_count : 0,
                            .stacksize = STACK_SIZE,
                            .flags = is_function ? 3 : 0, // CO_OPTIMIZED | CO_NEWLOCALS
                            .firstlineno = 1,
                            .code = assembler->code,
                            .code_size = assembler->size,
                            .consts = consts,
                            .const_count = made->arg_count + 1,
                            .names = names,
                            .name_count = name_count,
                            .varnames = locals,
                            .varname_count = is_function ? made->arg_count : 0,
                            .name = body->opcode};
    KraitHandle *code = krait_code(runtime, &parts);
    krait_release(runtime, consts[made->arg_count]);
    return code;
}

static bool make_assembly(KraitRuntime *runtime, KraitHandle *prelude, const Body *body,
                          const BodyPlan *plan, int part, BodyFunction *made, char *error,
                          size_t error_size) {
    char names_text[128];
    const char *names[NAME_LIMIT];
    snprintf(names_text, sizeof names_text, "%s", body->names);
    size_t name_count = split_names(names_text, names);
    Assembler assembler = {.filler = (int)made->arg_count - 1,
                           .without_locals = body->kind == BODY_NAMESPACE};
    assemble(&assembler, body, plan, part, made->arg_count);
    KraitHandle *code = NULL;
    if (assembler.error)
        set_error(error, error_size, "%s", assembler.error);
    else
        code = make_code(runtime, body, made, &assembler, names, name_count);
    free(assembler.code);
    if (code && body->kind == BODY_NAMESPACE) {
        made->codes[part] = code;
        made->globals[part] = krait_globals(runtime, "kernel");
        return made->globals[part] != NULL;
    }
    made->functions[part] = code ? krait_function(runtime, code, prelude) : NULL;
    krait_release(runtime, code);
    return made->functions[part] != NULL;
}

// Writes statements, indented; `text` may hold several lines.
static void write_statements(FILE *out, const char *text, int indent) {
    fprintf(out, "%*s", indent, "");
    for (const char *at = text; *at; at++) {
        fputc(*at, out);
        if (*at == '\n') fprintf(out, "%*s", indent, "");
    }
    fputc('\n', out);
}

// The source of a module that defines `kernel`: the copies, each with two fillers behind it.
static char *source_text(const Body *body, const BodyPlan *plan, int part) {
    static const char *const openings[] = {
        [BODY_FUNCTION] = "def kernel(a, b, c, _f):\n pass\n",
        [BODY_CLOSURE] = "def make(a, b, c, _f):\n def kernel(*_, _f=1):\n  nonlocal a, b, c\n",
        [BODY_MODULE] = "_f = 1\n",
    };
    static const char *const closings[] = {
        [BODY_FUNCTION] = "", [BODY_CLOSURE] = "  pass\n return kernel\n", [BODY_MODULE] = ""};
    static const int indents[] = {[BODY_FUNCTION] = 1, [BODY_CLOSURE] = 2, [BODY_MODULE] = 0};
    const int indent = indents[body->kind];
    char *source = NULL;
    size_t size;
    FILE *out = open_memstream(&source, &size);
    if (!out) return NULL;
    MixWalk walk = mix_start(plan->seed, (uint64_t)part);
    fputs(openings[body->kind], out);
    for (int i = 0; i < plan->copies; i++) {
        if (starts_again(plan, i)) walk = mix_start(plan->seed, (uint64_t)part);
        write_statements(out, plan->baseline ? body->baseline : body->body, indent);
        for (int j = 0; plan->context != CONTEXT_MONO && j < 2; j++)
            write_statements(out, fillers[mix_next(&walk)].statement, indent);
    }
    fputs(closings[body->kind], out);
    return fclose(out) == 0 ? source : NULL;
}

static bool make_module_kernel(KraitRuntime *runtime, KraitHandle *globals, KraitHandle *code,
                               int part, BodyFunction *made) {
    static const char *const names[] = {"a", "b", "c"};
    for (size_t i = 0; i + 1 < made->arg_count && i < 3; i++)
        if (krait_dict_set(runtime, globals, names[i], made->args[i]) < 0) return false;
    made->codes[part] = code;
    made->globals[part] = globals;
    return true;
}

static bool make_source(KraitRuntime *runtime, const Body *body, const BodyPlan *plan, int part,
                        BodyFunction *made) {
    char *source = source_text(body, plan, part);
    KraitHandle *globals = krait_globals(runtime, "kernel");
    KraitHandle *code = source && globals
                            ? krait_compile(runtime, source, strlen(source), "<body>", KRAIT_EXEC)
                            : NULL;
    free(source);
    if (code && body->kind == BODY_MODULE && make_module_kernel(runtime, globals, code, part, made))
        return true;
    KraitHandle *result =
        code && body->kind != BODY_MODULE ? krait_eval(runtime, code, globals) : NULL;
    if (result && body->kind == BODY_CLOSURE) {
        KraitHandle *make = krait_dict_get(runtime, globals, "make");
        made->functions[part] = krait_call(runtime, make, made->args, made->arg_count);
        krait_release(runtime, make);
    } else if (result) {
        made->functions[part] = krait_dict_get(runtime, globals, "kernel");
    }
    krait_release(runtime, result);
    krait_release(runtime, code);
    krait_release(runtime, globals);
    return made->functions[part] != NULL;
}

// How many functions; all numbers of copies have as much code together.
static int count_functions(const Body *body, const BodyPlan *plan) {
    if (plan->context != CONTEXT_FRESH) return 1;
    bool is_assembly = body->kind == BODY_ASSEMBLY || body->kind == BODY_NAMESPACE;
    int count = (is_assembly ? FRESH_COPIES : FRESH_STATEMENTS) / plan->copies;
    return count < 2 ? 2 : count > BODY_FUNCTIONS ? BODY_FUNCTIONS : count;
}

// What is injected holds for code that is executed for the first time meanwhile.
static bool run_injected(KraitRuntime *runtime, const Body *body, const BodyPlan *plan,
                         BodyFunction *made) {
    const char *inject = plan->baseline ? body->inject_baseline : body->inject;
    return krait_inject(runtime, inject) == 0 && body_run(runtime, made, made->count) == 0 &&
           krait_inject(runtime, plan->inject) == 0;
}

bool body_make(KraitRuntime *runtime, KraitHandle *prelude, const Body *body, const BodyPlan *plan,
               BodyFunction *made, char *error, size_t error_size) {
    memset(made, 0, sizeof *made);
    *error = 0;
    bool ok = get_args(runtime, prelude, body, made);
    if (ok) ok = (made->args[made->arg_count++] = krait_int(runtime, 1)) != NULL;
    for (int count = count_functions(body, plan); ok && made->count < count; made->count += ok)
        ok = body->kind == BODY_ASSEMBLY || body->kind == BODY_NAMESPACE
                 ? make_assembly(runtime, prelude, body, plan, made->count, made, error, error_size)
                 : make_source(runtime, body, plan, made->count, made);
    if (ok && body->inject) ok = run_injected(runtime, body, plan, made);
    if (ok) return true;
    if (krait_error_pending(runtime)) krait_error_text(runtime, error, error_size);
    krait_clear_error(runtime);
    body_release(runtime, made);
    return false;
}

static int run_code(KraitRuntime *runtime, const BodyFunction *made, int part) {
    KraitHandle *result = krait_eval(runtime, made->codes[part], made->globals[part]);
    krait_release(runtime, result);
    return result ? 0 : -1;
}

int body_run(KraitRuntime *runtime, BodyFunction *made, long times) {
    if (made->count == 1 && made->functions[0])
        return krait_call_repeatedly(runtime, made->functions[0], made->args, made->arg_count,
                                     times);
    for (long i = 0; i < times; i++) {
        int part = made->next;
        made->next = part + 1 < made->count ? part + 1 : 0;
        int failed = made->functions[part] ? krait_call_repeatedly(runtime, made->functions[part],
                                                                   made->args, made->arg_count, 1)
                                           : run_code(runtime, made, part);
        if (failed) return -1;
    }
    return 0;
}

void body_release(KraitRuntime *runtime, BodyFunction *made) {
    for (int i = 0; i < BODY_FUNCTIONS; i++) {
        krait_release(runtime, made->functions[i]);
        krait_release(runtime, made->codes[i]);
        krait_release(runtime, made->globals[i]);
    }
    for (size_t i = 0; i < made->arg_count; i++) krait_release(runtime, made->args[i]);
    memset(made, 0, sizeof *made);
}
