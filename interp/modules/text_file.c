// text_file.c — TextIOWrapper: files of text, among them sys.stdin, sys.stdout and sys.stderr.
//
// A text file keeps no text of its own: it finds line ends and character boundaries in the bytes
// that its byte file has read ahead and decodes exactly what it hands out; what is written is
// encoded at once into the byte file's buffer. So positions are byte positions and nothing is lost
// at exit. Encodings are those in which a line end is the byte it is in ASCII.
#include "base/utf8.h"
#include "modules/file_internal.h"
#include "modules/modules.h"
#include "objects/bytes.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/text.h"
#include "objects/tuple.h"
#include <stddef.h>
#include <unistd.h>

typedef enum { ENCODING_UTF8, ENCODING_ASCII, ENCODING_LATIN1 } Encoding;

typedef struct {
    Object header;
    Value buffer;       // the byte file
    Value encoding;     // as it was asked for
    Value errors, mode; // str
    Encoding codec;
    Newlines newlines;
    unsigned seen; // line ends met: SEEN_*
    bool line_buffered, has_signature, signature_pending;
} TextFile;
enum { SEEN_CR = 1, SEEN_LF = 2, SEEN_CRLF = 4 };
static Type text_file_type;

static TextFile *as_text_file(Value value) { return (TextFile *)value_as_object(value); }

static ByteFile *bytes_of(const TextFile *file) { return value_as_byte_file(file->buffer); }

static void trace_text_file(Marker *marker, Object *object) {
    mark_values(marker, &((TextFile *)object)->buffer, 4);
}

// Opening

static bool parse_encoding(Thread *thread, TextFile *file, Value name) {
    static const struct {
        const char *name;
        Encoding codec;
        bool signature;
    } rows[] = {
        {"utf-8", ENCODING_UTF8, false},       {"utf8", ENCODING_UTF8, false},
        {"u8", ENCODING_UTF8, false},          {"locale", ENCODING_UTF8, false},
        {"utf-8-sig", ENCODING_UTF8, true},    {"ascii", ENCODING_ASCII, false},
        {"us-ascii", ENCODING_ASCII, false},   {"646", ENCODING_ASCII, false},
        {"latin-1", ENCODING_LATIN1, false},   {"latin1", ENCODING_LATIN1, false},
        {"l1", ENCODING_LATIN1, false},        {"iso-8859-1", ENCODING_LATIN1, false},
        {"iso8859-1", ENCODING_LATIN1, false},
    };
    char text[24] = "";
    const Str *str = value_as_str(name);
    for (size_t i = 0; i < str->length && str->length < sizeof text; i++) {
        uint32_t c = str_at(str, i);
        text[i] = (char)(c >= 'A' && c <= 'Z'   ? c + 32
                         : c == '_' || c == ' ' ? '-'
                         : c < 128              ? c
                                                : '?');
    }
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (strcmp(text, rows[i].name) != 0) continue;
        file->codec = rows[i].codec;
        file->has_signature = file->signature_pending = rows[i].signature;
        return true;
    }
    raise_error(thread, &exception_LookupError, "unknown encoding: %U", name);
    return false;
}

bool newlines_parse(Thread *thread, Value argument, Newlines *newlines) {
    static const char *const texts[] = {[NEWLINES_UNTRANSLATED] = "",
                                        [NEWLINES_LF] = "\n",
                                        [NEWLINES_CR] = "\r",
                                        [NEWLINES_CRLF] = "\r\n"};
    *newlines = NEWLINES_UNIVERSAL;
    if (value_is_absent(argument) || value_is_none(argument)) return true;
    if (!value_is_str(argument)) {
        raise_type_error(thread, "open() argument 'newline' must be str or None, not %T", argument);
        return false;
    }
    for (Newlines i = NEWLINES_UNTRANSLATED; i <= NEWLINES_CRLF; i++)
        if (str_equals_c(value_as_str(argument), texts[i])) {
            *newlines = i;
            return true;
        }
    raise_value_error(thread, "illegal newline value: %U", argument);
    return false;
}

