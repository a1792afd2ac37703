// interactive.c — the interactive loop: statement after statement, results printed.
//
// A statement ends where CPython's prompt ends it: a simple one with its line unless something is
// still open, a compound one with a blank line. Whether something is open is asked of the compiler:
// there are errors that only an early end makes.
#include "compiler/compilation.h"
#include "compiler/compile.h"
#include "include/krait.h"
#include "modules/line_reader.h"
#include "modules/modules.h"
#include "objects/str.h"
#include <stdlib.h>

typedef struct {
    Thread *thread;
    LineReader *reader;
    Dict *globals; // of __main__
    Value name;    // of the input, for tracebacks
    char *text;    // the statement so far
    size_t size, capacity;
    bool show_prompt;
} Prompt;

static bool mentions_early_end(Thread *thread, Value exception) {
    static const char *const signs[] = {"was never closed", "unterminated triple-quoted",
                                        "unexpected EOF", "expected an indented block",
                                        "expected 'except' or 'finally' block"};
    Value text = object_str(thread, exception);
    size_t size = 0;
    const char *message = value_is_error(text) ? NULL : str_as_utf8_lossy(thread, text, &size);
    bool found = false;
    for (size_t i = 0; message && i < COUNT_OF(signs); i++)
        found = found || strstr(message, signs[i]);
    if (error_is_pending(thread)) error_clear(thread);
    return found;
}

// A decorator waits for its function.
static bool ends_with_decorator(const Prompt *prompt) {
    size_t start = prompt->size;
    while (start > 0 && (start == prompt->size || prompt->text[start - 1] != '\n')) start--;
    return prompt->text[start] == '@';
}

// Whether more lines could mend the pending error.
static bool is_incomplete(const Prompt *prompt) {
    Thread *thread = prompt->thread;
    if (!error_matches(thread, &exception_SyntaxError)) return false;
    if (ends_with_decorator(prompt)) return true;
    Value exception = error_take(thread);
    bool incomplete = mentions_early_end(thread, exception);
    error_restore(thread, exception);
    return incomplete;
}

static bool append_line(Prompt *prompt, const char *line, size_t length) {
    if (prompt->size + length + 1 > prompt->capacity) {
        size_t capacity = 2 * (prompt->size + length + 1);
        char *grown = realloc(prompt->text, capacity);
        if (!grown) return false;
        prompt->text = grown;
        prompt->capacity = capacity;
    }
    memcpy(prompt->text + prompt->size, line, length);
    prompt->size += length;
    prompt->text[prompt->size] = 0;
    return true;
}

// A compound statement, by its first word. `match` is a keyword where its line ends with ":".
static bool is_compound(const Prompt *prompt) {
    static const char *const words[] = {"if",  "while", "for",   "try",  "with",
                                        "def", "class", "async", "match"};
    const char *text = prompt->text, *end = strchr(text, '\n');
    if (*text == '@') return true;
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz");
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (strlen(words[i]) != length || memcmp(words[i], text, length) != 0) continue;
        if (strchr("_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", text[length]) && text[length])
            return false;
        while (end && end > text && strchr(" \t\r", end[-1])) end--;
        return strcmp(words[i], "match") != 0 || (end && end > text && end[-1] == ':');
    }
    return false;
}

static bool is_blank(const char *line) { return line[strspn(line, " \t\r\n\f")] == 0; }

// Runs what has been read if it is complete; false: more lines are wanted. What no further line can
// mend is an error at once.
static bool run_if_complete(const Prompt *prompt, bool ended) {
    Thread *thread = prompt->thread;
    Value code =
        compile_source(thread, prompt->text, prompt->size, prompt->name, COMPILE_SINGLE, 0, -1);
    if (value_is_error(code)) {
        if (ended || !is_incomplete(prompt)) return true;
        error_clear(thread);
        return false;
    }
    if (!ended && is_compound(prompt)) return false;
    // An exception stays pending: the caller reports it.
    (void)!value_is_error(eval_code(thread, value_as_code(code), prompt->globals, VALUE_ABSENT));
    return true;
}

