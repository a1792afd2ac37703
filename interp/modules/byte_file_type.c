// byte_file_type.c — FileIO, BufferedReader, BufferedWriter and BufferedRandom as Python sees them.
//
// All share one table of methods: a file opened without a right raises io.UnsupportedOperation.
#include "modules/byte_file.h"
#include "modules/file_internal.h"
#include "objects/array.h"
#include "objects/bytes.h"
#include "objects/bytes_internal.h"
#include "objects/exception.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/str.h"
#include "runtime/protocols.h"
#include <stddef.h>

bool value_is_byte_file(Value value) {
    return value_has_shape(value, SHAPE_file_io) || value_has_shape(value, SHAPE_buffered_reader) ||
           value_has_shape(value, SHAPE_buffered_writer) ||
           value_has_shape(value, SHAPE_buffered_random);
}

static void trace_file(Marker *marker, Object *object) {
    mark_value(marker, ((ByteFile *)object)->name);
}

static bool check_readable(Thread *thread, const ByteFile *file) {
    if (!byte_file_check_open(thread, file)) return false;
    if (file->readable) return true;
    raise_unsupported(thread, file->unbuffered ? "File not open for reading" : "read");
    return false;
}

static bool check_writable(Thread *thread, const ByteFile *file) {
    if (!byte_file_check_open(thread, file)) return false;
    if (file->writable) return true;
    raise_unsupported(thread, file->unbuffered ? "File not open for writing" : "write");
    return false;
}

// Up to `limit` bytes (SIZE_MAX: all), taken from the buffer as they come.
static Value take(Thread *thread, ByteFile *file, size_t limit) {
    bool ended = false;
    while (file->end - file->start < limit && !ended)
        if (!byte_file_fill(thread, file, &ended)) return VALUE_ERROR;
    size_t size = file->end - file->start;
    if (size > limit) size = limit;
    Value bytes = bytes_new(thread, file->buffer ? file->buffer + file->start : "", size);
    if (!value_is_error(bytes)) file->start += size;
    return bytes;
}

// A size argument: absent, None and negative numbers mean everything.
bool file_read_limit(Thread *thread, Value argument, size_t *limit) {
    ssize_t size = -1;
    *limit = SIZE_MAX;
    if (value_is_absent(argument) || value_is_none(argument)) return true;
    if (!object_has_index(argument)) {
        raise_type_error(thread, "argument should be integer or None, not '%T'", argument);
        return false;
    }
    if (!object_as_ssize(thread, argument, &size)) return false;
    if (size >= 0) *limit = (size_t)size;
    return true;
}

static Value byte_file_py_read(Thread *thread, Value *args, int count) {
    (void)count;
    size_t limit;
    ByteFile *file = value_as_byte_file(args[0]);
    if (!check_readable(thread, file) || !file_read_limit(thread, args[1], &limit))
        return VALUE_ERROR;
    return take(thread, file, limit);
}

// At most one read of the system's: what is there.
static Value byte_file_py_read1(Thread *thread, Value *args, int count) {
    (void)count;
    size_t limit;
    ByteFile *file = value_as_byte_file(args[0]);
    if (!check_readable(thread, file) || !file_read_limit(thread, args[1], &limit))
        return VALUE_ERROR;
    bool ended;
    if (file->start == file->end && !byte_file_fill(thread, file, &ended)) return VALUE_ERROR;
    size_t present = file->end - file->start;
    return take(thread, file, limit < present ? limit : present);
}

static Value byte_file_py_peek(Thread *thread, Value *args, int count) {
    (void)count;
    ByteFile *file = value_as_byte_file(args[0]);
    if (!check_readable(thread, file)) return VALUE_ERROR;
    bool ended;
    if (file->start == file->end && !byte_file_fill(thread, file, &ended)) return VALUE_ERROR;
    return bytes_new(thread, file->buffer + file->start, file->end - file->start);
}

static Value read_line(Thread *thread, ByteFile *file, size_t limit) {
    size_t searched = 0;
    bool ended = false;
    for (;;) {
        size_t size = file->end - file->start;
        const char *newline =
            size > searched ? memchr(file->buffer + file->start + searched, '\n', size - searched)
                            : NULL;
        if (newline) size = (size_t)(newline - (file->buffer + file->start)) + 1;
        if (newline || ended || size >= limit)
            return take(thread, file, size < limit ? size : limit);
        searched = size;
        if (!byte_file_fill(thread, file, &ended)) return VALUE_ERROR;
    }
}

