// source_text.c — decoding of source files. One pass copies the bytes with \n line ends; a second,
// only for encodings other than UTF-8, widens bytes to UTF-8.
#include "compiler/source_text.h"

#include <string.h>

#include "base/utf8.h"

typedef enum {
    ENCODING_UTF8,
    ENCODING_ASCII,
    ENCODING_LATIN1,
    ENCODING_LATIN9,
    ENCODING_CP1252
} Encoding;

// Names after lower-casing and turning '_' and ' ' into '-'.
static const struct {
    const char *name;
    Encoding encoding;
} encodings[] = {
    {"utf-8", ENCODING_UTF8},
    {"utf8", ENCODING_UTF8},
    {"u8", ENCODING_UTF8},
    {"utf", ENCODING_UTF8},
    {"cp65001", ENCODING_UTF8},
    {"utf-8-sig", ENCODING_UTF8},
    {"ascii", ENCODING_ASCII},
    {"us-ascii", ENCODING_ASCII},
    {"646", ENCODING_ASCII},
    {"latin-1", ENCODING_LATIN1},
    {"latin1", ENCODING_LATIN1},
    {"l1", ENCODING_LATIN1},
    {"latin", ENCODING_LATIN1},
    {"iso-8859-1", ENCODING_LATIN1},
    {"iso8859-1", ENCODING_LATIN1},
    {"iso-latin-1", ENCODING_LATIN1},
    {"8859", ENCODING_LATIN1},
    {"cp819", ENCODING_LATIN1},
    {"iso-8859-15", ENCODING_LATIN9},
    {"iso8859-15", ENCODING_LATIN9},
    {"latin-9", ENCODING_LATIN9},
    {"latin9", ENCODING_LATIN9},
    {"l9", ENCODING_LATIN9},
    {"cp1252", ENCODING_CP1252},
    {"windows-1252", ENCODING_CP1252},
    {"1252", ENCODING_CP1252},
};

