// options.h — the command line of `krait`.
#pragma once
#include "include/krait.h"
#include <stdbool.h>

typedef enum {
    ACTION_RUN,
    ACTION_DIS,
    ACTION_LISTING,
    ACTION_AST,
    ACTION_TOKENS,
    ACTION_HELP,
    ACTION_VERSION,
    ACTION_ENGINES,
    ACTION_KNOBS,
    ACTION_ALLOCATORS,
    ACTION_COMPILE
} Action;
typedef enum { SOURCE_FILE, SOURCE_COMMAND, SOURCE_MODULE, SOURCE_STDIN } Source;

enum { MAX_WARNINGS = 64 };

typedef struct {
    Action action;
    Source source;
    const char *program; // path, the text of -c, or the name behind -m
    bool has_dash;       // "-" was given
    char *const *arguments;
    int argument_count;         // behind the program; with ACTION_COMPILE all that are no options
    KraitValidation validation; // of the bytecode that --compile writes
    bool interactive, quiet, statistics, json, show_caches, check_leaks;
    int sample_hz;                      // --sample; 0: nothing is sampled
    const char *sample_output;          // NULL: tables on stderr
    const char *warnings[MAX_WARNINGS]; // -W
    int warning_count;
    bool assemble;     // the program is bytecode as text
    bool as_text;      // --dis prints such text
    char inject[4096]; // --inject, joined
    KraitOptions runtime;
} Options;

// False after a message on stderr.
bool options_parse(Options *options, int argc, char **argv);
void options_print_help(FILE *out);
// The allocators that --allocator takes, the default one first.
void options_print_allocators(FILE *out, bool json);
