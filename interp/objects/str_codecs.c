// str_codecs.c — str to bytes and back: UTF-8, UTF-16, UTF-32, Latin-1 and ASCII with CPython's
// error handlers.
//
// The one idea: a codec is a width of units and a byte order; what it cannot encode or decode is
// found as a range, which the error handler turns into characters or bytes. UTF-8 is decoded by
// str.c.
#include "base/text_buffer.h"
#include "base/unicode_names.h"
#include "base/utf8.h"
#include "objects/bytes.h"
#include "objects/exception.h"
#include "objects/str_internal.h"
#include "objects/tuple.h"

typedef enum {
    CODEC_UTF8,
    CODEC_UTF8_SIGNED,
    CODEC_UTF16,
    CODEC_UTF32,
    CODEC_LATIN1,
    CODEC_ASCII
} CodecKind;

typedef struct {
    CodecKind kind;
    int order;        // -1 little-endian, 1 big-endian, 0: by byte order mark
    const char *name; // as exceptions spell it
} Codec;

typedef struct {
    const char *alias; // lower case without separators
    Codec codec;
} CodecRow;

static const CodecRow codecs[] = {
    {"utf8", {CODEC_UTF8, 0, "utf-8"}},
    {"u8", {CODEC_UTF8, 0, "utf-8"}},
    {"utf", {CODEC_UTF8, 0, "utf-8"}},
    {"cp65001", {CODEC_UTF8, 0, "utf-8"}},
    {"utf8sig", {CODEC_UTF8_SIGNED, 0, "utf-8"}},
    {"ascii", {CODEC_ASCII, 0, "ascii"}},
    {"usascii", {CODEC_ASCII, 0, "ascii"}},
    {"646", {CODEC_ASCII, 0, "ascii"}},
    {"latin1", {CODEC_LATIN1, 0, "latin-1"}},
    {"latin", {CODEC_LATIN1, 0, "latin-1"}},
    {"iso88591", {CODEC_LATIN1, 0, "latin-1"}},
    {"8859", {CODEC_LATIN1, 0, "latin-1"}},
    {"l1", {CODEC_LATIN1, 0, "latin-1"}},
    {"cp819", {CODEC_LATIN1, 0, "latin-1"}},
    {"utf16", {CODEC_UTF16, 0, "utf-16"}},
    {"u16", {CODEC_UTF16, 0, "utf-16"}},
    {"utf16le", {CODEC_UTF16, -1, "utf-16-le"}},
    {"utf16be", {CODEC_UTF16, 1, "utf-16-be"}},
    {"utf32", {CODEC_UTF32, 0, "utf-32"}},
    {"u32", {CODEC_UTF32, 0, "utf-32"}},
    {"utf32le", {CODEC_UTF32, -1, "utf-32-le"}},
    {"utf32be", {CODEC_UTF32, 1, "utf-32-be"}},
};

static const Codec *find_codec(Thread *thread, const char *name) {
    char plain[16];
    size_t size = 0;
    for (const char *p = name; *p && size < sizeof plain - 1; p++) {
        if (*p == '-' || *p == '_' || *p == ' ') continue;
        plain[size++] = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
    }
    plain[size] = 0;
    for (size_t i = 0; i < COUNT_OF(codecs); i++)
        if (strcmp(codecs[i].alias, plain) == 0) return &codecs[i].codec;
    raise_error(thread, &exception_LookupError, "unknown encoding: %s", name);
    return NULL;
}

typedef enum {
    ERRORS_STRICT,
    ERRORS_IGNORE,
    ERRORS_REPLACE,
    ERRORS_XML,
    ERRORS_BACKSLASH,
    ERRORS_ESCAPE, // surrogateescape
    ERRORS_PASS,   // surrogatepass
    ERRORS_NAME,   // namereplace
    ERRORS_UNKNOWN,
} ErrorHandler;

static ErrorHandler find_handler(const char *errors) {
    static const char *const names[] = {
        "strict",           "ignore",          "replace",       "xmlcharrefreplace",
        "backslashreplace", "surrogateescape", "surrogatepass", "namereplace"};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (strcmp(names[i], errors) == 0) return (ErrorHandler)i;
    return ERRORS_UNKNOWN;
}

// Raises UnicodeEncodeError or UnicodeDecodeError.
static COLD bool fail(Thread *thread, Type *type, const char *encoding, Value object, size_t start,
                      size_t end, const char *reason) {
    Value name = str_from_c(thread, encoding), text = str_from_c(thread, reason);
    if (value_is_error(name) || value_is_error(text)) return false;
    Value args = tuple_of(thread, 5, name, object, value_from_fixnum((int64_t)start),
                          value_from_fixnum((int64_t)end), text);
    if (value_is_error(args)) return false;
    Value exception = exception_new(thread, type, args);
    if (!value_is_error(exception)) raise_value(thread, exception);
    return false;
}