Value text_file_new(Thread *thread, Value buffer, Value encoding, Value errors, Newlines newlines,
                    Value mode, bool line_buffered) {
    TextFile *file = (TextFile *)type_allocate(thread, &text_file_type, 0);
    if (!file) return VALUE_ERROR;
    file->buffer = buffer;
    file->encoding = value_is_absent(encoding) ? str_intern_c(thread, "UTF-8") : encoding;
    file->errors = value_is_absent(errors) ? NAMES(thread)->strict : errors;
    file->mode = mode;
    file->newlines = newlines;
    file->line_buffered = line_buffered;
    if (value_is_error(file->encoding) || !parse_encoding(thread, file, file->encoding))
        return VALUE_ERROR;
    return value_from_object(file);
}

Value text_file_from_descriptor(Thread *thread, int descriptor, const char *name, const char *mode,
                                bool line_buffered) {
    Value buffer = byte_file_wrap(thread, descriptor, name, mode[0] == 'w');
    Value encoding = str_intern_c(thread, "utf-8");
    Value errors =
        str_intern_c(thread, descriptor == STDERR_FILENO ? "backslashreplace" : "strict");
    Value mode_text = str_intern_c(thread, mode);
    if (value_is_error(buffer) || value_is_error(encoding) || value_is_error(errors) ||
        value_is_error(mode_text))
        return VALUE_ERROR;
    return text_file_new(thread, buffer, encoding, errors, NEWLINES_UNIVERSAL, mode_text,
                         line_buffered);
}

// Checks

static bool check_open(Thread *thread, const TextFile *file) {
    return byte_file_check_open(thread, bytes_of(file));
}

static const char *errors_text(Thread *thread, const TextFile *file) {
    return str_as_utf8(thread, file->errors, &(size_t){0});
}

static const char *codec_name(const TextFile *file) {
    static const char *const names[] = {
        [ENCODING_UTF8] = "utf-8", [ENCODING_ASCII] = "ascii", [ENCODING_LATIN1] = "latin-1"};
    return names[file->codec];
}

// Reading

static bool check_readable(Thread *thread, TextFile *file) {
    ByteFile *bytes = bytes_of(file);
    if (!byte_file_check_open(thread, bytes)) return false;
    if (!bytes->readable) {
        raise_unsupported(thread, "not readable");
        return false;
    }
    if (!file->signature_pending) return true;
    file->signature_pending = false;
    bool ended = false;
    while (bytes->end - bytes->start < 3 && !ended)
        if (!byte_file_fill(thread, bytes, &ended)) return false;
    if (bytes->end - bytes->start >= 3 &&
        memcmp(bytes->buffer + bytes->start, "\xef\xbb\xbf", 3) == 0)
        bytes->start += 3;
    return true;
}

// The text of the next `size` bytes, which are then used up together with `skipped` more.
static Value decode(Thread *thread, TextFile *file, size_t size, size_t skipped) {
    ByteFile *bytes = bytes_of(file);
    const char *errors = errors_text(thread, file), *start = bytes->buffer + bytes->start;
    if (!errors) return VALUE_ERROR;
    if (size == 0) start = "";
    Value text = file->codec == ENCODING_UTF8 ? str_decode_utf8(thread, start, size, errors)
                                              : str_decode(thread, (const unsigned char *)start,
                                                           size, codec_name(file), errors);
    if (!value_is_error(text)) bytes->start += size + skipped;
    return text;
}

static bool translates(const TextFile *file) { return file->newlines == NEWLINES_UNIVERSAL; }

// Makes the \r and \r\n among the next `size` bytes \n. Result: the bytes that are left; the freed
// ones lie behind them.
static size_t translate(TextFile *file, size_t size) {
    ByteFile *bytes = bytes_of(file);
    char *start = bytes->buffer + bytes->start;
    if (!translates(file) || size == 0 || !memchr(start, '\r', size)) {
        if (size && memchr(start, '\n', size)) file->seen |= SEEN_LF;
        return size;
    }
    size_t to = 0;
    for (size_t from = 0; from < size; from++) {
        char c = start[from];
        if (c == '\n') file->seen |= SEEN_LF;
        if (c == '\r') {
            bool pair = from + 1 < size && start[from + 1] == '\n';
            file->seen |= pair ? SEEN_CRLF : SEEN_CR;
            from += pair;
            c = '\n';
        }
        start[to++] = c;
    }
    return to;
}