static Value byte_file_py_readline(Thread *thread, Value *args, int count) {
    (void)count;
    size_t limit;
    ByteFile *file = value_as_byte_file(args[0]);
    if (!check_readable(thread, file) || !file_read_limit(thread, args[1], &limit))
        return VALUE_ERROR;
    return read_line(thread, file, limit);
}

static Value next_line(Thread *thread, Value self) {
    ByteFile *file = value_as_byte_file(self);
    if (!check_readable(thread, file)) return VALUE_ERROR;
    Value line = read_line(thread, file, SIZE_MAX);
    return value_is_error(line) || value_as_bytes(line)->length ? line : VALUE_ABSENT;
}

static Value byte_file_py_readlines(Thread *thread, Value *args, int count) {
    (void)count;
    return file_read_lines(thread, args[0], args[1], next_line);
}

static Value byte_file_py_readinto(Thread *thread, Value *args, int count) {
    (void)count;
    ByteFile *file = value_as_byte_file(args[0]);
    if (!check_readable(thread, file)) return VALUE_ERROR;
    if (!value_is_bytearray(args[1]))
        return raise_type_error(
            thread, "readinto() argument must be read-write bytes-like object, not %T", args[1]);
    Bytearray *target = value_as_bytearray(args[1]);
    Value bytes = take(thread, file, target->length);
    if (value_is_error(bytes)) return bytes;
    size_t size = value_as_bytes(bytes)->length;
    if (size) memcpy(bytes_storage(args[1]), value_as_bytes(bytes)->data, size);
    return value_from_fixnum((int64_t)size);
}

static Value byte_file_py_write(Thread *thread, Value *args, int count) {
    (void)count;
    ByteFile *file = value_as_byte_file(args[0]);
    if (!check_writable(thread, file)) return VALUE_ERROR;
    const unsigned char *bytes;
    size_t size;
    if (!bytes_view(args[1], &bytes, &size))
        return raise_type_error(thread, "a bytes-like object is required, not '%T'", args[1]);
    return byte_file_write(thread, file, bytes, size) ? value_from_fixnum((int64_t)size)
                                                      : VALUE_ERROR;
}

Value file_py_writelines(Thread *thread, Value *args, int count) {
    (void)count;
    Value iterator = object_iterate(thread, args[1]);
    if (value_is_error(iterator)) return iterator;
    for (;;) {
        Value line = object_next(thread, iterator);
        if (value_is_absent(line)) return VALUE_NONE;
        if (value_is_error(line)) return line;
        line = object_call_method(thread, args[0], NAMES(thread)->write, &line, 1);
        if (value_is_error(line)) return line;
    }
}

Value file_read_lines(Thread *thread, Value self, Value hint, Value (*next)(Thread *, Value)) {
    size_t limit, total = 0;
    if (!file_read_limit(thread, hint, &limit)) return VALUE_ERROR;
    Value list = list_new(thread, 0);
    if (value_is_error(list)) return list;
    while (limit == 0 || total < limit) {
        Value line = next(thread, self);
        if (value_is_absent(line)) break;
        if (value_is_error(line) || !list_append(thread, value_as_list(list), line))
            return VALUE_ERROR;
        total += (size_t)object_length(thread, line);
    }
    return list;
}

static Value byte_file_py_flush(Thread *thread, Value *args, int count) {
    (void)count;
    ByteFile *file = value_as_byte_file(args[0]);
    if (!byte_file_check_open(thread, file) || !byte_file_flush(thread, file)) return VALUE_ERROR;
    return VALUE_NONE;
}

static Value byte_file_py_close(Thread *thread, Value *args, int count) {
    (void)count;
    return byte_file_close(thread, value_as_byte_file(args[0])) ? VALUE_NONE : VALUE_ERROR;
}

static Value byte_file_py_tell(Thread *thread, Value *args, int count) {
    (void)count;
    ByteFile *file = value_as_byte_file(args[0]);
    if (!byte_file_check_open(thread, file)) return VALUE_ERROR;
    int64_t position = byte_file_tell(thread, file);
    return position < 0 ? VALUE_ERROR : int_from_int64(thread, position);
}

