// line_reader.c — reading lines, with libedit at a terminal.
//
// libedit is loaded when the first terminal asks, not linked: it would cost every start of a
// program as much as the rest of start-up. Without it lines are read plainly.
#include "modules/line_reader.h"
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HISTORY_LINES = 1000 };

// What is used of libedit's readline interface (editline/readline.h).
typedef struct {
    char *(*readline)(const char *prompt);
    int (*add_history)(const char *line);
    int (*read_history)(const char *path);
    int (*write_history)(const char *path);
    void (*stifle_history)(int lines);
} Editor;

struct LineReader {
    FILE *input;
    Editor editor;
    void *library; // NULL: plain reading
    char *history; // path; NULL: not kept
    char *line;
    size_t capacity;
};

static bool load_editor(LineReader *reader) {
    static const char *const names[] = {"libedit.so.2", "libedit.so.0", "libedit.so"};
    for (size_t i = 0; i < sizeof names / sizeof *names && !reader->library; i++)
        reader->library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!reader->library) return false;
    const struct {
        const char *name;
        void *function;
    } functions[] = {{"readline", &reader->editor.readline},
                     {"add_history", &reader->editor.add_history},
                     {"read_history", &reader->editor.read_history},
                     {"write_history", &reader->editor.write_history},
                     {"stifle_history", &reader->editor.stifle_history}};
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *found = dlsym(reader->library, functions[i].name);
        if (!found) {
            dlclose(reader->library);
            reader->library = NULL;
            return false;
        }
        memcpy(functions[i].function, &found, sizeof found); // ISO C has no cast for it
    }
    return true;
}

static char *history_path(void) {
    const char *named = getenv("KRAIT_HISTORY"), *home = getenv("HOME");
    if (named) return *named ? strdup(named) : NULL;
    if (!home) return NULL;
    static const char name[] = "/.krait_history";
    char *path = malloc(strlen(home) + sizeof name);
    if (path) strcat(strcpy(path, home), name);
    return path;
}

LineReader *line_reader_new(FILE *input) {
    LineReader *reader = calloc(1, sizeof *reader);
    if (!reader) return NULL;
    reader->input = input;
    bool terminal = input == stdin && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (terminal && load_editor(reader)) {
        reader->editor.stifle_history(HISTORY_LINES);
        reader->history = history_path();
        if (reader->history) reader->editor.read_history(reader->history);
    }
    return reader;
}

void line_reader_delete(LineReader *reader) {
    if (!reader) return;
    if (reader->history) reader->editor.write_history(reader->history);
    free(reader->history);
    free(reader->line);
    free(reader); // the library stays: its handlers at exit restore the terminal
}

// Takes over the editor's line, without a line break, and puts one behind it.
static LineStatus edit_line(LineReader *reader, const char *prompt, size_t *length) {
    errno = 0;
    char *line = reader->editor.readline(prompt ? prompt : "");
    if (!line) return errno == EINTR ? LINE_INTERRUPTED : LINE_END;
    *length = strlen(line);
    if (*length) reader->editor.add_history(line);
    char *grown = realloc(line, *length + 2);
    if (!grown) {
        free(line);
        return LINE_END;
    }
    free(reader->line);
    reader->line = grown;
    memcpy(reader->line + (*length)++, "\n", 2);
    return LINE_READ;
}

LineStatus line_reader_read(LineReader *reader, const char *prompt, const char **line,
                            size_t *length) {
    LineStatus status = LINE_READ;
    if (reader->library) {
        status = edit_line(reader, prompt, length);
    } else {
        if (prompt) {
            fputs(prompt, stderr);
            fflush(stderr);
        }
        errno = 0;
        ssize_t got = getline(&reader->line, &reader->capacity, reader->input);
        if (got >= 0) {
            *length = (size_t)got;
        } else {
            status = errno == EINTR ? LINE_INTERRUPTED : LINE_END;
            clearerr(reader->input);
        }
    }
    *line = reader->line;
    return status;
}
