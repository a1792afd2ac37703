// main.c — the command `krait`: options, and what to do with a program.
#include "include/krait.h"
#include "main/compile_files.h"
#include "main/list_files.h"
#include "main/options.h"
#include "main/read_file.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { EXIT_USAGE = 2 };

static char *read_program(const Options *options, size_t *size) {
    if (options->source == SOURCE_COMMAND) {
        // CPython ends the text of -c with a line break.
        size_t length = strlen(options->program);
        char *text = malloc(length + 2);
        if (!text) return NULL;
        memcpy(text, options->program, length);
        memcpy(text + length, "\n", 2);
        *size = length + 1;
        return text;
    }
    return options->source == SOURCE_STDIN ? read_stream(stdin, size)
                                           : read_file(options->program, size);
}

static const char *program_name(const Options *options) {
    switch (options->source) {
    case SOURCE_COMMAND: return "<string>";
    case SOURCE_STDIN: return "<stdin>";
    default: return options->program;
    }
}

// A path that stays valid after chdir(); NULL without memory. Only the running program gets it:
// listings show the name that was given.
static char *absolute_path(const char *path) {
    char *folder = *path == '/' ? NULL : getcwd(NULL, 0);
    if (!folder) return strdup(path);
    if (strncmp(path, "./", 2) == 0) path += 2;
    char *absolute = malloc(strlen(folder) + strlen(path) + 2);
    if (absolute) sprintf(absolute, "%s%s%s", folder, strcmp(folder, "/") == 0 ? "" : "/", path);
    free(folder);
    return absolute;
}

static bool is_directory(const Options *options) {
    struct stat status;
    return options->source == SOURCE_FILE && stat(options->program, &status) == 0 &&
           S_ISDIR(status.st_mode);
}

// What stands first in sys.path: the folder of a program file, a program directory itself, the
// current folder for a module, and "", which follows it, else.
static char *first_path(const Options *options) {
    if (options->source == SOURCE_MODULE) {
        char *folder = getcwd(NULL, 0);
        return folder ? folder : strdup("");
    }
    if (options->source != SOURCE_FILE) return strdup("");
    char *resolved = realpath(options->program, NULL);
    if (!resolved) return strdup("");
    if (is_directory(options)) return resolved;
    char *slash = strrchr(resolved, '/');
    if (slash) slash[slash == resolved] = 0;
    return resolved;
}

static const char *first_argument(const Options *options) {
    switch (options->source) {
    case SOURCE_COMMAND: return "-c";
    case SOURCE_MODULE: return "-m";
    case SOURCE_FILE: return options->program;
    default: return options->has_dash ? "-" : "";
    }
}

static int set_arguments(KraitRuntime *runtime, const Options *options) {
    char *folder = first_path(options);
    if (!folder) return -1;
    const char **arguments = malloc(((size_t)options->argument_count + 1) * sizeof *arguments);
    int result = -1;
    if (arguments) {
        arguments[0] = first_argument(options);
        for (int i = 0; i < options->argument_count; i++) arguments[i + 1] = options->arguments[i];
        result = krait_set_arguments(runtime, options->argument_count + 1, arguments, folder);
    }
    free(arguments);
    free(folder);
    return result;
}

// PYTHONWARNINGS, filters between commas, counts before the options.
static int add_warning_filters(KraitRuntime *runtime, const Options *options) {
    const char *variable = getenv("PYTHONWARNINGS");
    char *copy = variable ? strdup(variable) : NULL, *rest = copy, *filter;
    int result = 0;
    while (result == 0 && (filter = strsep(&rest, ",")) != NULL)
        if (*filter) result = krait_add_warning_filter(runtime, filter);
    free(copy);
    for (int i = 0; result == 0 && i < options->warning_count; i++)
        result = krait_add_warning_filter(runtime, options->warnings[i]);
    return result;
}

static int use_code(KraitRuntime *runtime, const Options *options, KraitHandle *code, size_t size) {
    const char *name = program_name(options);
    switch (options->action) {
    case ACTION_DIS:
        return options->as_text ? krait_write_text(runtime, code, stdout)
                                : krait_disassemble(runtime, code, stdout, options->show_caches);
    case ACTION_LISTING: return krait_listing(runtime, code, name, size, stdout);
    default: return krait_run_code(runtime, code, name);
    }
}