static Value decode_translated(Thread *thread, TextFile *file, size_t size) {
    size_t left = translate(file, size);
    return decode(thread, file, left, size - left);
}

// Bytes of the next characters: stops after `limit` of them, behind a line end if `line`, or at the
// end of the file. A \r\n that is to be translated counts as one.
typedef struct {
    size_t size;
    size_t characters;
    bool ended;
} Span;

static bool is_continuation(const TextFile *file, char byte) {
    return file->codec == ENCODING_UTF8 && (byte & 0xc0) == 0x80;
}

// Makes buffer[start + offset] available; *ended if there is none.
static bool need_byte(Thread *thread, ByteFile *bytes, size_t offset, bool *ended) {
    *ended = false;
    while (bytes->end - bytes->start <= offset && !*ended)
        if (!byte_file_fill(thread, bytes, ended)) return false;
    return true;
}

// Is there a line end before `span->size`, by this file's idea of one? `byte` is the last of them.
static bool ends_line(Thread *thread, TextFile *file, Span *span, char byte, bool *error) {
    ByteFile *bytes = bytes_of(file);
    const char *start = bytes->buffer + bytes->start;
    switch (file->newlines) {
    case NEWLINES_LF: return byte == '\n';
    case NEWLINES_CR: return byte == '\r';
    case NEWLINES_CRLF: return byte == '\n' && span->size > 1 && start[span->size - 2] == '\r';
    default: break;
    }
    if (byte == '\n') return true;
    if (byte != '\r') return false;
    bool ended;
    if (!need_byte(thread, bytes, span->size, &ended))
        *error = true;
    else if (!ended && bytes->buffer[bytes->start + span->size] == '\n') {
        span->size++;
        if (!translates(file)) span->characters++;
    }
    return true;
}

// The plain bytes from span->size on that need no look of their own, up to the line's or data's
// end.
static size_t plain_run(const TextFile *file, const Span *span, size_t limit) {
    const ByteFile *bytes = bytes_of(file);
    const char *start = bytes->buffer + bytes->start;
    size_t size = bytes->end - bytes->start, at = span->size;
    size_t most = limit - span->characters < size - at ? at + (limit - span->characters) : size;
    while (at < most && start[at] != '\n' && start[at] != '\r' && (unsigned char)start[at] < 0x80)
        at++;
    return at - span->size;
}

static bool measure(Thread *thread, TextFile *file, size_t limit, bool line, Span *span) {
    ByteFile *bytes = bytes_of(file);
    *span = (Span){0};
    bool error = false;
    if (limit == 0) return true;
    while (!error) {
        bool ended;
        if (!need_byte(thread, bytes, span->size, &ended)) return false;
        if (ended) {
            span->ended = true;
            return true;
        }
        size_t run = plain_run(file, span, limit);
        span->size += run;
        span->characters += run;
        if (run && span->characters >= limit) return true; // without waiting for one more byte
        if (bytes->end - bytes->start == span->size) continue;
        char byte = bytes->buffer[bytes->start + span->size];
        bool continuation = is_continuation(file, byte);
        if (span->characters >= limit && !continuation) return true;
        span->size++;
        span->characters += !continuation;
        bool is_end = (byte == '\n' || byte == '\r') && ends_line(thread, file, span, byte, &error);
        if (is_end && line) return !error;
    }
    return false;
}

static Value read_all(Thread *thread, TextFile *file) {
    ByteFile *bytes = bytes_of(file);
    bool ended = false;
    while (!ended)
        if (!byte_file_fill(thread, bytes, &ended)) return VALUE_ERROR;
    return decode_translated(thread, file, bytes->end - bytes->start);
}

static Value read_line(Thread *thread, TextFile *file, size_t limit) {
    Span span;
    if (!measure(thread, file, limit, true, &span)) return VALUE_ERROR;
    return decode_translated(thread, file, span.size);
}

