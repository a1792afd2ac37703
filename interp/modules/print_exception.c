// print_exception.c — uncaught exceptions as CPython 3.12 prints them (Python/pythonrun.c): the
// chain of causes and contexts, exception groups as a tree, SyntaxErrors with their line, notes.
#include "base/utf8.h"
#include "include/krait.h"
#include "modules/print_internal.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include <stdlib.h>
#include <unistd.h>

enum { GROUP_WIDTH = 15, GROUP_DEPTH = 10 };

void print_margin(Printer *printer, const char *margin) {
    text_buffer_append_fill(&printer->text, ' ', 2 * (size_t)printer->depth);
    text_buffer_append_text(&printer->text, margin ? margin : printer->depth ? "| " : "");
}

void print_str(Printer *printer, Value text) {
    size_t size;
    const char *bytes = str_as_utf8_lossy(printer->thread, text, &size);
    if (bytes)
        text_buffer_append(&printer->text, bytes, size);
    else
        error_clear(printer->thread);
}

static void print_text(Printer *printer, const char *text) {
    text_buffer_append_text(&printer->text, text);
}

// Lines, each behind the margin.
static void print_lines(Printer *printer, Value text) {
    size_t size;
    const char *bytes = str_as_utf8_lossy(printer->thread, text, &size);
    if (!bytes) error_clear(printer->thread);
    while (bytes && size) {
        const char *newline = memchr(bytes, '\n', size);
        size_t length = newline ? (size_t)(newline - bytes) + 1 : size;
        print_margin(printer, NULL);
        text_buffer_append(&printer->text, bytes, length);
        bytes += length;
        size -= length;
    }
}

static Value attribute_or_absent(Thread *thread, Value object, Value name) {
    Value value = object_find_attribute(thread, object, name);
    if (!value_is_error(value)) return value;
    error_clear(thread);
    return VALUE_ABSENT;
}

static Value attribute_c(Thread *thread, Value object, const char *name) {
    Value interned = str_intern_c(thread, name);
    if (!value_is_error(interned)) return attribute_or_absent(thread, object, interned);
    error_clear(thread);
    return VALUE_ABSENT;
}

// SyntaxError: file, line, the text, and carets under the place.

// What of the attributes is shown; offsets count characters from 1, 0 and -1 mean unknown.
typedef struct {
    Value filename, text, message;
    int64_t line, offset, end_line, end_offset;
} SyntaxDetails;

static int64_t int_attribute(Thread *thread, Value exception, const char *name, int64_t fallback) {
    Value value = attribute_c(thread, exception, name);
    int64_t number;
    return value_is_int(value) && int_as_int64(value, &number) ? number : fallback;
}

static bool read_syntax_details(Thread *thread, Value exception, SyntaxDetails *details) {
    if (value_is_absent(attribute_c(thread, exception, "print_file_and_line"))) return false;
    details->message = attribute_c(thread, exception, "msg");
    details->filename = attribute_c(thread, exception, "filename");
    details->text = attribute_c(thread, exception, "text");
    details->line = int_attribute(thread, exception, "lineno", -1);
    details->offset = int_attribute(thread, exception, "offset", -1);
    details->end_line = int_attribute(thread, exception, "end_lineno", details->line);
    // Of a subclass only the start is shown.
    details->end_offset = type_of(exception) == &exception_SyntaxError
                              ? int_attribute(thread, exception, "end_offset", -1)
                              : -1;
    return details->line >= 0 && !value_is_absent(details->message);
}

static void print_syntax_text(Printer *printer, const SyntaxDetails *details) {
    size_t size;
    const char *text = str_as_utf8_lossy(printer->thread, details->text, &size);
    if (!text) {
        error_clear(printer->thread);
        return;
    }
    int64_t offset = details->offset - 1, end_offset = details->end_offset - 1;
    int64_t carets = details->end_offset > 0 && end_offset > offset ? end_offset - offset : 1;
    for (; size && (*text == ' ' || *text == '\t' || *text == '\f'); text++, size--) offset--;
    if (size && text[size - 1] == '\n') size--;
    if (offset > (int64_t)size) offset = (int64_t)size;
    // Of several lines the one with the offset is shown; only the first one's indentation is not.
    for (;;) {
        const char *newline = memchr(text, '\n', size);
        if (!newline || newline - text >= offset) break;
        offset -= newline + 1 - text;
        size -= (size_t)(newline + 1 - text);
        text = newline + 1;
    }
    print_text(printer, "    "); // no margin, also inside groups
    text_buffer_append(&printer->text, text, size);
    print_text(printer, "\n");
    if (offset < 0) return;
    print_text(printer, "    ");
    text_buffer_append_fill(&printer->text, ' ', (size_t)offset);
    text_buffer_append_fill(&printer->text, '^', (size_t)carets);
    print_text(printer, "\n");
}

