// compile_files.c — `krait --compile`: a .pyc file for every source.
//
// A file that is named is compiled whatever its name; in directories every .py file is, those of
// __pycache__ and hidden folders excepted. What fails is told on stderr, and the rest goes on.
#include "main/compile_files.h"
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { DEPTH_LIMIT = 100, PROGRESS_MS = 500 };

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

static void fail(Compiler *compiler, const char *path) {
    clear_progress(compiler);
    fprintf(stderr, "krait: can't compile '%s': [Errno %d] %s\n", path, errno, strerror(errno));
    compiler->failed++;
}

static void compile_file(Compiler *compiler, const char *path) {
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

static bool ends_with_py(const char *name) {
    size_t length = strlen(name);
    return length > 3 && strcmp(name + length - 3, ".py") == 0;
}

static int is_wanted(const struct dirent *entry) {
    return entry->d_name[0] != '.' && strcmp(entry->d_name, "__pycache__") != 0;
}

static void compile_directory(Compiler *compiler, const char *path, int depth);

static void compile_entry(Compiler *compiler, const char *folder, const char *name, int depth) {
    struct stat status;
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    if (!path) {
        fail(compiler, folder);
        return;
    }
    snprintf(path, size, "%s/%s", folder, name);
    if (stat(path, &status) < 0) {
        if (ends_with_py(name)) fail(compiler, path);
    } else if (S_ISDIR(status.st_mode)) {
        compile_directory(compiler, path, depth + 1);
    } else if (S_ISREG(status.st_mode) && ends_with_py(name)) {
        compile_file(compiler, path);
    }
    free(path);
}

static void compile_directory(Compiler *compiler, const char *path, int depth) {
    struct dirent **entries;
    errno = ELOOP;
    int count = depth < DEPTH_LIMIT ? scandir(path, &entries, is_wanted, alphasort) : -1;
    if (count < 0) {
        fail(compiler, path);
        return;
    }
    for (int i = 0; i < count; i++) {
        compile_entry(compiler, path, entries[i]->d_name, depth);
        free(entries[i]);
    }
    free(entries);
}

int compile_files(KraitRuntime *runtime, const Options *options) {
    Compiler compiler = {.runtime = runtime,
                         .validation = options->validation,
                         .show_progress = isatty(STDERR_FILENO),
                         .shown = now_ms()};
    for (int i = 0; i < options->argument_count; i++) {
        struct stat status;
        const char *path = options->arguments[i];
        if (stat(path, &status) < 0)
            fail(&compiler, path);
        else if (S_ISDIR(status.st_mode))
            compile_directory(&compiler, path, 0);
        else
            compile_file(&compiler, path);
    }
    clear_progress(&compiler);
    printf("%u files compiled, %u failed\n", compiler.compiled, compiler.failed);
    return compiler.failed > 0;
}