// The program as a code object: assembled, read or compiled; NULL with an exception pending.
static KraitHandle *get_code(KraitRuntime *runtime, const Options *options, const char *text,
                             size_t size) {
    const char *name = program_name(options);
    if (options->assemble) return krait_assemble(runtime, text, size, name);
    if (krait_is_bytecode(name, text, size)) return krait_load_bytecode(runtime, text, size, name);
    KraitMode mode = options->source == SOURCE_COMMAND ? KRAIT_EXEC : KRAIT_SCRIPT;
    KraitHandle *code = krait_compile(runtime, text, size, name, mode);
    if (!code && options->action == ACTION_LISTING)
        (void)krait_listing_error(runtime, name, size, stdout);
    return code;
}

// Shows the program or, if it was assembled, runs it.
static int use_program(KraitRuntime *runtime, const Options *options, const char *text,
                       size_t size) {
    const char *name = program_name(options);
    if (options->action == ACTION_AST) return krait_print_ast(runtime, text, size, name, stdout);
    if (options->action == ACTION_TOKENS)
        return krait_print_tokens(runtime, text, size, name, stdout);
    KraitHandle *code = get_code(runtime, options, text, size);
    if (!code) return -1;
    int result = use_code(runtime, options, code, size);
    krait_release(runtime, code);
    return result;
}

static int print_statistics(KraitRuntime *runtime, const Options *options) {
    return options->statistics ? krait_print_statistics(runtime, stderr, options->json) : 0;
}

// Where the samples go; NULL after a message.
static FILE *open_samples(const Options *options) {
    if (!options->sample_output) return stderr;
    FILE *out = fopen(options->sample_output, "w");
    if (!out)
        fprintf(stderr, "krait: can't write '%s': %s\n", options->sample_output, strerror(errno));
    return out;
}

static int print_samples(KraitRuntime *runtime, const Options *options) {
    if (!options->sample_hz) return 0;
    krait_sample_stop(runtime);
    FILE *out = open_samples(options);
    if (!out) return -1;
    KraitSampleForm form = options->json            ? KRAIT_SAMPLES_JSON
                           : options->sample_output ? KRAIT_SAMPLES_FOLDED
                                                    : KRAIT_SAMPLES_TABLES;
    int result = krait_print_samples(runtime, out, form);
    if (out != stderr && fclose(out) != 0) result = -1;
    return result;
}

// A file's contents as bytecode or source.
static int run_file(KraitRuntime *runtime, const Options *options, const char *text, size_t size) {
    char *name = absolute_path(options->program);
    if (!name) return -1;
    int result = krait_is_bytecode(name, text, size) ? krait_run_bytecode(runtime, text, size, name)
                                                     : krait_run_source(runtime, text, size, name);
    free(name);
    return result;
}

static int run_directory(KraitRuntime *runtime, const char *path) {
    char *resolved = realpath(path, NULL);
    int result = krait_run_directory(runtime, resolved ? resolved : path);
    free(resolved);
    return result;
}

// `text` is NULL where the program is no file's contents: a module, a directory.
static int run_action(KraitRuntime *runtime, const Options *options, const char *text,
                      size_t size) {
    if (options->source == SOURCE_MODULE) return krait_run_module(runtime, options->program);
    if (!text) return run_directory(runtime, options->program);
    if (options->action != ACTION_RUN || options->assemble)
        return use_program(runtime, options, text, size);
    if (options->source == SOURCE_FILE) return run_file(runtime, options, text, size);
    return krait_run_source(runtime, text, size, program_name(options));
}

// The exit code of the program.
static int run_program(KraitRuntime *runtime, const Options *options, const char *text,
                       size_t size) {
    int result = run_action(runtime, options, text, size);
    int code = result < 0 ? krait_print_error(runtime) : 0;
    if (options->action == ACTION_RUN && options->interactive) {
        result = krait_run_interactive(runtime, stdin, 1);
        code = result < 0 ? krait_print_error(runtime) : 0;
    }
    return code;
}

