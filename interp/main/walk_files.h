// walk_files.h — the Python sources below a folder.
#pragma once

typedef struct {
    // A source: its path, and what comes after the folder that was asked for (the path itself if a
    // file was).
    void (*visit)(void *context, const char *path, const char *name);
    // What cannot be looked at; errno says why.
    void (*fail)(void *context, const char *path);
    void *context;
} FileWalk;

// Visits a file whatever its name, or every .py file below a folder in the order of the paths,
// those of __pycache__ and hidden folders excepted.
void walk_files(const FileWalk *walk, const char *path);