static bool is_readable_file(Thread *thread, Value filename) {
    size_t size;
    const char *path = value_is_str(filename) ? str_as_utf8_lossy(thread, filename, &size) : NULL;
    return path && access(path, R_OK) == 0;
}

// An error over several lines is marked to the end of its first one, and none beyond its text (long
// lines are cut); lines of files count their line end, which the text may lack.
static void limit_to_first_line(Thread *thread, const SyntaxDetails *details,
                                SyntaxDetails *shown) {
    *shown = *details;
    const Str *text = value_as_str(details->text);
    size_t size = 0;
    if (!str_as_utf8_lossy(thread, details->text, &size)) error_clear(thread);
    if (text->length == 0) return;
    bool ended = str_at(text, text->length - 1) == '\n';
    if (shown->end_offset > (int64_t)size + 1) shown->end_offset = (int64_t)size + 1;
    if (details->end_line <= details->line) return;
    // CPython counts bytes here, not characters.
    shown->end_offset = (int64_t)size + (!ended && is_readable_file(thread, details->filename));
}

static void print_syntax_place(Printer *printer, const SyntaxDetails *details) {
    print_margin(printer, NULL);
    print_text(printer, "  File \"");
    Value filename = details->filename;
    if (!value_is_absent(filename) && !value_is_none(filename))
        filename = object_str(printer->thread, filename);
    if (value_is_error(filename)) error_clear(printer->thread);
    if (value_is_str(filename))
        print_str(printer, filename);
    else
        print_text(printer, "<string>");
    text_buffer_append_format(&printer->text, "\", line %lld\n", (long long)details->line);
    if (!value_is_str(details->text)) return;
    SyntaxDetails shown;
    limit_to_first_line(printer->thread, details, &shown);
    print_syntax_text(printer, &shown);
}

// The last lines: class and message, notes.

static void print_class(Printer *printer, Type *type) {
    Thread *thread = printer->thread;
    Value module = attribute_or_absent(thread, value_from_type(type), NAMES(thread)->__module__);
    if (!value_is_str(module))
        print_text(printer, "<unknown>.");
    else if (!str_equals_c(value_as_str(module), "builtins") &&
             !str_equals_c(value_as_str(module), "__main__")) {
        print_str(printer, module);
        print_text(printer, ".");
    }
    Value name = attribute_or_absent(thread, value_from_type(type), NAMES(thread)->__qualname__);
    if (value_is_str(name))
        print_str(printer, name);
    else
        print_text(printer, "<unknown>");
}

static void print_message(Printer *printer, Value exception, Value message) {
    Thread *thread = printer->thread;
    Value text =
        value_is_absent(message) ? object_str(thread, exception) : object_str(thread, message);
    if (value_is_error(text)) {
        error_clear(thread);
        print_text(printer, ": <exception str() failed>");
    } else if (value_as_str(text)->length) {
        print_text(printer, ": ");
        print_str(printer, text);
    }
}

static void print_note(Printer *printer, Value note) {
    Thread *thread = printer->thread;
    Value text = object_str(thread, note);
    if (value_is_error(text)) {
        error_clear(thread);
        print_margin(printer, NULL);
        print_text(printer, "<note str() failed>");
    } else {
        print_lines(printer, text);
    }
    print_text(printer, "\n");
}

static void print_notes(Printer *printer, Value exception) {
    Thread *thread = printer->thread;
    Value notes = attribute_or_absent(thread, exception, NAMES(thread)->__notes__);
    if (value_is_absent(notes)) return;
    bool is_sequence =
        (type_of(notes)->flags & TYPE_SEQUENCE) && !value_is_str(notes) && !value_is_bytes(notes);
    Value list = is_sequence ? object_to_list(thread, notes) : VALUE_ABSENT;
    if (value_is_list(list)) {
        for (size_t i = 0; i < value_as_list(list)->length; i++)
            print_note(printer, value_as_list(list)->items->items[i]);
        return;
    }
    error_clear(thread);
    Value text = object_repr(thread, notes);
    if (value_is_error(text)) {
        error_clear(thread);
        print_margin(printer, NULL);
        print_text(printer, "<__notes__ repr() failed>");
    } else {
        print_lines(printer, text);
    }
    print_text(printer, "\n");
}

static bool is_group(Value exception) {
    return type_is_subtype(type_of(exception), &exception_BaseExceptionGroup);
}