static int run_prompt(KraitRuntime *runtime, const Options *options) {
    if (!options->quiet)
        fprintf(stderr, "Krait %s (Python 3.12). Ctrl-D or exit() leaves.\n", KRAIT_VERSION);
    return krait_run_interactive(runtime, stdin, 1) < 0 ? krait_print_error(runtime) : 0;
}

// So that a shell sees an interrupt, and not an exit code, as what ended the program.
static int end_by_signal(void) {
    signal(SIGINT, SIG_DFL);
    kill(getpid(), SIGINT);
    return 128 + SIGINT;
}

// Ends the runtime; the exit code, which is the program's unless something fails now.
static int end_runtime(KraitRuntime *runtime, const Options *options, int code) {
    if (options->runtime.max_steps) krait_set_step_limit(runtime, 0);
    if (krait_flush(runtime) < 0 && code == 0)
        code = 120; // as CPython when the flush at exit fails
    if (print_samples(runtime, options) < 0 && code == 0) code = 1;
    if (print_statistics(runtime, options) < 0 && code == 0) code = 1;
    uint64_t leaked = krait_delete(runtime);
    if (leaked && options->check_leaks) {
        fprintf(stderr, "krait: the heap held %llu bytes after the end\n",
                (unsigned long long)leaked);
        if (code == 0) code = 1;
    }
    return code == KRAIT_INTERRUPTED ? end_by_signal() : code;
}

// Whether --listing was given several files, or folders.
static bool lists_files(const Options *options) {
    return options->action == ACTION_LISTING && options->source == SOURCE_FILE &&
           (options->argument_count > 0 || is_directory(options));
}

// What is to be read before anything can run: false after a message.
static bool read_if_needed(const Options *options, bool prompt_only, char **text, size_t *size) {
    bool has_text = options->source != SOURCE_MODULE && !prompt_only && !is_directory(options) &&
                    options->action != ACTION_COMPILE && !lists_files(options);
    if (!has_text || (*text = read_program(options, size))) return true;
    fprintf(stderr, "krait: can't open file '%s': [Errno %d] %s\n", program_name(options), errno,
            strerror(errno));
    return false;
}

static int with_runtime(const Options *options) {
    const char *error;
    char *text = NULL;
    size_t size = 0;
    bool prompt_only = options->source == SOURCE_STDIN && options->action == ACTION_RUN &&
                       (options->interactive || isatty(STDIN_FILENO)) && !options->has_dash;
    if (!read_if_needed(options, prompt_only, &text, &size)) return EXIT_USAGE;
    KraitRuntime *runtime = krait_new(&options->runtime, &error);
    if (!runtime) {
        fprintf(stderr, "krait: %s\n", error);
        free(text);
        return EXIT_USAGE;
    }
    int code;
    if (options->action == ACTION_COMPILE)
        code = compile_files(runtime, options);
    else if (lists_files(options))
        code = list_files(runtime, options);
    else if (set_arguments(runtime, options) < 0 || add_warning_filters(runtime, options) < 0 ||
             (options->sample_hz && krait_sample_start(runtime, options->sample_hz) < 0))
        code = krait_print_error(runtime);
    else if (prompt_only)
        code = run_prompt(runtime, options);
    else
        code = run_program(runtime, options, text, size);
    free(text);
    return end_runtime(runtime, options, code);
}

static void print_version(bool json) {
    printf(json ? "{\"krait\": \"%s\", \"python\": \"3.12\", \"layout_seed\": %d}\n"
                : "Krait %s (Python 3.12)\n",
           KRAIT_VERSION, krait_layout_seed());
}

int main(int argc, char **argv) {
    Options options;
    if (!options_parse(&options, argc, argv)) return EXIT_USAGE;
    switch (options.action) {
    case ACTION_HELP: options_print_help(stdout); return 0;
    case ACTION_VERSION: print_version(options.json); return 0;
    case ACTION_ENGINES: krait_print_engines(stdout, options.json); return 0;
    case ACTION_KNOBS: krait_print_knobs(stdout, options.json); return 0;
    case ACTION_ALLOCATORS: options_print_allocators(stdout, options.json); return 0;
    default: return with_runtime(&options);
    }
}