static Value byte_file_py_seek(Thread *thread, Value *args, int count) {
    (void)count;
    ByteFile *file = value_as_byte_file(args[0]);
    int64_t offset, whence = 0;
    if (!byte_file_check_open(thread, file) || !object_as_int64(thread, args[1], &offset) ||
        (!value_is_absent(args[2]) && !object_as_int64(thread, args[2], &whence)))
        return VALUE_ERROR;
    if (whence < 0 || whence > 2)
        return raise_value_error(thread, "whence value %lld unsupported", (long long)whence);
    int64_t position = byte_file_seek(thread, file, offset, (int)whence);
    return position < 0 ? VALUE_ERROR : int_from_int64(thread, position);
}

static Value byte_file_py_truncate(Thread *thread, Value *args, int count) {
    (void)count;
    ByteFile *file = value_as_byte_file(args[0]);
    int64_t size = -1;
    if (!byte_file_check_open(thread, file)) return VALUE_ERROR;
    if (!file->writable) return raise_unsupported(thread, "truncate");
    if (!value_is_absent(args[1]) && !value_is_none(args[1]) &&
        !object_as_int64(thread, args[1], &size))
        return VALUE_ERROR;
    size = byte_file_truncate(thread, file, size);
    return size < 0 ? VALUE_ERROR : int_from_int64(thread, size);
}

static Value byte_file_py_fileno(Thread *thread, Value *args, int count) {
    (void)count;
    ByteFile *file = value_as_byte_file(args[0]);
    return byte_file_check_open(thread, file) ? value_from_fixnum(file->descriptor) : VALUE_ERROR;
}

static Value byte_file_py_isatty(Thread *thread, Value *args, int count) {
    (void)count;
    ByteFile *file = value_as_byte_file(args[0]);
    return byte_file_check_open(thread, file) ? value_from_bool(byte_file_is_terminal(file))
                                              : VALUE_ERROR;
}

static Value byte_file_py_readable(Thread *thread, Value *args, int count) {
    (void)count;
    ByteFile *file = value_as_byte_file(args[0]);
    return byte_file_check_open(thread, file) ? value_from_bool(file->readable) : VALUE_ERROR;
}

static Value byte_file_py_writable(Thread *thread, Value *args, int count) {
    (void)count;
    ByteFile *file = value_as_byte_file(args[0]);
    return byte_file_check_open(thread, file) ? value_from_bool(file->writable) : VALUE_ERROR;
}

static Value byte_file_py_seekable(Thread *thread, Value *args, int count) {
    (void)count;
    ByteFile *file = value_as_byte_file(args[0]);
    return byte_file_check_open(thread, file) ? value_from_bool(byte_file_is_seekable(file))
                                              : VALUE_ERROR;
}

static Value byte_file_py_enter(Thread *thread, Value *args, int count) {
    (void)count;
    return byte_file_check_open(thread, value_as_byte_file(args[0])) ? args[0] : VALUE_ERROR;
}

static Value iterate_file(Thread *thread, Value self) {
    return byte_file_check_open(thread, value_as_byte_file(self)) ? self : VALUE_ERROR;
}

static Value get_closed(Thread *thread, Value self) {
    (void)thread;
    return value_from_bool(value_as_byte_file(self)->descriptor < 0);
}

static Value get_mode(Thread *thread, Value self) {
    const ByteFile *file = value_as_byte_file(self);
    const char *mode = file->created     ? file->readable ? "xb+" : "xb"
                       : file->appending ? file->readable ? "ab+" : "ab"
                       : file->readable  ? file->writable ? "rb+" : "rb"
                                         : "wb";
    return str_intern_c(thread, mode);
}