// The code points of bytes 0x80 to 0x9F in Windows-1252; 0 where there is none.
static const uint16_t cp1252_controls[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static bool fail(AstContext *context, SyntaxProblem *problem, const char *format, ...)
    PRINTF_LIKE(3, 4);

static bool fail(AstContext *context, SyntaxProblem *problem, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    *problem = (SyntaxProblem){
        .kind = PROBLEM_SYNTAX,
        .message = syntax_message_format(context, format, arguments),
    };
    va_end(arguments);
    return false;
}

// The same, with the location that CPython gives to problems of the encoding.
static bool fail_decoding(SyntaxProblem *problem) {
    problem->has_location = true;
    problem->lineno = 0;
    problem->offset = -1;
    problem->has_no_end = true;
    return false;
}

// Copies the text with \n for every line end, and one behind the last line if asked to.
static char *copy_lines(AstContext *context, const char *bytes, size_t size, bool add_newline,
                        size_t *new_size) {
    char *copy = arena_allocate(context->arena, size + 2);
    if (copy == NULL) return NULL;
    if (memchr(bytes, '\r', size) == NULL) {
        memcpy(copy, bytes, size);
        *new_size = size;
    } else {
        char *out = copy;
        for (size_t i = 0; i < size; i++) {
            *out = bytes[i];
            if (bytes[i] == '\r') {
                *out = '\n';
                if (i + 1 < size && bytes[i + 1] == '\n') i++;
            }
            out++;
        }
        *new_size = (size_t)(out - copy);
    }
    if (add_newline && (*new_size == 0 || copy[*new_size - 1] != '\n')) copy[(*new_size)++] = '\n';
    copy[*new_size] = '\0';
    return copy;
}

static bool is_cookie_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

// Finds `coding[:=] *NAME` in a comment line. *blank says that the line holds no code, so that the
// next one may have the cookie. Result: the name, *size 0 when there is none.
static const char *find_cookie(const char *line, size_t size, size_t *name_size, bool *blank) {
    size_t i = 0;
    *name_size = 0;
    while (i < size && (line[i] == ' ' || line[i] == '\t' || line[i] == '\f')) i++;
    *blank = i == size || line[i] == '#';
    if (i == size || line[i] != '#') return line;
    for (; i + 6 < size; i++) {
        if (memcmp(line + i, "coding", 6) != 0) continue;
        size_t start = i + 6;
        if (line[start] != ':' && line[start] != '=') continue;
        do start++;
        while (start < size && (line[start] == ' ' || line[start] == '\t'));
        size_t end = start;
        while (end < size && is_cookie_byte(line[end])) end++;
        if (end > start) {
            *name_size = end - start;
            return line + start;
        }
    }
    return line;
}

// The name as CPython reports it: two families of names are brought into one form.
static const char *normalize_name(AstContext *context, const char *name, size_t size) {
    char head[13];
    size_t count = size < 12 ? size : 12;
    for (size_t i = 0; i < count; i++) {
        char c = name[i];
        head[i] = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    head[count] = '\0';
    if (strcmp(head, "utf-8") == 0 || strncmp(head, "utf-8-", 6) == 0) return "utf-8";
    static const char *const latin[] = {"latin-1", "iso-8859-1", "iso-latin-1"};
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++) {
        size_t length = strlen(latin[i]);
        if (strncmp(head, latin[i], length) == 0 && (head[length] == '\0' || head[length] == '-'))
            return "iso-8859-1";
    }
    const char *copy = arena_copy_text(context->arena, name, size);
    return copy ? copy : "?";
}

static bool find_encoding(const char *name, Encoding *encoding) {
    char key[32];
    size_t size = strlen(name);
    if (size >= sizeof key) return false;
    for (size_t i = 0; i <= size; i++) {
        char c = name[i];
        key[i] = c == '_' || c == ' ' ? '-' : c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++)
        if (strcmp(encodings[i].name, key) == 0) {
            *encoding = encodings[i].encoding;
            return true;
        }
    return false;
}

static uint32_t code_point_of(Encoding encoding, unsigned char byte) {
    if (byte < 0x80) return byte;
    switch (encoding) {
    case ENCODING_CP1252: return byte < 0xA0 ? cp1252_controls[byte - 0x80] : byte;
    case ENCODING_LATIN9:
        switch (byte) {
        case 0xA4: return 0x20AC;
        case 0xA6: return 0x160;
        case 0xA8: return 0x161;
        case 0xB4: return 0x17D;
        case 0xB8: return 0x17E;
        case 0xBC: return 0x152;
        case 0xBD: return 0x153;
        case 0xBE: return 0x178;
        default: return byte;
        }
    case ENCODING_LATIN1: return byte;
    default: return 0;
    }
}

static bool widen(AstContext *context, Encoding encoding, const char *script_name, SourceText *text,
                  SyntaxProblem *problem) {
    char *wide = arena_allocate(context->arena, text->size * 3 + 1);
    if (wide == NULL) {
        *problem = (SyntaxProblem){.kind = PROBLEM_RAISED};
        return false;
    }
    size_t size = 0;
    for (size_t i = 0; i < text->size; i++) {
        unsigned char byte = (unsigned char)text->bytes[i];
        uint32_t c = code_point_of(encoding, byte);
        if (c == 0 && byte >= 0x80 && script_name)
            return fail(context, problem, "encoding problem: %s", script_name);
        if (c == 0 && byte >= 0x80) {
            if (encoding == ENCODING_ASCII)
                fail(context, problem,
                     "'ascii' codec can't decode byte 0x%02x in position %zu: "
                     "ordinal not in range(128)",
                     byte, i);
            else
                fail(context, problem,
                     "'charmap' codec can't decode byte 0x%02x in position %zu: "
                     "character maps to <undefined>",
                     byte, i);
            return fail_decoding(problem);
        }
        size += utf8_encode_one(c, wide + size);
    }
    wide[size] = '\0';
    *text = (SourceText){wide, size, text->encoding, text->made_up_end};
    return true;
}

// Applies the cookie of the first two lines, if there is one; *declared says so.
static bool apply_cookie(AstContext *context, bool has_mark, bool is_script, SourceText *text,
                         bool *declared, SyntaxProblem *problem) {
    const char *line = text->bytes;
    const char *end = text->bytes + text->size;
    for (int lineno = 1; lineno <= 2 && line < end; lineno++) {
        const char *line_feed = memchr(line, '\n', (size_t)(end - line));
        size_t size = (size_t)((line_feed ? line_feed : end) - line);
        size_t name_size;
        bool blank;
        const char *found = find_cookie(line, size, &name_size, &blank);
        if (name_size > 0) {
            const char *name = normalize_name(context, found, name_size);
            Encoding encoding;
            bool known = find_encoding(name, &encoding);
            *declared = true;
            if (has_mark && strcmp(name, "utf-8") != 0) {
                fail(context, problem, "encoding problem: %s with BOM", name);
                return !is_script && fail_decoding(problem);
            }
            if (!known) {
                fail(context, problem, is_script ? "encoding problem: %s" : "unknown encoding: %s",
                     name);
                return !is_script && fail_decoding(problem);
            }
            text->encoding = name;
            return encoding == ENCODING_UTF8 ||
                   widen(context, encoding, is_script ? name : NULL, text, problem);
        }
        if (!blank || line_feed == NULL) return true;
        line = line_feed + 1;
    }
    return true;
}

static bool check_utf8(AstContext *context, const SourceText *text, const char *filename,
                       SyntaxProblem *problem) {
    Utf8Summary summary;
    Utf8Error error;
    if (utf8_scan(text->bytes, text->size, UTF8_STRICT, &summary, &error)) return true;
    int lineno = 1;
    for (size_t i = 0; i < error.start; i++) lineno += text->bytes[i] == '\n';
    return fail(context, problem,
                "Non-UTF-8 code starting with '\\x%02x' in file %s on line %d, but no encoding "
                "declared; see https://peps.python.org/pep-0263/ for details",
                (unsigned char)text->bytes[error.start], filename, lineno);
}

bool source_text_decode(AstContext *context, const char *bytes, size_t size, unsigned flags,
                        const char *filename, SourceText *text, SyntaxProblem *problem) {
    bool is_script = flags & SOURCE_IS_FILE;
    if (!is_script && memchr(bytes, '\0', size) != NULL)
        return fail(context, problem, "source code string cannot contain null bytes");
    bool has_mark =
        !(flags & SOURCE_IGNORE_COOKIE) && size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    if (has_mark) bytes += 3, size -= 3;
    size_t copy_size;
    char *copy = copy_lines(context, bytes, size, flags & SOURCE_ADD_NEWLINE, &copy_size);
    if (copy == NULL) {
        *problem = (SyntaxProblem){.kind = PROBLEM_RAISED};
        return false;
    }
    bool made_up_end = (flags & SOURCE_ADD_NEWLINE) &&
                       (size == 0 || (bytes[size - 1] != '\n' && bytes[size - 1] != '\r'));
    *text = (SourceText){copy, copy_size, "utf-8", made_up_end};
    if (flags & SOURCE_IGNORE_COOKIE) return true;
    bool declared = has_mark;
    if (!apply_cookie(context, has_mark, is_script, text, &declared, problem)) return false;
    return !is_script || declared || check_utf8(context, text, filename, problem);
}
