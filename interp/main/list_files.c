// list_files.c — `krait --listing FILE|DIRECTORY...`: what the compiler makes of many sources.
#include "main/list_files.h"
#include "main/read_file.h"
#include "main/walk_files.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    KraitRuntime *runtime;
    unsigned failed;
} Lister;

static void fail(void *context, const char *path) {
    fprintf(stderr, "krait: can't open file '%s': [Errno %d] %s\n", path, errno, strerror(errno));
    ((Lister *)context)->failed++;
}

static void list_file(void *context, const char *path, const char *name) {
    Lister *lister = context;
    size_t size;
    char *text = read_file(path, &size);
    if (!text) {
        fail(lister, path);
        return;
    }
    KraitHandle *code = krait_compile(lister->runtime, text, size, name, KRAIT_SCRIPT);
    int listed = code ? krait_listing(lister->runtime, code, name, size, stdout)
                      : krait_listing_error(lister->runtime, name, size, stdout);
    if (!code || listed < 0) lister->failed++;
    if (listed < 0) krait_print_error(lister->runtime);
    krait_clear_error(lister->runtime);
    krait_release(lister->runtime, code);
    free(text);
}

int list_files(KraitRuntime *runtime, const Options *options) {
    Lister lister = {.runtime = runtime};
    FileWalk walk = {list_file, fail, &lister};
    walk_files(&walk, options->program);
    for (int i = 0; i < options->argument_count; i++) walk_files(&walk, options->arguments[i]);
    return lister.failed > 0;
}