static Value text_file_py_read(Thread *thread, Value *args, int count) {
    (void)count;
    TextFile *file = as_text_file(args[0]);
    size_t limit;
    if (!check_readable(thread, file) || !file_read_limit(thread, args[1], &limit))
        return VALUE_ERROR;
    if (limit == SIZE_MAX) return read_all(thread, file);
    Span span;
    if (!measure(thread, file, limit, false, &span)) return VALUE_ERROR;
    return decode_translated(thread, file, span.size);
}

static Value text_file_py_readline(Thread *thread, Value *args, int count) {
    (void)count;
    TextFile *file = as_text_file(args[0]);
    size_t limit;
    if (!check_readable(thread, file) || !file_read_limit(thread, args[1], &limit))
        return VALUE_ERROR;
    return read_line(thread, file, limit);
}

static Value next_line(Thread *thread, Value self) {
    TextFile *file = as_text_file(self);
    if (!check_readable(thread, file)) return VALUE_ERROR;
    Value line = read_line(thread, file, SIZE_MAX);
    return value_is_error(line) || value_as_str(line)->length ? line : VALUE_ABSENT;
}

static Value text_file_py_readlines(Thread *thread, Value *args, int count) {
    (void)count;
    return file_read_lines(thread, args[0], args[1], next_line);
}

// Writing

static bool write_utf8(Thread *thread, ByteFile *bytes, const Str *text) {
    enum { CHUNK = 1024 };
    char encoded[CHUNK * UTF8_MAX_BYTES];
    for (size_t at = 0; at < text->length; at += CHUNK) {
        size_t count = text->length - at < CHUNK ? text->length - at : CHUNK;
        const char *start = (const char *)str_data(text) + at * str_kind(text);
        size_t size = utf8_encoded_size(start, str_kind(text), count);
        utf8_encode(start, str_kind(text), count, UTF8_STRICT, encoded);
        if (!byte_file_write(thread, bytes, encoded, size)) return false;
    }
    return true;
}

static bool write_encoded(Thread *thread, TextFile *file, Value value) {
    const Str *text = value_as_str(value);
    ByteFile *bytes = bytes_of(file);
    if (str_is_ascii(text)) return byte_file_write(thread, bytes, str_data(text), text->length);
    if (file->codec == ENCODING_UTF8 &&
        utf8_find_surrogate(str_data(text), str_kind(text), text->length) == text->length)
        return write_utf8(thread, bytes, text);
    const char *errors = errors_text(thread, file);
    Value encoded = errors ? str_encode(thread, value, codec_name(file), errors) : VALUE_ERROR;
    if (value_is_error(encoded)) return false;
    return byte_file_write(thread, bytes, value_as_bytes(encoded)->data,
                           value_as_bytes(encoded)->length);
}

// \n as the file's line end.
static Value with_line_ends(Thread *thread, const TextFile *file, Value text) {
    if (file->newlines != NEWLINES_CR && file->newlines != NEWLINES_CRLF) return text;
    Value args[] = {NAMES(thread)->newline,
                    str_intern_c(thread, file->newlines == NEWLINES_CR ? "\r" : "\r\n")};
    return value_is_error(args[1])
               ? args[1]
               : object_call_method(thread, text, NAMES(thread)->replace, args, 2);
}

static bool has_line_end(const Str *text) {
    if (str_kind(text) == 1)
        return memchr(str_data(text), '\n', text->length) ||
               memchr(str_data(text), '\r', text->length);
    for (size_t i = 0; i < text->length; i++)
        if (str_at(text, i) == '\n' || str_at(text, i) == '\r') return true;
    return false;
}