static const MethodRow methods[] = {
    {"read", byte_file_py_read, "self, size=-1, /", "Read and return up to size bytes.", 0},
    {"read1", byte_file_py_read1, "self, size=-1, /",
     "Read and return up to size bytes, with at most one read() call to the underlying file.", 0},
    {"peek", byte_file_py_peek, "self, size=0, /", "Return buffered bytes without advancing.", 0},
    {"readline", byte_file_py_readline, "self, size=-1, /", "Read and return a line.", 0},
    {"readlines", byte_file_py_readlines, "self, hint=-1, /", "Return a list of lines.", 0},
    {"readinto", byte_file_py_readinto, "self, buffer, /", "Read bytes into buffer.", 0},
    {"write", byte_file_py_write, "self, buffer, /", "Write buffer and return the number of bytes.",
     0},
    {"writelines", file_py_writelines, "self, lines, /", "Write a list of lines.", 0},
    {"flush", byte_file_py_flush, "self, /", "Write out what is buffered.", 0},
    {"close", byte_file_py_close, "self, /", "Flush and close the file.", 0},
    {"tell", byte_file_py_tell, "self, /", "Return the position in bytes.", 0},
    {"seek", byte_file_py_seek, "self, target, whence=0, /", "Change the position.", 0},
    {"truncate", byte_file_py_truncate, "self, size=None, /", "Cut the file at size.", 0},
    {"fileno", byte_file_py_fileno, "self, /", "Return the file descriptor.", 0},
    {"isatty", byte_file_py_isatty, "self, /", "Is the file a terminal?", 0},
    {"readable", byte_file_py_readable, "self, /", "Was the file opened for reading?", 0},
    {"writable", byte_file_py_writable, "self, /", "Was the file opened for writing?", 0},
    {"seekable", byte_file_py_seekable, "self, /", "Can the position be changed?", 0},
    {"__enter__", byte_file_py_enter, "self, /", NULL, 0},
    {"__exit__", byte_file_py_close, "self, *exception", NULL, 0},
    {NULL, NULL, NULL, NULL, 0},
};
static const GetSetRow getsets[] = {
    {"closed", get_closed, NULL, NULL},
    {"mode", get_mode, NULL, NULL},
    {NULL, NULL, NULL, NULL},
};
static const MemberRow members[] = {
    {"name", offsetof(ByteFile, name), false, false, NULL},
    {NULL, 0, false, false, NULL},
};

static Value repr_buffered(Thread *thread, Value self) {
    return str_format(thread, "<%s name=%R>", type_of(self)->name, value_as_byte_file(self)->name);
}

static Value repr_file_io(Thread *thread, Value self) {
    const ByteFile *file = value_as_byte_file(self);
    if (file->descriptor < 0) return str_from_c(thread, "<_io.FileIO [closed]>");
    return str_format(thread, "<_io.FileIO name=%R mode='%U' closefd=%s>", file->name,
                      get_mode(thread, self), file->owns_descriptor ? "True" : "False");
}

#define BYTE_FILE_TYPE(shape, type_name, repr_function)                                            \
    {                                                                                              \
        TYPE_STATIC_HEADER(shape),                                                                 \
            .name = type_name, .basic_size = sizeof(ByteFile), .flags = TYPE_NO_NEW,               \
            .methods = methods, .getsets = getsets, .members = members, .trace = trace_file,       \
            .release = byte_file_release, .repr = repr_function, .iterate = iterate_file,          \
            .next = next_line                                                                      \
    }
Type file_io_type = BYTE_FILE_TYPE(file_io, "_io.FileIO", repr_file_io);
Type buffered_reader_type = BYTE_FILE_TYPE(buffered_reader, "_io.BufferedReader", repr_buffered);
Type buffered_writer_type = BYTE_FILE_TYPE(buffered_writer, "_io.BufferedWriter", repr_buffered);
Type buffered_random_type = BYTE_FILE_TYPE(buffered_random, "_io.BufferedRandom", repr_buffered);

Type exception_UnsupportedOperation = {
    .header = {.shape = SHAPE_type, .flags = OBJECT_STATIC},
    .name = "io.UnsupportedOperation",
    .base = &exception_OSError,
    .second_base = &exception_ValueError,
    .basic_size = sizeof(Exception),
    .extension_offset = offsetof(Exception, extension),
    .flags = TYPE_BASE | TYPE_EXCEPTION_SUBCLASS,
};

bool byte_files_initialize(Thread *thread) {
    return type_ready(thread, &file_io_type) && type_ready(thread, &buffered_reader_type) &&
           type_ready(thread, &buffered_writer_type) && type_ready(thread, &buffered_random_type) &&
           type_ready(thread, &exception_UnsupportedOperation);
}
