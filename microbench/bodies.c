// bodies.c — from a row of bodies.def to a function with many copies of it.
#include "bodies.h"
#include "prelude.inc"
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const Body bodies[] = {
#define ASSEMBLY(opcode, variant, args, names, ...)                                                \
    {#opcode, #variant, BODY_ASSEMBLY, false, args, names, __VA_ARGS__},
#define TUNED(opcode, variant, args, names, ...)                                                   \
    {#opcode, #variant, BODY_ASSEMBLY, true, args, names, __VA_ARGS__},
#define NAMESPACE(opcode, variant, args, names, ...)                                               \
    {#opcode, #variant, BODY_NAMESPACE, false, args, names, __VA_ARGS__},
#define SOURCE(opcode, variant, where, args, body, baseline)                                       \
    {#opcode, #variant, BODY_##where, false, args, "", body, baseline},
#define NO_BODY(opcode, reason)
#include "bodies.def"
};
const size_t body_count = sizeof bodies / sizeof *bodies;

const BodyMissing bodies_missing[] = {
#define ASSEMBLY(opcode, variant, args, names, ...)
#define TUNED(opcode, variant, args, names, ...)
#define NAMESPACE(opcode, variant, args, names, ...)
#define SOURCE(opcode, variant, where, args, body, baseline)
#define NO_BODY(opcode, reason) {#opcode, reason},
#include "bodies.def"
};
const size_t body_missing_count = sizeof bodies_missing / sizeof *bodies_missing;

enum { CODE_LIMIT = 1 << 18, STACK_SIZE = 16, LABEL_LIMIT = 26, NAME_LIMIT = 16 };

typedef struct {
    unsigned char *code;
    size_t size;
    const char *error;
} Assembler;

static void emit(Assembler *assembler, int opcode, int argument) {
    int caches = krait_opcode_caches(opcode);
    if (assembler->size + 2 * (size_t)(caches + 1) > CODE_LIMIT) {
        assembler->error = "body too long";
        return;
    }
    assembler->code[assembler->size++] = (unsigned char)opcode;
    assembler->code[assembler->size++] = (unsigned char)argument;
    memset(assembler->code + assembler->size, 0, 2 * (size_t)caches);
    assembler->size += 2 * (size_t)caches;
}

// One instruction of the text: "[label:] NAME [argument | @label]".
typedef struct {
    char name[48];
    int label;  // 0: none
    int target; // label jumped to; 0: none
    int argument;
} Statement;

static const char *skip_spaces(const char *text) {
    while (*text == ' ') text++;
    return text;
}

// Parses up to the next ";"; the rest, NULL at the end.
static const char *parse_statement(const char *text, Statement *statement) {
    memset(statement, 0, sizeof *statement);
    text = skip_spaces(text);
    if (islower((unsigned char)text[0]) && text[1] == ':') {
        statement->label = text[0] - 'a' + 1;
        text = skip_spaces(text + 2);
    }
    size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
    if (length >= sizeof statement->name) length = sizeof statement->name - 1;
    memcpy(statement->name, text, length);
    text = skip_spaces(text + length);
    if (*text == '@')
        statement->target = text[1] - 'a' + 1;
    else
        statement->argument = atoi(text);
    text = strchr(text, ';');
    return text ? text + 1 : NULL;
}

// One copy of a body. Labels are known only after the first round, so it goes round twice.
static void assemble_copy(Assembler *assembler, const char *text) {
    size_t labels[LABEL_LIMIT + 1] = {0}, start = assembler->size;
    for (int round = 0; round < 2; round++) {
        assembler->size = start;
        for (const char *rest = text; rest && *skip_spaces(rest);) {
            Statement statement;
            rest = parse_statement(rest, &statement);
            int opcode = krait_opcode_number(statement.name);
            if (opcode < 0 || opcode > 255) {
                assembler->error = "unknown opcode in a body";
                return;
            }
            if (statement.label) labels[statement.label] = assembler->size;
            int argument = statement.argument;
            if (statement.target) {
                size_t next = assembler->size + 2 * (size_t)(1 + krait_opcode_caches(opcode));
                long distance = ((long)labels[statement.target] - (long)next) / 2;
                argument = (int)(strstr(statement.name, "BACKWARD") ? -distance : distance);
            }
            emit(assembler, opcode, argument);
        }
    }
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
    bool ok = length && krait_as_int(runtime, length, &count) == 0 &&
              (size_t)count <= sizeof made->args / sizeof *made->args;
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

// RESUME, the copies, RETURN_CONST None.
static void assemble(Assembler *assembler, const char *text, int copies, size_t none_index) {
    emit(assembler, krait_opcode_number("RESUME"), 0);
    for (int i = 0; i < copies && !assembler->error; i++) assemble_copy(assembler, text);
    emit(assembler, krait_opcode_number("RETURN_CONST"), (int)none_index);
}

static bool make_assembly(KraitRuntime *runtime, KraitHandle *prelude, const Body *body,
                          const char *text, int copies, BodyFunction *made, char *error,
                          size_t error_size) {
    static const char *const locals[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    unsigned char *code = malloc(CODE_LIMIT);
    if (!code) return false;
    Assembler assembler = {.code = code};
    assemble(&assembler, text, copies, made->arg_count);
    if (assembler.error) {
        set_error(error, error_size, "%s", assembler.error);
        free(code);
        return false;
    }
    KraitHandle *consts[sizeof made->args / sizeof *made->args + 1];
    memcpy(consts, made->args, made->arg_count * sizeof *consts);
    consts[made->arg_count] = krait_none(runtime);
    char names_text[128];
    const char *names[NAME_LIMIT];
    snprintf(names_text, sizeof names_text, "%s", body->names);
    bool is_function = body->kind == BODY_ASSEMBLY;
    KraitCodeParts parts = {.size = sizeof parts,
                            .argcount = is_function ? (int)made->arg_count : 0,
                            .stacksize = STACK_SIZE,
                            .flags = is_function ? 3 : 0, // CO_OPTIMIZED | CO_NEWLOCALS
                            .firstlineno = 1,
                            .code = code,
                            .code_size = assembler.size,
                            .consts = consts,
                            .const_count = made->arg_count + 1,
                            .names = names,
                            .name_count = split_names(names_text, names),
                            .varnames = locals,
                            .varname_count = is_function ? made->arg_count : 0,
                            .name = body->opcode};
    KraitHandle *object = krait_code(runtime, &parts);
    krait_release(runtime, consts[made->arg_count]);
    free(code);
    if (object && !is_function) {
        made->code = object;
        made->globals = krait_globals(runtime, "kernel");
        return made->globals != NULL;
    }
    made->function = object ? krait_function(runtime, object, prelude) : NULL;
    krait_release(runtime, object);
    return made->function != NULL;
}

// The source of a module that defines `kernel`: `copies` times the statements, indented.
static char *source_text(const Body *body, const char *text, int copies) {
    static const char *const openings[] = {
        [BODY_FUNCTION] = "def kernel(a, b, c):\n pass\n",
        [BODY_CLOSURE] = "def make(a, b, c):\n def kernel(*_):\n  nonlocal a, b, c\n",
        [BODY_MODULE] = "pass\n",
    };
    static const char *const closings[] = {
        [BODY_FUNCTION] = "", [BODY_CLOSURE] = "  pass\n return kernel\n", [BODY_MODULE] = ""};
    static const int indents[] = {[BODY_FUNCTION] = 1, [BODY_CLOSURE] = 2, [BODY_MODULE] = 0};
    char *source = NULL;
    size_t size;
    FILE *out = open_memstream(&source, &size);
    if (!out) return NULL;
    fputs(openings[body->kind], out);
    for (int i = 0; i < copies; i++) {
        fprintf(out, "%*s", indents[body->kind], "");
        for (const char *at = text; *at; at++) {
            fputc(*at, out);
            if (*at == '\n') fprintf(out, "%*s", indents[body->kind], "");
        }
        fputc('\n', out);
    }
    fputs(closings[body->kind], out);
    return fclose(out) == 0 ? source : NULL;
}

static bool make_module_kernel(KraitRuntime *runtime, KraitHandle *globals, KraitHandle *code,
                               BodyFunction *made) {
    static const char *const names[] = {"a", "b", "c"};
    for (size_t i = 0; i < made->arg_count && i < 3; i++)
        if (krait_dict_set(runtime, globals, names[i], made->args[i]) < 0) return false;
    made->code = code;
    made->globals = globals;
    return true;
}

static bool make_source(KraitRuntime *runtime, const Body *body, const char *text, int copies,
                        BodyFunction *made) {
    char *source = source_text(body, text, copies);
    KraitHandle *globals = krait_globals(runtime, "kernel");
    KraitHandle *code = source && globals
                            ? krait_compile(runtime, source, strlen(source), "<body>", KRAIT_EXEC)
                            : NULL;
    free(source);
    if (code && body->kind == BODY_MODULE && make_module_kernel(runtime, globals, code, made))
        return true;
    KraitHandle *result =
        code && body->kind != BODY_MODULE ? krait_eval(runtime, code, globals) : NULL;
    if (result && body->kind == BODY_CLOSURE) {
        KraitHandle *make = krait_dict_get(runtime, globals, "make");
        made->function = krait_call(runtime, make, made->args, made->arg_count);
        krait_release(runtime, make);
    } else if (result) {
        made->function = krait_dict_get(runtime, globals, "kernel");
    }
    krait_release(runtime, result);
    krait_release(runtime, code);
    krait_release(runtime, globals);
    return made->function != NULL;
}

bool body_make(KraitRuntime *runtime, KraitHandle *prelude, const Body *body, bool baseline,
               int copies, BodyFunction *made, char *error, size_t error_size) {
    memset(made, 0, sizeof *made);
    *error = 0;
    const char *text = baseline ? body->baseline : body->body;
    bool ok = get_args(runtime, prelude, body, made);
    if (ok && (body->kind == BODY_ASSEMBLY || body->kind == BODY_NAMESPACE))
        ok = make_assembly(runtime, prelude, body, text, copies, made, error, error_size);
    else if (ok)
        ok = make_source(runtime, body, text, copies, made);
    if (ok) return true;
    if (krait_error_pending(runtime)) krait_error_text(runtime, error, error_size);
    krait_clear_error(runtime);
    body_release(runtime, made);
    return false;
}

int body_run(KraitRuntime *runtime, const BodyFunction *made, long times) {
    if (made->function)
        return krait_call_repeatedly(runtime, made->function, made->args, made->arg_count, times);
    for (long i = 0; i < times; i++) {
        KraitHandle *result = krait_eval(runtime, made->code, made->globals);
        if (!result) return -1;
        krait_release(runtime, result);
    }
    return 0;
}

void body_release(KraitRuntime *runtime, BodyFunction *made) {
    krait_release(runtime, made->function);
    krait_release(runtime, made->code);
    krait_release(runtime, made->globals);
    for (size_t i = 0; i < made->arg_count; i++) krait_release(runtime, made->args[i]);
    memset(made, 0, sizeof *made);
}