static bool write_text(Thread *thread, TextFile *file, Value text) {
    ByteFile *bytes = bytes_of(file);
    if (!byte_file_check_open(thread, bytes)) return false;
    if (!bytes->writable) {
        raise_unsupported(thread, "not writable");
        return false;
    }
    if (file->signature_pending) {
        file->signature_pending = false;
        int64_t position = byte_file_is_seekable(bytes) ? byte_file_tell(thread, bytes) : 0;
        if (position < 0 || (position == 0 && !byte_file_write(thread, bytes, "\xef\xbb\xbf", 3)))
            return false;
    }
    Value translated = with_line_ends(thread, file, text);
    if (value_is_error(translated) || !write_encoded(thread, file, translated)) return false;
    return !file->line_buffered || !has_line_end(value_as_str(text)) ||
           byte_file_flush(thread, bytes);
}

static Value text_file_py_write(Thread *thread, Value *args, int count) {
    (void)count;
    if (!value_is_str(args[1]))
        return raise_type_error(thread, "write() argument must be str, not %K", args[1]);
    if (!write_text(thread, as_text_file(args[0]), args[1])) return VALUE_ERROR;
    return value_from_fixnum((int64_t)value_as_str(args[1])->length);
}

bool stream_write(Thread *thread, Value file, Value text) {
    if (LIKELY(value_has_shape(file, SHAPE_text_file)))
        return write_text(thread, as_text_file(file), text);
    return !value_is_error(object_call_method(thread, file, NAMES(thread)->write, &text, 1));
}

bool stream_flush(Thread *thread, Value file) {
    if (value_has_shape(file, SHAPE_text_file)) {
        ByteFile *bytes = bytes_of(as_text_file(file));
        return bytes->descriptor < 0 || byte_file_flush(thread, bytes);
    }
    return !value_is_error(object_call_method(thread, file, NAMES(thread)->flush, NULL, 0));
}

// Position

static Value text_file_py_tell(Thread *thread, Value *args, int count) {
    (void)count;
    TextFile *file = as_text_file(args[0]);
    if (!check_open(thread, file)) return VALUE_ERROR;
    int64_t position = byte_file_tell(thread, bytes_of(file));
    return position < 0 ? VALUE_ERROR : int_from_int64(thread, position);
}

static Value text_file_py_seek(Thread *thread, Value *args, int count) {
    (void)count;
    TextFile *file = as_text_file(args[0]);
    int64_t offset, whence = 0;
    if (!check_open(thread, file) || !object_as_int64(thread, args[1], &offset) ||
        (!value_is_absent(args[2]) && !object_as_int64(thread, args[2], &whence)))
        return VALUE_ERROR;
    if (!byte_file_is_seekable(bytes_of(file)))
        return raise_unsupported(thread, "underlying stream is not seekable");
    if (whence < 0 || whence > 2)
        return raise_value_error(thread, "invalid whence (%lld, should be 0, 1 or 2)",
                                 (long long)whence);
    if (whence == 1 && offset != 0)
        return raise_unsupported(thread, "can't do nonzero cur-relative seeks");
    if (whence == 2 && offset != 0)
        return raise_unsupported(thread, "can't do nonzero end-relative seeks");
    if (offset < 0)
        return raise_value_error(thread, "negative seek position %lld", (long long)offset);
    if (whence == 1) return text_file_py_tell(thread, args, 1);
    int64_t position = byte_file_seek(thread, bytes_of(file), offset, (int)whence);
    if (position < 0) return VALUE_ERROR;
    file->signature_pending = file->has_signature && position == 0;
    return int_from_int64(thread, position);
}

static Value text_file_py_truncate(Thread *thread, Value *args, int count) {
    (void)count;
    TextFile *file = as_text_file(args[0]);
    int64_t size = -1;
    if (!check_open(thread, file)) return VALUE_ERROR;
    if (!bytes_of(file)->writable) return raise_unsupported(thread, "not writable");
    if (!value_is_absent(args[1]) && !value_is_none(args[1]) &&
        !object_as_int64(thread, args[1], &size))
        return VALUE_ERROR;
    size = byte_file_truncate(thread, bytes_of(file), size);
    return size < 0 ? VALUE_ERROR : int_from_int64(thread, size);
}

// The rest

static Value text_file_py_flush(Thread *thread, Value *args, int count) {
    (void)count;
    TextFile *file = as_text_file(args[0]);
    return check_open(thread, file) && byte_file_flush(thread, bytes_of(file)) ? VALUE_NONE
                                                                               : VALUE_ERROR;
}