static void print_one(Printer *printer, Value exception) {
    Thread *thread = printer->thread;
    bool group = is_group(exception);
    print_traceback(printer, value_as_exception(exception)->traceback,
                    group ? "Exception Group Traceback (most recent call last):\n"
                          : "Traceback (most recent call last):\n",
                    group && printer->depth == 1 ? "+ " : NULL);
    SyntaxDetails details;
    Value message = VALUE_ABSENT;
    if (read_syntax_details(thread, exception, &details)) {
        print_syntax_place(printer, &details);
        message = details.message;
    }
    print_margin(printer, NULL);
    print_class(printer, type_of(exception));
    print_message(printer, exception, message);
    Value suggestion = suggestion_find(thread, exception);
    if (!value_is_absent(suggestion)) print_str(printer, suggestion);
    print_text(printer, "\n");
    print_notes(printer, exception);
}

// Groups and chains

static void print_chain(Printer *printer, Value exception);

static void print_group_rule(Printer *printer, const char *start, const char *title) {
    text_buffer_append_fill(&printer->text, ' ', 2 * (size_t)printer->depth);
    text_buffer_append_format(&printer->text, "%s+---------------- %s ----------------\n", start,
                              title);
}

static void print_members(Printer *printer, const Tuple *exceptions) {
    size_t count = exceptions->length, shown = count <= GROUP_WIDTH ? count : GROUP_WIDTH + 1;
    printer->need_close = false;
    for (size_t i = 0; i < shown; i++) {
        bool is_last = i + 1 == shown;
        if (is_last) printer->need_close = true;
        char title[24] = "...";
        if (i < GROUP_WIDTH) snprintf(title, sizeof title, "%zu", i + 1);
        print_group_rule(printer, i == 0 ? "+-" : "  ", title);
        printer->depth++;
        if (i < GROUP_WIDTH) {
            print_chain(printer, exceptions->items[i]);
        } else {
            size_t left = count - GROUP_WIDTH;
            print_margin(printer, NULL);
            text_buffer_append_format(&printer->text, "and %zu more exception%s\n", left,
                                      left > 1 ? "s" : "");
        }
        if (is_last && printer->need_close) {
            text_buffer_append_fill(&printer->text, ' ', 2 * (size_t)printer->depth);
            print_text(printer, "+------------------------------------\n");
            printer->need_close = false;
        }
        printer->depth--;
    }
}

static void print_group(Printer *printer, Value exception) {
    if (printer->depth > GROUP_DEPTH) {
        print_margin(printer, NULL);
        text_buffer_append_format(&printer->text, "... (max_group_depth is %d)\n", GROUP_DEPTH);
        return;
    }
    bool outermost = printer->depth == 0;
    printer->depth += outermost;
    print_one(printer, exception);
    Value exceptions = value_as_exception(exception)->fields[1];
    if (value_is_tuple(exceptions)) print_members(printer, value_as_tuple(exceptions));
    printer->depth -= outermost;
}

static bool was_seen(const Printer *printer, Value exception) {
    const List *seen = value_as_list(printer->seen);
    for (size_t i = 0; i < seen->length; i++)
        if (value_same(seen->items->items[i], exception)) return true;
    return false;
}

// The exception that comes before this one in the text; VALUE_ABSENT if there is none.
static Value earlier(const Printer *printer, Value exception, const char **sentence) {
    const Exception *error = value_as_exception(exception);
    if (value_is_exception(error->cause)) {
        *sentence = "The above exception was the direct cause of the following exception:\n";
        return was_seen(printer, error->cause) ? VALUE_ABSENT : error->cause;
    }
    *sentence = "During handling of the above exception, another exception occurred:\n";
    if (!value_is_exception(error->context) || error->suppress_context ||
        was_seen(printer, error->context))
        return VALUE_ABSENT;
    return error->context;
}

// From the earliest exception of the chain to this one.
static void print_chain(Printer *printer, Value exception) {
    Thread *thread = printer->thread;
    Value chain = list_new(thread, 4);
    const char *sentence;
    for (Value at = exception; !value_is_error(chain) && !value_is_absent(at);) {
        if (!list_append(thread, value_as_list(chain), at) ||
            !list_append(thread, value_as_list(printer->seen), at))
            break;
        at = earlier(printer, at, &sentence);
    }
    if (value_is_error(chain) || error_is_pending(thread)) {
        error_clear(thread);
        return;
    }
    for (size_t i = value_as_list(chain)->length; i-- > 0;) {
        Value current = value_as_list(chain)->items->items[i];
        if (is_group(current))
            print_group(printer, current);
        else
            print_one(printer, current);
        if (i == 0) break;
        const Exception *next = value_as_exception(value_as_list(chain)->items->items[i - 1]);
        sentence = value_is_exception(next->cause)
                       ? "The above exception was the direct cause of the following exception:\n"
                       : "During handling of the above exception, another exception occurred:\n";
        print_margin(printer, NULL);
        print_text(printer, "\n");
        print_margin(printer, NULL);
        print_text(printer, sentence);
        print_margin(printer, NULL);
        print_text(printer, "\n");
    }
}

