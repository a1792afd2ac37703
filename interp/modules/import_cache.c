// import_cache.c — code of source files, kept as .pyc files beside them.
//
// A cache file is believed if it names the source's time and size, or its hash (PEP 552). It is
// written to a temporary file that then takes its name, so that no reader sees a part of it; that
// it cannot be written is no error.
#include "compiler/compile.h"
#include "modules/import_internal.h"
#include "objects/bytes.h"
#include "objects/str.h"
#include "objects/text.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

const char *path_encode(Thread *thread, Value path) {
    Value bytes = str_encode(thread, path, "utf-8", "surrogateescape");
    if (value_is_error(bytes)) return NULL;
    const Bytes *encoded = value_as_bytes(bytes);
    if (strlen((const char *)encoded->data) == encoded->length) return (const char *)encoded->data;
    raise_value_error(thread, "embedded null character");
    return NULL;
}

Value path_current_folder(Thread *thread) {
    char folder[PATH_MAX];
    if (!getcwd(folder, sizeof folder)) return raise_os_error(thread, errno, VALUE_ABSENT);
    return str_decode_utf8(thread, folder, strlen(folder), "surrogateescape");
}

Value path_make_absolute(Thread *thread, Value path) {
    const Str *text = value_as_str(path);
    if (text->length > 0 && str_at(text, 0) == '/') return path;
    Value folder = path_current_folder(thread);
    if (value_is_error(folder) || text->length == 0) return folder;
    const Str *folder_text = value_as_str(folder);
    bool is_root = str_at(folder_text, folder_text->length - 1) == '/';
    return str_format(thread, "%U%s%U", folder, is_root ? "" : "/", path);
}

// The index behind the last `character` in [0, end), 0 if there is none.
static size_t behind_last(const Str *text, size_t end, uint32_t character) {
    while (end > 0 && str_at(text, end - 1) != character) end--;
    return end;
}

static Value prefixed_folder(Thread *thread, Value prefix, Value folder) {
    folder = path_make_absolute(thread, folder);
    if (value_is_error(folder)) return folder;
    const Str *text = value_as_str(folder);
    size_t start = 0, end = text->length;
    while (start < end && str_at(text, start) == '/') start++;
    while (start < end && str_at(text, end - 1) == '/') end--;
    Value relative = str_substring(thread, folder, start, end);
    if (value_is_error(relative)) return relative;
    return str_format(thread, "%U/%U/", prefix, relative);
}

Value cache_path(Thread *thread, Value source_path) {
    const Str *path = value_as_str(source_path);
    size_t tail = behind_last(path, path->length, '/');
    size_t dot = behind_last(path, path->length, '.');
    size_t stem_end = dot > tail + 1 ? dot - 1 : path->length;
    Value stem = str_substring(thread, source_path, tail, stem_end);
    Value folder = str_substring(thread, source_path, 0, tail);
    if (value_is_error(stem) || value_is_error(folder)) return VALUE_ERROR;
    Value prefix = sys_get(thread, "pycache_prefix");
    if (value_is_str(prefix))
        folder = prefixed_folder(thread, prefix, folder);
    else
        folder = str_format(thread, "%U__pycache__/", folder);
    if (value_is_error(folder)) return folder;
    int optimize = thread->runtime->options.optimize;
    if (optimize == 0) return str_format(thread, "%U%U." PYC_CACHE_TAG ".pyc", folder, stem);
    return str_format(thread, "%U%U." PYC_CACHE_TAG ".opt-%d.pyc", folder, stem, optimize);
}

// Makes the folders that lead to a file.
static void make_folders(const char *path) {
    char folder[PATH_MAX];
    size_t length = strlen(path);
    if (length >= sizeof folder) return;
    for (size_t i = 1; i < length; i++) {
        if (path[i] != '/') continue;
        memcpy(folder, path, i);
        folder[i] = 0;
        (void)mkdir(folder, 0777);
    }
}

static bool write_all(int descriptor, const unsigned char *data, size_t size) {
    while (size > 0) {
        ssize_t written = write(descriptor, data, size);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        data += written;
        size -= (size_t)written;
    }
    return true;
}

// False with errno set; nothing is left behind then.
static bool write_atomically(const char *path, Value contents, mode_t mode) {
    char temporary[PATH_MAX];
    int length = snprintf(temporary, sizeof temporary, "%s.%ld", path, (long)getpid());
    if (length < 0 || (size_t)length >= sizeof temporary) {
        errno = ENAMETOOLONG;
        return false;
    }
    int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
    int descriptor = open(temporary, flags, mode & 0666);
    if (descriptor < 0 && errno == ENOENT) {
        make_folders(path);
        descriptor = open(temporary, flags, mode & 0666);
    }
    if (descriptor < 0) return false;
    const Bytes *bytes = value_as_bytes(contents);
    bool good = write_all(descriptor, bytes->data, bytes->length);
    int error = errno;
    if (close(descriptor) < 0 && good) {
        good = false;
        error = errno;
    }
    if (good && rename(temporary, path) == 0) return true;
    if (good) error = errno;
    (void)unlink(temporary);
    errno = error;
    return false;
}

// A source file, its text once it was needed, and the header that a valid cache file has.
typedef struct {
    Value name, path;
    const char *system_path;
    struct stat status;
    bool has_status;
    char *text; // malloc'ed
    size_t size;
    PycHeader header;
} Source;

