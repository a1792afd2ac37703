// walk_files.c — walking folders for the options that take several files.
#include "main/walk_files.h"
#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEPTH_LIMIT = 100 };

static bool ends_with_py(const char *name) {
    size_t length = strlen(name);
    return length > 3 && strcmp(name + length - 3, ".py") == 0;
}

static int is_wanted(const struct dirent *entry) {
    return entry->d_name[0] != '.' && strcmp(entry->d_name, "__pycache__") != 0;
}

static int by_name(const struct dirent **left, const struct dirent **right) {
    return strcmp((*left)->d_name, (*right)->d_name); // alphasort would ask the locale
}

static void walk_folder(const FileWalk *walk, const char *path, size_t root, int depth);

// `root`: length of the folder that was asked for, with its slash.
static void walk_entry(const FileWalk *walk, const char *folder, const char *name, size_t root,
                       int depth) {
    struct stat status;
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = malloc(size);
    if (!path) {
        walk->fail(walk->context, folder);
        return;
    }
    const char *slash = folder[strlen(folder) - 1] == '/' ? "" : "/";
    snprintf(path, size, "%s%s%s", folder, slash, name);
    if (stat(path, &status) < 0) {
        if (ends_with_py(name)) walk->fail(walk->context, path);
    } else if (S_ISDIR(status.st_mode)) {
        walk_folder(walk, path, root, depth + 1);
    } else if (S_ISREG(status.st_mode) && ends_with_py(name)) {
        walk->visit(walk->context, path, path + root);
    }
    free(path);
}

static void walk_folder(const FileWalk *walk, const char *path, size_t root, int depth) {
    struct dirent **entries;
    errno = ELOOP;
    int count = depth < DEPTH_LIMIT ? scandir(path, &entries, is_wanted, by_name) : -1;
    if (count < 0) {
        walk->fail(walk->context, path);
        return;
    }
    for (int i = 0; i < count; i++) {
        walk_entry(walk, path, entries[i]->d_name, root, depth);
        free(entries[i]);
    }
    free(entries);
}

void walk_files(const FileWalk *walk, const char *path) {
    struct stat status;
    if (stat(path, &status) < 0)
        walk->fail(walk->context, path);
    else if (S_ISDIR(status.st_mode))
        walk_folder(walk, path, strlen(path) + (path[strlen(path) - 1] != '/'), 0);
    else
        walk->visit(walk->context, path, path);
}
