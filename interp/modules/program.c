// program.c — running a whole program: arguments, the namespace of __main__, the interactive loop.
#include "compiler/compilation.h"
#include "compiler/compile.h"
#include "include/krait.h"
#include "modules/modules.h"
#include "objects/list.h"
#include "objects/str.h"
#include <stdlib.h>

static Thread *thread_of(KraitRuntime *runtime) { return ((Runtime *)runtime)->main_thread; }

static Value decode_argument(Thread *thread, const char *text) {
    return str_decode_utf8(thread, text, strlen(text), "surrogateescape");
}

static bool set_list(Thread *thread, const char *name, Value list) {
    return !value_is_error(list) &&
           dict_set_c(thread, value_as_dict(thread->runtime->sys_dict), name, list);
}

int krait_set_arguments(KraitRuntime *runtime, int count, char *const *arguments,
                        const char *first_path) {
    Thread *thread = thread_of(runtime);
    Value list = list_new(thread, (size_t)count);
    if (value_is_error(list)) return -1;
    for (int i = 0; i < count; i++) {
        Value argument = decode_argument(thread, arguments[i]);
        if (value_is_error(argument) || !list_append(thread, value_as_list(list), argument))
            return -1;
    }
    if (!set_list(thread, "argv", list)) return -1;
    if (!first_path) return 0;
    Value path = sys_get(thread, "path"), folder = decode_argument(thread, first_path);
    if (value_is_error(folder) || !value_is_list(path)) return -1;
    return list_insert(thread, value_as_list(path), 0, folder) ? 0 : -1;
}

int krait_run_source(KraitRuntime *runtime, const char *source, size_t size, const char *filename) {
    Thread *thread = thread_of(runtime);
    Value name = decode_argument(thread, filename);
    if (value_is_error(name)) return -1;
    Value globals = import_main_namespace(thread, filename[0] == '<' ? NULL : filename);
    if (value_is_error(globals)) return -1;
    int flags = strcmp(filename, "<string>") == 0 ? 0 : COMPILE_FROM_FILE;
    Value code = compile_source(thread, source, size, name, COMPILE_EXEC, flags, 0);
    if (value_is_error(code)) return -1;
    return value_is_error(
               eval_code(thread, value_as_code(code), value_as_dict(globals), VALUE_ABSENT))
               ? -1
               : 0;
}

int krait_flush(KraitRuntime *runtime) {
    Thread *thread = thread_of(runtime);
    static const char *const streams[] = {"stdout", "stderr"};
    int result = 0;
    for (size_t i = 0; i < COUNT_OF(streams); i++) {
        Value stream = sys_get(thread, streams[i]);
        if (value_is_absent(stream) || value_is_none(stream) || stream_flush(thread, stream))
            continue;
        if (error_matches(thread, &exception_BrokenPipeError)) {
            error_clear(thread);
            continue;
        }
        result = -1;
        error_write_unraisable(thread, stream);
    }
    return result;
}

// Errors that more lines could mend, by the compiler's own words.
static bool is_incomplete(Thread *thread) {
    static const char *const signs[] = {"was never closed", "unterminated triple-quoted",
                                        "unexpected EOF", "expected an indented block"};
    if (!error_matches(thread, &exception_SyntaxError)) return false;
    Value exception = error_take(thread);
    Value text = object_str(thread, exception);
    size_t size = 0;
    const char *message = value_is_error(text) ? NULL : str_as_utf8_lossy(thread, text, &size);
    bool found = false;
    for (size_t i = 0; message && i < COUNT_OF(signs); i++)
        found = found || strstr(message, signs[i]);
    if (error_is_pending(thread)) error_clear(thread);
    error_restore(thread, exception);
    return found;
}

typedef struct {
    char *text;
    size_t size, capacity;
} Input;

static bool append_line(Input *input, const char *line, size_t length) {
    if (input->size + length + 1 > input->capacity) {
        size_t capacity = 2 * (input->size + length + 1);
        char *grown = realloc(input->text, capacity);
        if (!grown) return false;
        input->text = grown;
        input->capacity = capacity;
    }
    memcpy(input->text + input->size, line, length);
    input->size += length;
    input->text[input->size] = 0;
    return true;
}

// A compound statement goes on until a blank line; so does a decorator.
static bool is_compound(const Input *input) {
    const char *end = strchr(input->text, '\n');
    while (end && end > input->text && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
        end--;
    return input->text[0] == '@' || (end && end > input->text && end[-1] == ':');
}

static bool is_blank(const char *line) { return line[strspn(line, " \t\r\n\f")] == 0; }

// Runs what has been read if it is complete; false: more lines are wanted.
static bool run_if_complete(Thread *thread, const Input *input, bool ended, Value name,
                            Value globals) {
    if (!ended && is_compound(input)) return false;
    Value code = compile_source(thread, input->text, input->size, name, COMPILE_SINGLE, 0, 0);
    if (value_is_error(code) && !ended && is_incomplete(thread)) {
        error_clear(thread);
        return false;
    }
    if (!value_is_error(code))
        code = eval_code(thread, value_as_code(code), value_as_dict(globals), VALUE_ABSENT);
    return true;
}

static void prompt(Thread *thread, bool show, bool continued) {
    if (!show) return;
    Value out = sys_get(thread, "stdout");
    if (!value_is_absent(out) && !stream_flush(thread, out)) error_clear(thread);
    fputs(continued ? "... " : ">>> ", stderr);
    fflush(stderr);
}

static bool wants_exit(Thread *thread) {
    return error_is_pending(thread) && error_matches(thread, &exception_SystemExit);
}

int krait_run_interactive(KraitRuntime *runtime, FILE *input_file, int show_prompt) {
    Thread *thread = thread_of(runtime);
    Value name = str_from_c(thread, "<stdin>");
    Value main =
        dict_find_str(thread, value_as_dict(thread->runtime->modules), NAMES(thread)->name_main);
    Value globals = value_is_absent(main) ? import_main_namespace(thread, NULL)
                                          : ((Module *)value_as_object(main))->dict;
    if (value_is_error(name) || value_is_error(globals)) return -1;
    Input input = {0};
    char *line = NULL;
    size_t line_capacity = 0;
    for (;;) {
        prompt(thread, show_prompt, input.size > 0);
        ssize_t length = getline(&line, &line_capacity, input_file);
        if (length < 0 && input.size == 0) break;
        if (length > 0 && input.size == 0 && is_blank(line)) continue;
        bool ended = length < 0 || (input.size > 0 && is_blank(line));
        if (length > 0 && !append_line(&input, line, (size_t)length))
            raise_memory_error(thread);
        else if (!run_if_complete(thread, &input, ended, name, globals))
            continue;
        input.size = 0;
        if (wants_exit(thread)) break;
        if (error_is_pending(thread)) exception_report(thread);
        if (length < 0) break;
    }
    free(line);
    free(input.text);
    if (show_prompt) fputc('\n', stderr);
    return error_is_pending(thread) ? -1 : 0;
}
