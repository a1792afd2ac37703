// compile_files.c — `krait --compile`: a .pyc file for every source.
//
// What fails is told on stderr, and the rest goes on.
#include "main/compile_files.h"
#include "main/walk_files.h"
#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PROGRESS_MS = 500 };

typedef struct {
    KraitRuntime *runtime;
    KraitValidation validation;
    unsigned compiled, failed;
    bool show_progress;
    long long shown; // ms
} Compiler;

static long long now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void show_progress(Compiler *compiler, const char *path) {
    long long now = now_ms();
    if (!compiler->show_progress || now - compiler->shown < PROGRESS_MS) return;
    compiler->shown = now;
    fprintf(stderr, "\r\033[K%u files compiled; now %s", compiler->compiled, path);
}

static void clear_progress(const Compiler *compiler) {
    if (compiler->show_progress) fputs("\r\033[K", stderr);
}

static void fail(void *context, const char *path) {
    Compiler *compiler = context;
    clear_progress(compiler);
    fprintf(stderr, "krait: can't compile '%s': [Errno %d] %s\n", path, errno, strerror(errno));
    compiler->failed++;
}

static void compile_file(void *context, const char *path, const char *name) {
    (void)name;
    Compiler *compiler = context;
    show_progress(compiler, path);
    if (krait_write_bytecode(compiler->runtime, path, compiler->validation) == 0) {
        compiler->compiled++;
        return;
    }
    clear_progress(compiler);
    fprintf(stderr, "krait: can't compile '%s':\n", path);
    krait_print_error(compiler->runtime);
    compiler->failed++;
}

int compile_files(KraitRuntime *runtime, const Options *options) {
    Compiler compiler = {.runtime = runtime,
                         .validation = options->validation,
                         .show_progress = isatty(STDERR_FILENO),
                         .shown = now_ms()};
    FileWalk walk = {compile_file, fail, &compiler};
    for (int i = 0; i < options->argument_count; i++) walk_files(&walk, options->arguments[i]);
    clear_progress(&compiler);
    printf("%u file%s compiled, %u failed\n", compiler.compiled, compiler.compiled == 1 ? "" : "s",
           compiler.failed);
    return compiler.failed > 0;
}