// sys.ps1 or sys.ps2 as text; `otherwise` when the program took it away.
static const char *prompt_text(Thread *thread, const char *name, const char *otherwise) {
    Value value = sys_get(thread, name);
    Value text = value_is_absent(value) ? value : object_str(thread, value);
    size_t size;
    const char *bytes = value_is_absent(text) || value_is_error(text)
                            ? NULL
                            : str_as_utf8_lossy(thread, text, &size);
    if (error_is_pending(thread)) error_clear(thread);
    return bytes ? bytes : otherwise;
}

static LineStatus read_line(const Prompt *prompt, const char **line, size_t *length) {
    Thread *thread = prompt->thread;
    Value out = sys_get(thread, "stdout");
    if (!value_is_absent(out) && !stream_flush(thread, out)) error_clear(thread);
    const char *text = !prompt->show_prompt ? NULL
                       : prompt->size       ? prompt_text(thread, "ps2", "... ")
                                            : prompt_text(thread, "ps1", ">>> ");
    return line_reader_read(prompt->reader, text, line, length);
}

// What was typed so far is dropped.
static void interrupt(Prompt *prompt) {
    if (error_is_pending(prompt->thread)) error_clear(prompt->thread);
    prompt->size = 0;
    fputs("\nKeyboardInterrupt\n", stderr);
}

// One statement, or what there is of it; false: the input has ended, or SystemExit is pending.
static bool step(Prompt *prompt) {
    Thread *thread = prompt->thread;
    const char *line;
    size_t length;
    LineStatus status = read_line(prompt, &line, &length);
    // Also an interrupt that came before the line was read belongs to the prompt, not to the
    // statement.
    if (!thread_poll_if_needed(thread) || status == LINE_INTERRUPTED) {
        interrupt(prompt);
        return true;
    }
    if (status == LINE_END && prompt->size == 0) return false;
    bool blank = status == LINE_READ && is_blank(line);
    if (blank && prompt->size == 0) return true;
    bool ended = status == LINE_END || blank;
    if (status == LINE_READ && !append_line(prompt, line, length))
        raise_memory_error(thread);
    else if (!run_if_complete(prompt, ended))
        return true;
    prompt->size = 0;
    if (error_is_pending(thread)) {
        if (error_matches(thread, &exception_SystemExit)) return false;
        exception_report(thread);
    }
    return status == LINE_READ;
}

static bool set_prompts(Thread *thread) {
    static const char *const prompts[][2] = {{"ps1", ">>> "}, {"ps2", "... "}};
    for (size_t i = 0; i < COUNT_OF(prompts); i++) {
        if (!value_is_absent(sys_get(thread, prompts[i][0]))) continue;
        Value text = str_from_c(thread, prompts[i][1]);
        if (value_is_error(text) ||
            !dict_set_c(thread, value_as_dict(thread->runtime->sys_dict), prompts[i][0], text))
            return false;
    }
    return true;
}

int krait_run_interactive(KraitRuntime *runtime, FILE *input, int show_prompt) {
    Thread *thread = ((Runtime *)runtime)->main_thread;
    Prompt prompt = {
        .thread = thread, .name = str_from_c(thread, "<stdin>"), .show_prompt = show_prompt != 0};
    Value main =
        dict_find_str(thread, value_as_dict(thread->runtime->modules), NAMES(thread)->name_main);
    Value globals = value_is_absent(main) ? import_main_namespace(thread, NULL, false)
                                          : ((Module *)value_as_object(main))->dict;
    if (value_is_error(prompt.name) || value_is_error(globals) || !set_prompts(thread)) return -1;
    prompt.globals = value_as_dict(globals);
    prompt.reader = line_reader_new(input);
    if (!prompt.reader) {
        raise_memory_error(thread);
        return -1;
    }
    while (step(&prompt)) {
    }
    line_reader_delete(prompt.reader);
    free(prompt.text);
    if (show_prompt && !error_is_pending(thread)) fputc('\n', stderr);
    return error_is_pending(thread) ? -1 : 0;
}
