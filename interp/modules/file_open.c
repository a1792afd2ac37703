// file_open.c — builtins.open: modes, descriptors, and which class of file stands for what was
// asked.
#include "modules/file_internal.h"
#include "modules/modules.h"
#include "objects/bytes.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/text.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool set_mode_flag(FileMode *mode, uint32_t letter) {
    bool *flag;
    switch (letter) {
    case 'r': flag = &mode->reading; break;
    case 'w': flag = &mode->writing; break;
    case 'a': flag = &mode->appending; break;
    case 'x': flag = &mode->creating; break;
    case '+': flag = &mode->updating; break;
    case 't': flag = &mode->text; break;
    case 'b': flag = &mode->binary; break;
    default: return false;
    }
    if (*flag) return false;
    return *flag = true;
}

bool file_mode_parse(Thread *thread, Value value, FileMode *mode) {
    *mode = (FileMode){0};
    const Str *text = value_as_str(value);
    for (size_t i = 0; i < text->length; i++)
        if (!set_mode_flag(mode, str_at(text, i))) {
            raise_value_error(thread, "invalid mode: '%U'", value);
            return false;
        }
    int count = mode->reading + mode->writing + mode->appending + mode->creating;
    const char *problem = NULL;
    if (mode->text && mode->binary)
        problem = "can't have text and binary mode at once";
    else if (count > 1)
        problem = "must have exactly one of create/read/write/append mode";
    else if (count == 0)
        problem = "Must have exactly one of create/read/write/append mode and at most one plus";
    if (problem) raise_value_error(thread, "%s", problem);
    return !problem;
}

static int open_flags(const FileMode *mode) {
    int access = mode->updating ? O_RDWR : mode->reading ? O_RDONLY : O_WRONLY;
    if (mode->writing) access |= O_CREAT | O_TRUNC;
    if (mode->appending) access |= O_CREAT | O_APPEND;
    if (mode->creating) access |= O_CREAT | O_EXCL;
    return access | O_CLOEXEC;
}

// A path as zero-terminated bytes; NULL with TypeError or ValueError.
static const char *path_text(Thread *thread, Value path) {
    size_t size;
    const char *text;
    if (value_is_bytes(path)) {
        text = (const char *)value_as_bytes(path)->data;
        size = value_as_bytes(path)->length;
    } else {
        Value bytes = str_encode(thread, path, "utf-8", "surrogateescape");
        if (value_is_error(bytes)) return NULL;
        text = (const char *)value_as_bytes(bytes)->data;
        size = value_as_bytes(bytes)->length;
    }
    if (strlen(text) == size) return text;
    raise_value_error(thread, "embedded null byte");
    return NULL;
}

// The descriptor of a path; -1 with an exception. Directories cannot be opened.
static int open_path(Thread *thread, Value path, const FileMode *mode, Value opener) {
    if (!value_is_absent(opener) && !value_is_none(opener)) {
        Value descriptor = object_call2(thread, opener, path, value_from_fixnum(open_flags(mode)));
        int64_t number;
        if (value_is_error(descriptor) || !object_as_int64(thread, descriptor, &number)) return -1;
        if (number < 0) raise_value_error(thread, "opener returned %lld", (long long)number);
        return number < 0 ? -1 : (int)number;
    }
    const char *text = path_text(thread, path);
    if (!text) return -1;
    int descriptor;
    while ((descriptor = open(text, open_flags(mode), 0666)) < 0 && errno == EINTR)
        if (!thread_poll_if_needed(thread)) return -1;
    if (descriptor < 0) raise_os_error(thread, errno, path);
    return descriptor;
}

static bool refuse_directory(Thread *thread, int descriptor, Value file) {
    struct stat status;
    bool failed = fstat(descriptor, &status) < 0;
    if (failed)
        raise_os_error(thread, errno, VALUE_ABSENT);
    else if (S_ISDIR(status.st_mode))
        raise_os_error(thread, EISDIR, file);
    else
        return true;
    return false;
}

static Value new_byte_file(Thread *thread, Type *type, Value name, int descriptor,
                           const FileMode *mode, bool owns) {
    ByteFile *file = (ByteFile *)type_allocate(thread, type, 0);
    if (!file) {
        if (owns) close(descriptor);
        return VALUE_ERROR;
    }
    file->name = name;
    file->descriptor = descriptor;
    file->readable = mode->reading || mode->updating;
    file->writable = !mode->reading || mode->updating;
    file->created = mode->creating;
    file->appending = mode->appending;
    file->owns_descriptor = owns;
    file->unbuffered = type == &file_io_type;
    return value_from_object(file);
}

Value byte_file_open(Thread *thread, Type *type, Value file, const FileMode *mode,
                     bool close_descriptor, Value opener) {
    int descriptor;
    bool is_path = value_is_str(file) || value_is_bytes(file);
    if (is_path) {
        if (!close_descriptor)
            return raise_value_error(thread, "Cannot use closefd=False with file name");
        descriptor = open_path(thread, file, mode, opener);
        if (descriptor < 0) return VALUE_ERROR;
    } else {
        int64_t number;
        if (!object_as_int64(thread, file, &number)) return VALUE_ERROR;
        if (number < 0) return raise_value_error(thread, "negative file descriptor");
        descriptor = (int)number;
    }
    if (!refuse_directory(thread, descriptor, file)) {
        if (is_path) close(descriptor);
        return VALUE_ERROR;
    }
    if (mode->appending) lseek(descriptor, 0, SEEK_END);
    return new_byte_file(thread, type, file, descriptor, mode, close_descriptor);
}

