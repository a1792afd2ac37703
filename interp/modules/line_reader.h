// line_reader.h — lines for the interactive loop: edited at a terminal, plain from elsewhere.
#pragma once
#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

typedef struct LineReader LineReader;
typedef enum { LINE_READ, LINE_END, LINE_INTERRUPTED } LineStatus;

// A reader of `input`. When input and standard output are terminals and libedit can be loaded,
// lines are edited and remembered from one session to the next, in the file that KRAIT_HISTORY
// names, ~/.krait_history by default. NULL: no memory.
LineReader *line_reader_new(FILE *input);
// Saves the history.
void line_reader_delete(LineReader *reader);
// Reads a line with its line break (the last one may have none) into *line, which stays valid until
// the next call. The prompt goes to standard error where lines are not edited; NULL: none is shown.
LineStatus line_reader_read(LineReader *reader, const char *prompt, const char **line,
                            size_t *length);