bool exception_print(Thread *thread, Value exception, Value file) {
    Value out = sys_get(thread, "stdout");
    if (!value_is_absent(out) && !value_is_none(out) && !stream_flush(thread, out))
        error_clear(thread);
    Printer printer = {.thread = thread, .source_name = VALUE_ABSENT, .seen = list_new(thread, 4)};
    if (value_is_error(printer.seen)) return false;
    // What str() and repr() of the program's own classes raise must not be linked to this
    // exception.
    Value handled = thread->handled;
    thread->handled = VALUE_NONE;
    print_chain(&printer, exception);
    thread->handled = handled;
    free(printer.source);
    bool failed = printer.text.failed;
    Value text = failed ? VALUE_ERROR
                        : str_decode_utf8(thread, text_buffer_text(&printer.text),
                                          printer.text.length, "surrogatepass");
    text_buffer_free(&printer.text);
    if (failed) raise_memory_error(thread);
    return !value_is_error(text) && stream_write(thread, file, text) && stream_flush(thread, file);
}

// Uncaught

// Text on stderr that does not depend on sys.stderr being whole.
static void write_error_text(Thread *thread, Value text) {
    Value file = sys_get(thread, "stderr");
    if (value_is_absent(file) || value_is_none(file) ||
        (stream_write(thread, file, text) && stream_flush(thread, file)))
        return;
    error_clear(thread);
}

// The exit code that SystemExit asks for by its attribute `code`, which a subclass may define.
static int exit_code(Thread *thread, Value exception) {
    Value code = attribute_c(thread, exception, "code");
    if (value_is_absent(code)) code = exception;
    if (value_is_none(code)) return 0;
    if (value_is_int(code)) {
        int64_t number;
        return int_as_int64(code, &number) ? (int)(number & 0xff) : 0xff;
    }
    Value text = object_str(thread, code);
    if (value_is_error(text)) error_clear(thread);
    Value out = sys_get(thread, "stdout");
    if (!value_is_absent(out) && !value_is_none(out) && !stream_flush(thread, out))
        error_clear(thread);
    if (value_is_str(text)) write_error_text(thread, text);
    write_error_text(thread, NAMES(thread)->newline);
    return 1;
}

static Value call_hook(Thread *thread, Value hook, Value exception) {
    Value traceback = value_as_exception(exception)->traceback;
    if (value_is_absent(traceback)) traceback = VALUE_NONE;
    return object_call3(thread, hook, value_from_type(type_of(exception)), exception, traceback);
}

// Prints by sys.excepthook; if that fails in its turn, both exceptions are shown.
static void run_hook(Thread *thread, Value exception) {
    Value file = sys_get(thread, "stderr");
    if (!dict_set_c(thread, value_as_dict(thread->runtime->sys_dict), "last_exc", exception) ||
        !dict_set_c(thread, value_as_dict(thread->runtime->sys_dict), "last_value", exception))
        error_clear(thread);
    Value hook = sys_get(thread, "excepthook");
    if (!value_is_absent(hook)) {
        if (!value_is_error(call_hook(thread, hook, exception))) return;
        Value second = error_take(thread);
        if (!value_is_absent(file) && !value_is_none(file)) {
            Value text = str_from_c(thread, "Error in sys.excepthook:\n");
            if (!value_is_error(text)) write_error_text(thread, text);
            if (!exception_print(thread, second, file)) error_clear(thread);
            text = str_from_c(thread, "\nOriginal exception was:\n");
            if (!value_is_error(text)) write_error_text(thread, text);
        }
    }
    if (value_is_absent(file) || value_is_none(file)) return;
    if (!exception_print(thread, exception, file)) error_clear(thread);
}

int exception_report(Thread *thread) {
    Value exception = error_take(thread);
    if (value_is_absent(exception)) return 0;
    if (type_is_subtype(type_of(exception), &exception_SystemExit))
        return exit_code(thread, exception);
    bool interrupted = type_is_subtype(type_of(exception), &exception_KeyboardInterrupt);
    // A reader that has gone away is no error of the program.
    if (type_of(exception) != &exception_BrokenPipeError) run_hook(thread, exception);
    return interrupted ? KRAIT_INTERRUPTED : 1;
}