Value byte_file_wrap(Thread *thread, int descriptor, const char *name, bool writing) {
    Value text = str_intern_c(thread, name);
    if (value_is_error(text)) return text;
    FileMode mode = {.reading = !writing, .writing = writing};
    return new_byte_file(thread, writing ? &buffered_writer_type : &buffered_reader_type, text,
                         descriptor, &mode, false);
}

// A path-like object becomes what its __fspath__ gives.
static Value resolve_path(Thread *thread, Value file) {
    if (value_is_str(file) || value_is_bytes(file) || value_is_int(file)) return file;
    Value name = str_intern_c(thread, "__fspath__");
    Value method = value_is_error(name) ? name : object_find_special(thread, file, name);
    if (value_is_error(method)) return method;
    if (value_is_absent(method)) {
        if (object_has_index(file)) return object_index(thread, file);
        return raise_type_error(thread, "expected str, bytes or os.PathLike object, not %T", file);
    }
    Value path = object_call0(thread, method);
    if (value_is_error(path) || value_is_str(path) || value_is_bytes(path)) return path;
    return raise_type_error(thread, "expected %T.__fspath__() to return str or bytes, not %T", file,
                            path);
}

// An optional text argument: false with TypeError; *value is absent for None.
static bool check_text(Thread *thread, Value *value, const char *name) {
    if (value_is_absent(*value) || value_is_none(*value)) {
        *value = VALUE_ABSENT;
        return true;
    }
    if (value_is_str(*value)) return true;
    raise_type_error(thread, "open() argument '%s' must be str or None, not %T", name, *value);
    return false;
}

// The arguments of open().
typedef struct {
    Value file, mode_text, encoding, errors, newline, opener;
    FileMode mode;
    int64_t buffering;
    bool close_descriptor;
} Request;

static bool check_binary(Thread *thread, const Request *request) {
    const char *extra = !value_is_absent(request->encoding)  ? "n encoding"
                        : !value_is_absent(request->errors)  ? "n errors"
                        : !value_is_absent(request->newline) ? " newline"
                                                             : NULL;
    if (request->mode.binary && extra)
        raise_value_error(thread, "binary mode doesn't take a%s argument", extra);
    else if (!request->mode.binary && request->buffering == 0)
        raise_value_error(thread, "can't have unbuffered text I/O");
    else
        return true;
    return false;
}

static bool read_request(Thread *thread, const Value *args, Request *request) {
    *request = (Request){.file = resolve_path(thread, args[0]),
                         .mode_text = args[1],
                         .encoding = args[3],
                         .errors = args[4],
                         .newline = args[5],
                         .opener = args[7],
                         .buffering = -1,
                         .close_descriptor = true};
    if (value_is_error(request->file)) return false;
    if (value_is_absent(args[1])) request->mode_text = str_intern_c(thread, "r");
    if (!value_is_str(request->mode_text)) {
        raise_type_error(thread, "open() argument 'mode' must be str, not %K", request->mode_text);
        return false;
    }
    if (!value_is_absent(args[2]) && !object_as_int64(thread, args[2], &request->buffering))
        return false;
    int close_it = value_is_absent(args[6]) ? 1 : object_is_true(thread, args[6]);
    request->close_descriptor = close_it;
    return close_it >= 0 && check_text(thread, &request->encoding, "encoding") &&
           check_text(thread, &request->errors, "errors") &&
           check_text(thread, &request->newline, "newline") &&
           file_mode_parse(thread, request->mode_text, &request->mode) &&
           check_binary(thread, request);
}

static Type *choose_type(const Request *request) {
    if (request->buffering == 0) return &file_io_type;
    if (request->mode.updating) return &buffered_random_type;
    return request->mode.reading ? &buffered_reader_type : &buffered_writer_type;
}

Value text_file_open(Thread *thread, Value *args, int count) {
    (void)count;
    Request request;
    Newlines newlines;
    if (!read_request(thread, args, &request) ||
        !newlines_parse(thread, request.newline, &newlines))
        return VALUE_ERROR;
    Value buffer = byte_file_open(thread, choose_type(&request), request.file, &request.mode,
                                  request.close_descriptor, request.opener);
    if (value_is_error(buffer) || request.mode.binary) return buffer;
    bool line_buffered =
        request.buffering == 1 ||
        (request.buffering < 0 && byte_file_is_terminal(value_as_byte_file(buffer)));
    Value file = text_file_new(thread, buffer, request.encoding, request.errors, newlines,
                               request.mode_text, line_buffered);
    if (value_is_error(file)) {
        Value pending = error_take(thread);
        if (!byte_file_close(thread, value_as_byte_file(buffer))) error_clear(thread);
        error_restore(thread, pending);
    }
    return file;
}
