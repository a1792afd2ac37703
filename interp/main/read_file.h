// read_file.h — whole files in memory.
#pragma once
#include <stddef.h>
#include <stdio.h>

// What is left of a file, and the file of that name: malloc'ed, ended by a NUL that *size does not
// count; NULL with errno set.
char *read_stream(FILE *file, size_t *size);
char *read_file(const char *path, size_t *size);