static Value text_file_py_close(Thread *thread, Value *args, int count) {
    (void)count;
    return byte_file_close(thread, bytes_of(as_text_file(args[0]))) ? VALUE_NONE : VALUE_ERROR;
}

static Value text_file_py_enter(Thread *thread, Value *args, int count) {
    (void)count;
    return check_open(thread, as_text_file(args[0])) ? args[0] : VALUE_ERROR;
}

static Value text_file_py_fileno(Thread *thread, Value *args, int count) {
    (void)count;
    TextFile *file = as_text_file(args[0]);
    return check_open(thread, file) ? value_from_fixnum(bytes_of(file)->descriptor) : VALUE_ERROR;
}

static Value text_file_py_isatty(Thread *thread, Value *args, int count) {
    (void)count;
    TextFile *file = as_text_file(args[0]);
    return check_open(thread, file) ? value_from_bool(byte_file_is_terminal(bytes_of(file)))
                                    : VALUE_ERROR;
}

static Value text_file_py_readable(Thread *thread, Value *args, int count) {
    (void)count;
    TextFile *file = as_text_file(args[0]);
    return check_open(thread, file) ? value_from_bool(bytes_of(file)->readable) : VALUE_ERROR;
}

static Value text_file_py_writable(Thread *thread, Value *args, int count) {
    (void)count;
    TextFile *file = as_text_file(args[0]);
    return check_open(thread, file) ? value_from_bool(bytes_of(file)->writable) : VALUE_ERROR;
}

static Value text_file_py_seekable(Thread *thread, Value *args, int count) {
    (void)count;
    TextFile *file = as_text_file(args[0]);
    return check_open(thread, file) ? value_from_bool(byte_file_is_seekable(bytes_of(file)))
                                    : VALUE_ERROR;
}

static bool reconfigure_text(Thread *thread, TextFile *file, Value encoding, Value errors) {
    bool has_encoding = !value_is_absent(encoding) && !value_is_none(encoding);
    bool has_errors = !value_is_absent(errors) && !value_is_none(errors);
    if ((has_encoding && !value_is_str(encoding)) || (has_errors && !value_is_str(errors))) {
        raise_type_error(thread, "reconfigure() argument must be str or None");
        return false;
    }
    if (has_encoding) {
        if (!parse_encoding(thread, file, encoding)) return false;
        object_store(thread->heap, file, &file->encoding, encoding);
    }
    if (has_encoding || has_errors)
        object_store(thread->heap, file, &file->errors,
                     has_errors ? errors : NAMES(thread)->strict);
    return true;
}

static Value text_file_py_reconfigure(Thread *thread, Value *args, int count) {
    (void)count;
    TextFile *file = as_text_file(args[0]);
    Newlines newlines = file->newlines;
    int line_buffered = file->line_buffered;
    if (!check_open(thread, file) || !byte_file_flush(thread, bytes_of(file))) return VALUE_ERROR;
    if (!value_is_absent(args[3]) && !newlines_parse(thread, args[3], &newlines))
        return VALUE_ERROR;
    if (!value_is_absent(args[4]) && !value_is_none(args[4]))
        line_buffered = object_is_true(thread, args[4]);
    if (line_buffered < 0 || !reconfigure_text(thread, file, args[1], args[2])) return VALUE_ERROR;
    file->newlines = newlines;
    file->line_buffered = line_buffered;
    return VALUE_NONE;
}

static Value iterate_file(Thread *thread, Value self) {
    return check_open(thread, as_text_file(self)) ? self : VALUE_ERROR;
}

static Value get_name(Thread *thread, Value self) {
    Value name = bytes_of(as_text_file(self))->name;
    return value_is_absent(name) ? raise_attribute_error(thread, self, NAMES(thread)->name) : name;
}

static Value get_closed(Thread *thread, Value self) {
    (void)thread;
    return value_from_bool(bytes_of(as_text_file(self))->descriptor < 0);
}

static Value get_line_buffering(Thread *thread, Value self) {
    (void)thread;
    return value_from_bool(as_text_file(self)->line_buffered);
}

