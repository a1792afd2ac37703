// read_file.c — reading programs.
#include "main/read_file.h"
#include <errno.h>
#include <stdlib.h>

char *read_stream(FILE *file, size_t *size) {
    char *bytes = NULL;
    size_t capacity = 0;
    *size = 0;
    for (;;) {
        if (capacity - *size < 2) {
            capacity = capacity ? 2 * capacity : 1 << 16;
            char *grown = realloc(bytes, capacity);
            if (!grown) {
                free(bytes);
                errno = ENOMEM;
                return NULL;
            }
            bytes = grown;
        }
        size_t got = fread(bytes + *size, 1, capacity - *size - 1, file);
        *size += got;
        if (got) continue;
        if (ferror(file)) {
            int error = errno;
            free(bytes);
            errno = error ? error : EIO;
            return NULL;
        }
        bytes[*size] = 0;
        return bytes;
    }
}

char *read_file(const char *path, size_t *size) {
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    char *text = read_stream(file, size);
    int error = errno;
    fclose(file);
    errno = error;
    return text;
}
