// byte_file.c — reading, writing, seeking and closing files of bytes; opening is file_open.c's,
// what Python sees byte_file_type.c's.
#include "modules/file_internal.h"
#include "runtime/errors.h"
#include "runtime/protocols.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER_SIZE = 32 << 10, LARGE_BUFFER = 1 << 20 };

Value raise_unsupported(Thread *thread, const char *message) {
    return raise_error(thread, &exception_UnsupportedOperation, "%s", message);
}

bool byte_file_check_open(Thread *thread, const ByteFile *file) {
    if (LIKELY(file->descriptor >= 0)) return true;
    raise_value_error(thread, "I/O operation on closed file.");
    return false;
}

static bool fail(Thread *thread) {
    raise_os_error(thread, errno, VALUE_ABSENT);
    return false;
}

static bool reserve(Thread *thread, ByteFile *file, size_t capacity) {
    if (file->capacity >= capacity) return true;
    char *grown = realloc(file->buffer, capacity);
    if (!grown) {
        raise_memory_error(thread);
        return false;
    }
    file->buffer = grown;
    file->capacity = capacity;
    return true;
}

// Writes all bytes; a signal that comes between is handled by Python and the rest goes on.
static bool write_all(Thread *thread, ByteFile *file, const char *bytes, size_t size) {
    while (size > 0) {
        ssize_t written = write(file->descriptor, bytes, size);
        if (written < 0 && errno == EINTR) {
            if (!thread_poll_if_needed(thread)) return false;
            continue;
        }
        if (written < 0) {
            file->broken_pipe = errno == EPIPE;
            return fail(thread);
        }
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

bool byte_file_flush(Thread *thread, ByteFile *file) {
    if (file->pending == 0) return true;
    // What cannot be written is dropped: a later flush would only fail again.
    size_t size = file->pending;
    file->pending = 0;
    return write_all(thread, file, file->buffer, size);
}

// Forgets what was read ahead, so that the descriptor's position is that of the file.
static bool drop_read_ahead(Thread *thread, ByteFile *file) {
    size_t ahead = file->end - file->start;
    file->start = file->end = 0;
    if (ahead == 0) return true;
    return lseek(file->descriptor, -(off_t)ahead, SEEK_CUR) >= 0 || errno == ESPIPE || fail(thread);
}

bool byte_file_fill(Thread *thread, ByteFile *file, bool *ended) {
    *ended = false;
    if (!byte_file_flush(thread, file)) return false;
    if (file->start > 0) {
        memmove(file->buffer, file->buffer + file->start, file->end - file->start);
        file->end -= file->start;
        file->start = 0;
    }
    if (file->end == 0 && file->capacity > LARGE_BUFFER) {
        free(file->buffer);
        file->buffer = NULL;
        file->capacity = 0;
    }
    size_t wanted = file->capacity > file->end ? file->capacity : 2 * file->capacity;
    if (!reserve(thread, file, wanted < BUFFER_SIZE ? BUFFER_SIZE : wanted)) return false;
    for (;;) {
        ssize_t got = read(file->descriptor, file->buffer + file->end, file->capacity - file->end);
        if (got >= 0) {
            file->end += (size_t)got;
            *ended = got == 0;
            return true;
        }
        if (errno != EINTR) return fail(thread);
        if (!thread_poll_if_needed(thread)) return false;
    }
}

bool byte_file_write(Thread *thread, ByteFile *file, const void *bytes, size_t size) {
    if (file->end > file->start && !drop_read_ahead(thread, file)) return false;
    if (file->unbuffered) return write_all(thread, file, bytes, size);
    if (file->capacity < BUFFER_SIZE && !reserve(thread, file, BUFFER_SIZE)) return false;
    if (size > file->capacity - file->pending) {
        if (!byte_file_flush(thread, file)) return false;
        if (size >= file->capacity) return write_all(thread, file, bytes, size);
    }
    memcpy(file->buffer + file->pending, bytes, size);
    file->pending += size;
    return true;
}

static bool close_descriptor(ByteFile *file) {
    int descriptor = file->descriptor;
    file->descriptor = -1;
    free(file->buffer);
    file->buffer = NULL;
    file->capacity = file->start = file->end = file->pending = 0;
    return !file->owns_descriptor || close(descriptor) == 0;
}

bool byte_file_close(Thread *thread, ByteFile *file) {
    if (file->descriptor < 0) return true;
    bool flushed = byte_file_flush(thread, file);
    bool closed = close_descriptor(file);
    return flushed && (closed || fail(thread));
}

// Type.release: no thread is at hand and nothing can be reported.
void byte_file_release(Heap *heap, Object *object) {
    (void)heap;
    ByteFile *file = (ByteFile *)object;
    if (file->descriptor < 0) return;
    const char *bytes = file->buffer;
    while (file->pending > 0) {
        ssize_t written = write(file->descriptor, bytes, file->pending);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) break;
        bytes += written;
        file->pending -= (size_t)written;
    }
    close_descriptor(file);
}

int64_t byte_file_tell(Thread *thread, ByteFile *file) {
    off_t position = lseek(file->descriptor, 0, SEEK_CUR);
    if (position < 0) return fail(thread) - 1;
    return (int64_t)position - (int64_t)(file->end - file->start) + (int64_t)file->pending;
}

int64_t byte_file_seek(Thread *thread, ByteFile *file, int64_t offset, int whence) {
    if (!byte_file_flush(thread, file) || !drop_read_ahead(thread, file)) return -1;
    off_t position = lseek(file->descriptor, offset, whence);
    return position < 0 ? fail(thread) - 1 : position;
}

int64_t byte_file_truncate(Thread *thread, ByteFile *file, int64_t size) {
    if (!byte_file_flush(thread, file)) return -1;
    if (size < 0 && (size = byte_file_tell(thread, file)) < 0) return -1;
    return ftruncate(file->descriptor, size) == 0 ? size : fail(thread) - 1;
}

bool byte_file_is_terminal(const ByteFile *file) {
    return file->descriptor >= 0 && isatty(file->descriptor);
}

bool byte_file_is_seekable(const ByteFile *file) {
    return lseek(file->descriptor, 0, SEEK_CUR) >= 0;
}