static bool read_text(Thread *thread, Source *source) {
    if (source->text) return true;
    source->text = file_read(source->system_path, &source->size);
    if (!source->text) raise_os_error(thread, errno, source->path);
    return source->text != NULL;
}

static bool open_source(Thread *thread, Source *source, Value name, Value path) {
    *source = (Source){.name = name, .path = path};
    source->system_path = path_encode(thread, path);
    if (!source->system_path) return false;
    source->has_status = stat(source->system_path, &source->status) == 0;
    if (source->has_status) {
        source->header.mtime = (uint32_t)source->status.st_mtime;
        source->header.source_size = (uint32_t)source->status.st_size;
    }
    return true;
}

static bool hash_text(Thread *thread, Source *source) {
    if (!read_text(thread, source)) return false;
    pyc_source_hash(source->text, source->size, source->header.source_hash);
    return true;
}

// Is the cache file's header that of this source? 1, 0, -1 error.
static int is_valid(Thread *thread, Source *source, const PycHeader *found) {
    source->header.hash_based = found->hash_based;
    source->header.check_source = found->check_source;
    if (!found->hash_based)
        return found->mtime == source->header.mtime &&
               found->source_size == source->header.source_size;
    if (!found->check_source) return 1;
    if (!hash_text(thread, source)) return -1;
    return memcmp(found->source_hash, source->header.source_hash, PYC_HASH_SIZE) == 0;
}

// VALUE_ABSENT if the cache has nothing valid.
static Value get_cached(Thread *thread, Source *source, Value cached) {
    const char *path = path_encode(thread, cached);
    if (!path) return VALUE_ERROR;
    size_t size;
    char *data = file_read(path, &size);
    if (!data) return VALUE_ABSENT;
    PycHeader header;
    Value code = VALUE_ABSENT;
    const unsigned char *bytes = (const unsigned char *)data;
    if (pyc_read_header(thread, bytes, size, source->name, cached, &header)) {
        int valid = is_valid(thread, source, &header);
        if (valid < 0)
            code = VALUE_ERROR;
        else if (valid)
            code = pyc_read_code(thread, bytes, size, source->name, cached, source->path);
    } else if (!error_clear_if(thread, &exception_ImportError) &&
               !error_clear_if(thread, &exception_EOFError)) {
        code = VALUE_ERROR;
    }
    free(data);
    return code;
}

static Value compile_text(Thread *thread, Source *source) {
    if (!read_text(thread, source)) return VALUE_ERROR;
    return compile_source(thread, source->text, source->size, source->path, COMPILE_EXEC, 0, -1);
}

static bool may_write(Thread *thread) {
    Value forbidden = sys_get(thread, "dont_write_bytecode");
    if (value_is_absent(forbidden)) return true;
    int answer = object_is_true(thread, forbidden);
    if (answer < 0) error_clear(thread);
    return answer == 0;
}

// False with an OSError of errno, or MemoryError.
static bool write_cache(Thread *thread, Source *source, Value cached, Value code) {
    Value contents = pyc_write(thread, code, &source->header);
    const char *path = value_is_error(contents) ? NULL : path_encode(thread, cached);
    if (!path) return false;
    mode_t mode = source->has_status ? source->status.st_mode | S_IWUSR : 0666;
    if (write_atomically(path, contents, mode)) return true;
    raise_os_error(thread, errno, cached);
    return false;
}

static Value get_code(Thread *thread, Source *source, Value cached) {
    Value code = VALUE_ABSENT;
    if (source->has_status) code = get_cached(thread, source, cached);
    if (!value_is_absent(code)) return code;
    code = compile_text(thread, source);
    if (value_is_error(code) || !source->has_status || !may_write(thread)) return code;
    if (source->header.hash_based && !hash_text(thread, source)) return VALUE_ERROR;
    if (!write_cache(thread, source, cached, code) && !error_clear_if(thread, &exception_OSError))
        return VALUE_ERROR;
    return code;
}

Value source_code_get(Thread *thread, Value name, Value path) {
    Source source;
    Value cached = cache_path(thread, path);
    if (value_is_error(cached) || !open_source(thread, &source, name, path)) return VALUE_ERROR;
    Value code = get_code(thread, &source, cached);
    free(source.text);
    return code;
}

Value bytecode_code_get(Thread *thread, Value name, Value path) {
    const char *system_path = path_encode(thread, path);
    if (!system_path) return VALUE_ERROR;
    size_t size;
    char *data = file_read(system_path, &size);
    if (!data) return raise_os_error(thread, errno, path);
    PycHeader header;
    Value code = VALUE_ERROR;
    const unsigned char *bytes = (const unsigned char *)data;
    if (pyc_read_header(thread, bytes, size, name, path, &header))
        code = pyc_read_code(thread, bytes, size, name, path, VALUE_ABSENT);
    free(data);
    return code;
}

Value source_compile_to_cache(Thread *thread, Value path, PycHeader header) {
    Source source;
    Value cached = cache_path(thread, path);
    if (value_is_error(cached) || !open_source(thread, &source, path, path)) return VALUE_ERROR;
    source.header.hash_based = header.hash_based;
    source.header.check_source = header.check_source;
    Value code = compile_text(thread, &source);
    bool good = !value_is_error(code) && (!header.hash_based || hash_text(thread, &source)) &&
                write_cache(thread, &source, cached, code);
    free(source.text);
    return good ? cached : VALUE_ERROR;
}
