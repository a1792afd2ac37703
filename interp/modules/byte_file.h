// byte_file.h — files of bytes: what open() gives in binary mode, and what text files stand on.
//
// One struct serves FileIO and the three buffered types. Its buffer holds either bytes that were
// read ahead or bytes that are still to be written, never both. A file that dies without having
// been closed writes what it holds and closes its descriptor (the release callback).
#pragma once
#include "runtime/thread.h"

typedef struct {
    Object header;
    Value name;   // what open() was given; absent once it was deleted
    char *buffer; // malloc'ed; NULL until used
    size_t capacity;
    size_t start, end; // bytes read ahead: buffer[start..end)
    size_t pending;    // bytes to be written: buffer[0..pending)
    int descriptor;    // -1: closed
    bool readable, writable, created, appending;
    bool owns_descriptor, unbuffered, broken_pipe;
} ByteFile;
extern Type file_io_type, buffered_reader_type, buffered_writer_type, buffered_random_type;
extern Type exception_UnsupportedOperation; // io.UnsupportedOperation

bool value_is_byte_file(Value value);
ALWAYS_INLINE ByteFile *value_as_byte_file(Value value) {
    ASSERT(value_is_byte_file(value));
    return (ByteFile *)value_as_object(value);
}
// A mode as open() takes it, taken apart.
typedef struct {
    bool reading, writing, appending, creating, updating, text, binary;
} FileMode;
RAISES bool file_mode_parse(Thread *thread, Value mode, FileMode *parsed);
// Opens a path (str or bytes), or takes a descriptor (an int). type: one of the four above.
RAISES Value byte_file_open(Thread *thread, Type *type, Value file, const FileMode *mode,
                            bool close_descriptor, Value opener) RUNS_PYTHON;
// The file over a descriptor that is not closed with it.
RAISES Value byte_file_wrap(Thread *thread, int descriptor, const char *name, bool writing);

RAISES bool byte_file_check_open(Thread *thread, const ByteFile *file);
// Makes more bytes available behind those that were read ahead, at least one unless the file ends.
// False with an exception; *ended says that nothing more came.
RAISES bool byte_file_fill(Thread *thread, ByteFile *file, bool *ended);
RAISES bool byte_file_write(Thread *thread, ByteFile *file, const void *bytes, size_t size);
RAISES bool byte_file_flush(Thread *thread, ByteFile *file);
// Flushes and closes; the descriptor is closed even if the flush fails.
RAISES bool byte_file_close(Thread *thread, ByteFile *file);
// Position in bytes of what is read or written next; -1: error.
RAISES int64_t byte_file_tell(Thread *thread, ByteFile *file);
RAISES int64_t byte_file_seek(Thread *thread, ByteFile *file, int64_t offset, int whence);
RAISES int64_t byte_file_truncate(Thread *thread, ByteFile *file, int64_t size);
bool byte_file_is_terminal(const ByteFile *file);
bool byte_file_is_seekable(const ByteFile *file);
COLD Value raise_unsupported(Thread *thread, const char *message);
RAISES bool byte_files_initialize(Thread *thread);