static Value get_newlines(Thread *thread, Value self) {
    static const char *const texts[] = {"\r", "\n", "\r\n"};
    unsigned seen = as_text_file(self)->seen;
    Value found[3];
    size_t count = 0;
    for (unsigned i = 0; i < 3; i++) {
        if (!(seen >> i & 1)) continue;
        found[count] = str_intern_c(thread, texts[i]);
        if (value_is_error(found[count++])) return VALUE_ERROR;
    }
    if (count < 2) return count ? found[0] : VALUE_NONE;
    return tuple_from_values(thread, found, count);
}

static const MethodRow methods[] = {
    {"read", text_file_py_read, "self, size=-1, /", "Read at most size characters.", 0},
    {"readline", text_file_py_readline, "self, size=-1, /", "Read until a line end or the end.", 0},
    {"readlines", text_file_py_readlines, "self, hint=-1, /", "Return a list of lines.", 0},
    {"write", text_file_py_write, "self, text, /", "Write text; return the number of characters.",
     0},
    {"writelines", file_py_writelines, "self, lines, /", "Write a list of lines.", 0},
    {"flush", text_file_py_flush, "self, /", "Write out what is buffered.", 0},
    {"close", text_file_py_close, "self, /", "Flush and close the file.", 0},
    {"tell", text_file_py_tell, "self, /", "Return the position.", 0},
    {"seek", text_file_py_seek, "self, cookie, whence=0, /", "Change the position.", 0},
    {"truncate", text_file_py_truncate, "self, pos=None, /", "Cut the file.", 0},
    {"fileno", text_file_py_fileno, "self, /", "Return the file descriptor.", 0},
    {"isatty", text_file_py_isatty, "self, /", "Is the file a terminal?", 0},
    {"readable", text_file_py_readable, "self, /", "Was the file opened for reading?", 0},
    {"writable", text_file_py_writable, "self, /", "Was the file opened for writing?", 0},
    {"seekable", text_file_py_seekable, "self, /", "Can the position be changed?", 0},
    {"reconfigure", text_file_py_reconfigure,
     "self, /, *, encoding=None, errors=None, newline=None, line_buffering=None, write_through=None",
     "Change how text is encoded and buffered.", 0},
    {"__enter__", text_file_py_enter, "self, /", NULL, 0},
    {"__exit__", text_file_py_close, "self, *exception", NULL, 0},
    {NULL, NULL, NULL, NULL, 0},
};
static const GetSetRow getsets[] = {
    {"name", get_name, NULL, NULL},
    {"closed", get_closed, NULL, NULL},
    {"line_buffering", get_line_buffering, NULL, NULL},
    {"newlines", get_newlines, NULL, NULL},
    {NULL, NULL, NULL, NULL},
};
static const MemberRow members[] = {
    {"buffer", offsetof(TextFile, buffer), true, false, NULL},
    {"encoding", offsetof(TextFile, encoding), true, false, NULL},
    {"errors", offsetof(TextFile, errors), true, false, NULL},
    {"mode", offsetof(TextFile, mode), false, false, NULL},
    {NULL, 0, false, false, NULL},
};

static Value repr_text_file(Thread *thread, Value self) {
    const TextFile *file = as_text_file(self);
    return str_format(thread, "<_io.TextIOWrapper name=%R mode=%R encoding=%R>",
                      bytes_of(file)->name, value_is_absent(file->mode) ? VALUE_NONE : file->mode,
                      file->encoding);
}

static Type text_file_type = {
    TYPE_STATIC_HEADER(text_file),
    .name = "_io.TextIOWrapper",
    .documentation = "Character and line based layer over a file of bytes.",
    .basic_size = sizeof(TextFile),
    .flags = TYPE_NO_NEW,
    .methods = methods,
    .getsets = getsets,
    .members = members,
    .trace = trace_text_file,
    .repr = repr_text_file,
    .iterate = iterate_file,
    .next = next_line,
};

bool text_files_initialize(Thread *thread) {
    return byte_files_initialize(thread) && type_ready(thread, &text_file_type);
}