static bool fail_handler(Thread *thread, const char *errors) {
    raise_error(thread, &exception_LookupError, "unknown error handler name '%s'", errors);
    return false;
}

static bool is_surrogate(uint32_t c) { return c >= 0xD800 && c < 0xE000; }

// Encoding

typedef struct {
    Thread *thread;
    const Codec *codec;
    Value value;
    const Str *str;
    const char *errors;
    ErrorHandler handler;
    TextBuffer out;
} Encoder;

static bool can_encode(const Encoder *e, uint32_t c) {
    switch (e->codec->kind) {
    case CODEC_ASCII: return c < 0x80;
    case CODEC_LATIN1: return c < 0x100;
    default: return !is_surrogate(c);
    }
}

// A unit of 2 or 4 bytes.
static void put_unit(Encoder *e, uint32_t unit, unsigned size) {
    for (unsigned i = 0; i < size; i++) {
        unsigned shift = e->codec->order > 0 ? 8 * (size - 1 - i) : 8 * i;
        text_buffer_append_byte(&e->out, (char)(unit >> shift));
    }
}

static void put_character(Encoder *e, uint32_t c) {
    switch (e->codec->kind) {
    case CODEC_UTF16:
        if (c >= 0x10000) {
            put_unit(e, 0xD800 + ((c - 0x10000) >> 10), 2);
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        put_unit(e, c, 2);
        break;
    case CODEC_UTF32: put_unit(e, c, 4); break;
    case CODEC_UTF8:
    case CODEC_UTF8_SIGNED: text_buffer_append_code_point(&e->out, c); break;
    default: text_buffer_append_byte(&e->out, (char)c); break;
    }
}

static void put_text(Encoder *e, const char *text) {
    while (*text) put_character(e, (unsigned char)*text++);
}

static void put_escape(Encoder *e, uint32_t c) {
    char text[16];
    snprintf(text, sizeof text,
             c < 0x100     ? "\\x%02x"
             : c < 0x10000 ? "\\u%04x"
                           : "\\U%08x",
             (unsigned)c);
    put_text(e, text);
}

static void put_name(Encoder *e, uint32_t c) {
    char name[UNICODE_NAME_SIZE];
    if (!unicode_names_of(c, name)) {
        put_escape(e, c);
        return;
    }
    put_text(e, "\\N{");
    put_text(e, name);
    put_text(e, "}");
}

// One character in the handler's words: false when the handler cannot help.
static bool put_replacement(Encoder *e, uint32_t c) {
    char text[16];
    bool wide = e->codec->kind != CODEC_ASCII && e->codec->kind != CODEC_LATIN1;
    switch (e->handler) {
    case ERRORS_IGNORE: return true;
    case ERRORS_REPLACE: put_character(e, '?'); return true;
    case ERRORS_XML:
        snprintf(text, sizeof text, "&#%u;", (unsigned)c);
        put_text(e, text);
        return true;
    case ERRORS_NAME: put_name(e, c); return true;
    case ERRORS_BACKSLASH: put_escape(e, c); return true;
    case ERRORS_ESCAPE:
        if (c < 0xDC80 || c > 0xDCFF) return false;
        text_buffer_append_byte(&e->out, (char)(c - 0xDC00));
        return true;
    case ERRORS_PASS:
        if (!is_surrogate(c) || !wide) return false;
        put_character(e, c);
        return true;
    default: return false;
    }
}

static const char *encode_reason(const Encoder *e) {
    switch (e->codec->kind) {
    case CODEC_ASCII: return "ordinal not in range(128)";
    case CODEC_LATIN1: return "ordinal not in range(256)";
    default: return "surrogates not allowed";
    }
}

// The characters from `start` on that cannot be encoded. Result: behind them; 0 with an exception.
static size_t handle_unencodable(Encoder *e, size_t start) {
    size_t end = start + 1;
    while (end < e->str->length && !can_encode(e, str_at(e->str, end))) end++;
    if (e->handler == ERRORS_UNKNOWN) {
        fail_handler(e->thread, e->errors);
        return 0;
    }
    for (size_t i = start; i < end; i++) {
        if (put_replacement(e, str_at(e->str, i))) continue;
        fail(e->thread, &exception_UnicodeEncodeError, e->codec->name, e->value, start, end,
             encode_reason(e));
        return 0;
    }
    return end;
}

static bool encode_all(Encoder *e) {
    if (e->codec->kind == CODEC_UTF8_SIGNED) text_buffer_append(&e->out, "\xEF\xBB\xBF", 3);
    if (e->codec->kind == CODEC_UTF16 && e->codec->order == 0) put_unit(e, 0xFEFF, 2);
    if (e->codec->kind == CODEC_UTF32 && e->codec->order == 0) put_unit(e, 0xFEFF, 4);
    for (size_t i = 0; i < e->str->length;) {
        uint32_t c = str_at(e->str, i);
        if (can_encode(e, c)) {
            put_character(e, c);
            i++;
        } else if ((i = handle_unencodable(e, i)) == 0) {
            return false;
        }
    }
    if (!e->out.failed) return true;
    raise_memory_error(e->thread);
    return false;
}

static Value encode_utf8(Thread *thread, const Str *str) {
    size_t size = utf8_encoded_size(str_data(str), str_kind(str), str->length);
    Value bytes = bytes_new(thread, NULL, size);
    if (value_is_error(bytes)) return bytes;
    utf8_encode(str_data(str), str_kind(str), str->length, UTF8_STRICT,
                (char *)value_as_bytes(bytes)->data);
    return bytes;
}

Value str_encode(Thread *thread, Value value, const char *encoding, const char *errors) {
    const Codec *codec = find_codec(thread, encoding);
    if (!codec) return VALUE_ERROR;
    Str *str = value_as_str(value);
    bool ascii = str_is_ascii(str) && codec->kind != CODEC_UTF8_SIGNED;
    bool latin = str_kind(str) == 1 && codec->kind == CODEC_LATIN1;
    if ((ascii && codec->kind != CODEC_UTF16 && codec->kind != CODEC_UTF32) || latin)
        return bytes_new(thread, str_data(str), str->length);
    if (codec->kind == CODEC_UTF8 &&
        utf8_find_surrogate(str_data(str), str_kind(str), str->length) == str->length)
        return encode_utf8(thread, str);
    Encoder e = {thread, codec, value, str, errors, find_handler(errors), {0}};
    Value result = VALUE_ERROR;
    if (encode_all(&e)) result = bytes_new(thread, text_buffer_text(&e.out), e.out.length);
    text_buffer_free(&e.out);
    return result;
}

// Decoding

typedef struct {
    Thread *thread;
    const Codec *codec;
    const unsigned char *bytes;
    size_t size;
    const char *errors;
    ErrorHandler handler;
    bool big_endian;
    StrBuilder builder;
} Decoder;

static uint32_t unit_at(const Decoder *d, size_t place, unsigned size) {
    uint32_t unit = 0;
    for (unsigned i = 0; i < size; i++)
        unit |= (uint32_t)d->bytes[place + i] << 8 * (d->big_endian ? size - 1 - i : i);
    return unit;
}

static bool fail_to_decode(Decoder *d, size_t start, size_t end, const char *reason) {
    Value object = bytes_new(d->thread, d->bytes, d->size);
    if (value_is_error(object)) return false;
    const char *name = d->codec->name;
    if (d->codec->kind == CODEC_UTF16) name = d->big_endian ? "utf-16-be" : "utf-16-le";
    if (d->codec->kind == CODEC_UTF32) name = d->big_endian ? "utf-32-be" : "utf-32-le";
    return fail(d->thread, &exception_UnicodeDecodeError, name, object, start, end, reason);
}

// Surrogates in UTF-16 and UTF-32 stand for themselves.
static bool pass_surrogate(Decoder *d, size_t start, size_t end, const char *reason) {
    unsigned unit_size = d->codec->kind == CODEC_UTF16 ? 2 : d->codec->kind == CODEC_UTF32 ? 4 : 0;
    if (unit_size && end - start >= unit_size && is_surrogate(unit_at(d, start, unit_size)))
        return str_builder_append_character(&d->builder, unit_at(d, start, unit_size));
    return fail_to_decode(d, start, end, reason);
}

// Bytes as lone surrogates, up to the first ASCII byte, where decoding goes on; that must not be
// the first of them.
static bool escape(Decoder *d, size_t *place, size_t start, size_t end, const char *reason) {
    if (d->bytes[start] < 0x80) return fail_to_decode(d, start, end, reason);
    size_t i = start;
    for (; i < end && d->bytes[i] >= 0x80; i++)
        if (!str_builder_append_character(&d->builder, 0xDC00u + d->bytes[i])) return false;
    *place = i;
    return true;
}

// Bytes [start, end) that cannot be decoded; *place is where decoding goes on.
static bool handle_undecodable(Decoder *d, size_t *place, size_t start, size_t end,
                               const char *reason) {
    if (d->handler != ERRORS_PASS) *place = end;
    switch (d->handler) {
    case ERRORS_IGNORE: return true;
    case ERRORS_REPLACE: return str_builder_append_character(&d->builder, 0xFFFD);
    case ERRORS_PASS: return pass_surrogate(d, start, end, reason);
    case ERRORS_UNKNOWN: return fail_handler(d->thread, d->errors);
    case ERRORS_XML:
    case ERRORS_NAME:
        raise_type_error(d->thread,
                         "don't know how to handle UnicodeDecodeError in error callback");
        return false;
    case ERRORS_STRICT: return fail_to_decode(d, start, end, reason);
    case ERRORS_ESCAPE: return escape(d, place, start, end, reason);
    default: break;
    }
    for (size_t i = start; i < end; i++) {
        char text[8];
        snprintf(text, sizeof text, "\\x%02x", d->bytes[i]);
        if (!str_builder_append_ascii(&d->builder, text, 4)) return false;
    }
    return true;
}

static bool decode_ascii(Decoder *d) {
    for (size_t i = 0; i < d->size;) {
        size_t start = i;
        while (i < d->size && d->bytes[i] < 0x80) i++;
        if (!str_builder_append_ascii(&d->builder, (const char *)d->bytes + start, i - start))
            return false;
        if (i == d->size) break;
        start = i++;
        if (!handle_undecodable(d, &i, start, start + 1, "ordinal not in range(128)")) return false;
    }
    return true;
}

// One unit or pair at *place, which moves behind it.
static bool decode_utf16_unit(Decoder *d, size_t *place) {
    size_t start = *place;
    if (d->size - start < 2) {
        *place = d->size;
        return handle_undecodable(d, place, start, d->size, "truncated data");
    }
    uint32_t unit = unit_at(d, start, 2);
    *place = start + 2;
    if (!is_surrogate(unit)) return str_builder_append_character(&d->builder, unit);
    if (unit >= 0xDC00) return handle_undecodable(d, place, start, start + 2, "illegal encoding");
    if (d->size - start < 4) {
        *place = d->handler == ERRORS_PASS ? start + 2 : d->size;
        return handle_undecodable(d, place, start, d->size, "unexpected end of data");
    }
    uint32_t low = unit_at(d, start + 2, 2);
    if (low < 0xDC00 || low >= 0xE000)
        return handle_undecodable(d, place, start, start + 2, "illegal UTF-16 surrogate");
    *place = start + 4;
    return str_builder_append_character(&d->builder,
                                        0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
}

static bool decode_utf32_unit(Decoder *d, size_t *place) {
    size_t start = *place;
    if (d->size - start < 4) {
        *place = d->size;
        return handle_undecodable(d, place, start, d->size, "truncated data");
    }
    uint32_t unit = unit_at(d, start, 4);
    *place = start + 4;
    if (is_surrogate(unit))
        return handle_undecodable(d, place, start, start + 4,
                                  "code point in surrogate code point range(0xd800, 0xe000)");
    if (unit > UTF8_MAX_CODE_POINT)
        return handle_undecodable(d, place, start, start + 4, "code point not in range(0x110000)");
    return str_builder_append_character(&d->builder, unit);
}

static bool decode_units(Decoder *d) {
    unsigned size = d->codec->kind == CODEC_UTF16 ? 2 : 4;
    size_t place = 0;
    d->big_endian = d->codec->order > 0;
    if (d->codec->order == 0 && d->size >= size) {
        uint32_t mark = unit_at(d, 0, size), reversed = size == 2 ? 0xFFFE : 0xFFFE0000u;
        d->big_endian = mark == reversed;
        if (mark == 0xFEFF || mark == reversed) place = size;
    }
    while (place < d->size)
        if (!(size == 2 ? decode_utf16_unit(d, &place) : decode_utf32_unit(d, &place)))
            return false;
    return true;
}

Value str_decode(Thread *thread, const unsigned char *bytes, size_t size, const char *encoding,
                 const char *errors) {
    // Nothing to decode: the encoding is not even looked up.
    if (size == 0) return NAMES(thread)->empty;
    const Codec *codec = find_codec(thread, encoding);
    if (!codec) return VALUE_ERROR;
    if (codec->kind == CODEC_UTF8_SIGNED && size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        return str_decode_utf8(thread, (const char *)bytes + 3, size - 3, errors);
    if (codec->kind == CODEC_UTF8 || codec->kind == CODEC_UTF8_SIGNED)
        return str_decode_utf8(thread, (const char *)bytes, size, errors);
    if (codec->kind == CODEC_LATIN1) return str_from_kind(thread, 1, bytes, size);
    Decoder d = {.thread = thread,
                 .codec = codec,
                 .bytes = bytes,
                 .size = size,
                 .errors = errors,
                 .handler = find_handler(errors)};
    str_builder_start(&d.builder, thread);
    if (codec->kind == CODEC_ASCII ? !decode_ascii(&d) : !decode_units(&d)) return VALUE_ERROR;
    return str_builder_finish(&d.builder);
}
