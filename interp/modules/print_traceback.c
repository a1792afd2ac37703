// print_traceback.c — the frames of a traceback: file, line, source text, and the marks under the
// part of the line that failed.
//
// The marks follow CPython 3.12's Python/traceback.c: "^" under the expression that the code's
// position table names; under a binary operation or subscript, which is found by parsing just that
// piece of the line, "^" marks the operator or the brackets and "~" the operands.
#include "base/unicode.h"
#include "base/utf8.h"
#include "compiler/ast_optimize.h"
#include "compiler/compilation.h"
#include "compiler/parser.h"
#include "compiler/source_text.h"
#include "modules/print_internal.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str.h"
#include "runtime/protocols.h"
#include <stdlib.h>

enum { SOURCE_INDENT = 4, REPETITIONS_SHOWN = 3, TRACEBACK_LIMIT = 1000 };

// Finding the line

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

// The file itself, or a file of that name in a folder of sys.path; malloc'ed, NULL if there is
// none.
static char *read_source(Thread *thread, Value filename, size_t *size) {
    size_t length;
    const char *name = str_as_utf8_lossy(thread, filename, &length);
    if (!name) return NULL;
    char *text = file_read(name, size);
    if (text || length == 0 || name[0] == '/') return text;
    Value path = sys_get(thread, "path");
    const char *tail = strrchr(name, '/');
    for (size_t i = 0; value_is_list(path) && !text && i < value_as_list(path)->length; i++) {
        Value folder = value_as_list(path)->items->items[i];
        if (!value_is_str(folder)) continue;
        Value full = str_format(thread, "%U/%s", folder, tail ? tail + 1 : name);
        const char *bytes = value_is_error(full) ? NULL : str_as_utf8_lossy(thread, full, &length);
        if (bytes) text = file_read(bytes, size);
    }
    return text;
}

// The text of a source file in UTF-8 with \n at its line ends, malloc'ed; the bytes themselves
// where they cannot be decoded. A byte order mark stays, as in CPython.
static char *decode_source(Thread *thread, char *bytes, size_t *size) {
    if (!bytes) return NULL;
    Arena arena = {0};
    AstContext context = {.thread = thread, .arena = &arena, .keep = VALUE_ABSENT};
    SyntaxProblem problem = {0};
    SourceText text;
    char *decoded = NULL;
    if (source_text_decode(&context, bytes, *size, 0, "", &text, &problem)) {
        size_t mark = *size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
        decoded = malloc(mark + text.size + 1);
        if (decoded) {
            memcpy(decoded, bytes, mark);
            memcpy(decoded + mark, text.bytes, text.size + 1);
            *size = mark + text.size;
        }
    }
    arena_free_all(&arena);
    if (!decoded) return bytes;
    free(bytes);
    return decoded;
}

// A line of the file, without its end, as a view into printer->source; NULL if it cannot be had.
static const char *find_line(Printer *printer, Value filename, int line, size_t *length) {
    const Str *name = value_as_str(filename);
    if (name->length >= 2 && str_at(name, 0) == '<' && str_at(name, name->length - 1) == '>')
        return NULL;
    if (value_is_absent(printer->source_name) ||
        !str_equal(value_as_str(printer->source_name), name)) {
        free(printer->source);
        printer->source = decode_source(
            printer->thread, read_source(printer->thread, filename, &printer->source_size),
            &printer->source_size);
        printer->source_name = filename;
        error_clear(printer->thread);
    }
    if (!printer->source) return NULL;
    const char *at = printer->source, *end = at + printer->source_size;
    for (; line > 1 && at; line--) {
        at = memchr(at, '\n', (size_t)(end - at));
        if (at) at++;
    }
    if (!at || at == end) return NULL;
    const char *stop = memchr(at, '\n', (size_t)(end - at));
    *length = (size_t)((stop ? stop : end) - at);
    if (*length && at[*length - 1] == '\r') --*length;
    return utf8_scan(at, *length, UTF8_PASS_SURROGATES, &(Utf8Summary){0}, NULL) ? at : NULL;
}

bool print_source_line(Printer *printer, Value filename, int line) {
    size_t length;
    const char *source = find_line(printer, filename, line, &length);
    if (!source) return false;
    for (; length && is_blank(*source); source++) length--;
    text_buffer_append(&printer->text, source, length);
    text_buffer_append_byte(&printer->text, '\n');
    return true;
}

// Marks

typedef struct {
    size_t left, right; // bytes from the start of the piece
    bool found;
} Anchors;

static void find_operator(const char *piece, const AstExpression *expression, Anchors *anchors) {
    int end = expression->bin_op.right->position.col_offset;
    for (int i = expression->bin_op.left->position.end_col_offset; i < end; i++) {
        if (is_blank(piece[i])) continue;
        anchors->found = true;
        anchors->left = (size_t)i;
        anchors->right = (size_t)i + 1;
        if (i + 1 < end && !is_blank(piece[i + 1])) anchors->right++;
        if (i + 1 >= end || piece[i] != ')') break;
    }
}

static void find_brackets(const char *piece, const AstExpression *expression, Anchors *anchors) {
    size_t size = strlen(piece);
    anchors->found = true;
    anchors->left = (size_t)expression->subscript.value->position.end_col_offset;
    anchors->right = (size_t)expression->subscript.slice->position.end_col_offset + 1;
    while (anchors->left < size && piece[anchors->left] != '[') anchors->left++;
    while (anchors->right < size && piece[anchors->right] != ']') anchors->right++;
    if (anchors->right < size) anchors->right++;
}

// Parses a piece of a line that is one expression.
static Anchors find_anchors(Thread *thread, const char *piece, size_t size) {
    Anchors anchors = {0};
    Arena arena = {0};
    AstContext context = {.thread = thread, .arena = &arena, .keep = VALUE_ABSENT};
    ParseReport report = {0};
    AstModule *module = parse_text(&context, piece, size, "<piece>", PARSE_EXEC,
                                   PARSE_IGNORE_COOKIE | PARSE_QUIET, &report);
    Compilation compilation = {.ast = &context, .thread = thread, .filename = VALUE_NONE};
    if (module && !ast_optimize(&compilation, module)) module = NULL; // a constant has no anchors
    if (module && module->body.count == 1 && module->body.items[0]->kind == AST_EXPR) {
        const AstExpression *expression = module->body.items[0]->expr.value;
        if (expression->kind == AST_BIN_OP)
            find_operator(piece, expression, &anchors);
        else if (expression->kind == AST_SUBSCRIPT)
            find_brackets(piece, expression, &anchors);
    }
    arena_free_all(&arena);
    error_clear(thread);
    return anchors;
}

// Columns of a terminal that the first `size` bytes take.
static size_t display_width(const char *text, size_t size) {
    size_t width = 0;
    for (const char *at = text; at < text + size;)
        width += unicode_column_width(utf8_decode_one(&at)) == 2 ? 2 : 1;
    return width;
}

// A byte column that may lie inside a character or beyond the line.
static size_t clamp_column(const char *line, size_t length, int column) {
    size_t at = (size_t)column < length ? (size_t)column : length;
    while (at > 0 && at < length && (line[at] & 0xc0) == 0x80) at--;
    return at;
}

static void print_carets(Printer *printer, const char *line, size_t length, size_t stripped,
                         const CodePosition *position) {
    size_t start = clamp_column(line, length, position->column);
    size_t end = clamp_column(line, length, position->end_column);
    Anchors anchors = {0};
    if (position->line != position->end_line) {
        for (end = length; end > 0 && is_blank(line[end - 1]); end--) {
        }
    } else if (end > start) {
        char *piece = strndup(line + start, end - start);
        if (piece) anchors = find_anchors(printer->thread, piece, end - start);
        free(piece);
    }
    size_t shown = utf8_count(line + stripped, length - stripped);
    size_t marked = end > start ? utf8_count(line + start, end - start) : 0;
    if (marked == shown && !anchors.found) return;
    size_t from = display_width(line, start), to = display_width(line, end);
    size_t left = display_width(line, start + anchors.left),
           right = display_width(line, start + anchors.right);
    print_margin(printer, NULL);
    text_buffer_append_fill(&printer->text, ' ', SOURCE_INDENT);
    for (size_t column = stripped; column < to; column++) {
        bool middle = !anchors.found || (column >= left && column < right);
        text_buffer_append_byte(&printer->text, column < from ? ' ' : middle ? '^' : '~');
    }
    text_buffer_append_byte(&printer->text, '\n');
}

// Frames

static void print_frame(Printer *printer, const Traceback *traceback, int line) {
    Value filename = traceback->code->co_filename;
    print_margin(printer, NULL);
    text_buffer_append_text(&printer->text, "  File \"");
    print_str(printer, filename);
    text_buffer_append_format(&printer->text, "\", line %d, in ", line);
    print_str(printer, traceback->code->co_name);
    text_buffer_append_byte(&printer->text, '\n');
    size_t length, stripped = 0;
    const char *source = find_line(printer, filename, line, &length);
    if (!source) return;
    while (stripped < length && is_blank(source[stripped])) stripped++;
    print_margin(printer, NULL);
    text_buffer_append_fill(&printer->text, ' ', SOURCE_INDENT);
    text_buffer_append(&printer->text, source + stripped, length - stripped);
    text_buffer_append_byte(&printer->text, '\n');
    CodePosition position = code_position(traceback->code, traceback->unit);
    if (position.line < 0 || position.end_line < 0 || position.column < 0 ||
        position.end_column < 0)
        return;
    print_carets(printer, source, length, stripped, &position);
}

static void print_repeated(Printer *printer, long count) {
    if (count <= REPETITIONS_SHOWN) return;
    count -= REPETITIONS_SHOWN;
    print_margin(printer, NULL);
    text_buffer_append_format(&printer->text, "  [Previous line repeated %ld more time%s]\n", count,
                              count > 1 ? "s" : "");
}

static const Traceback *next_of(const Traceback *traceback) {
    if (!value_has_shape(traceback->next, SHAPE_traceback)) return NULL;
    return (const Traceback *)value_as_object(traceback->next);
}

// sys.tracebacklimit, if it is set to an int.
static int64_t frame_limit_setting(Thread *thread) {
    Value setting = sys_get(thread, "tracebacklimit");
    int64_t limit;
    if (value_is_absent(setting) || !value_is_int(setting)) return TRACEBACK_LIMIT;
    if (!int_as_int64(setting, &limit)) return int_sign(setting) < 0 ? 0 : INT64_MAX;
    return limit < 0 ? 0 : limit;
}

void print_traceback(Printer *printer, Value value, const char *header, const char *header_margin) {
    if (!value_has_shape(value, SHAPE_traceback)) return;
    int64_t limit = frame_limit_setting(printer->thread), depth = 0;
    if (limit == 0) return;
    print_margin(printer, header_margin);
    text_buffer_append_text(&printer->text, header);
    const Traceback *traceback = (const Traceback *)value_as_object(value);
    for (const Traceback *at = traceback; at; at = next_of(at)) depth++;
    for (; traceback && depth > limit; depth--) traceback = next_of(traceback);
    const CodeObject *last = NULL;
    int last_line = -1;
    long count = 0;
    for (; traceback; traceback = next_of(traceback)) {
        const CodeObject *code = traceback->code;
        int line = code_line(code, traceback->unit);
        if (!last || !value_same(code->co_filename, last->co_filename) || line == -1 ||
            line != last_line || !value_same(code->co_name, last->co_name)) {
            print_repeated(printer, count);
            last = code;
            last_line = line;
            count = 0;
        }
        if (++count <= REPETITIONS_SHOWN) print_frame(printer, traceback, line);
    }
    print_repeated(printer, count);
}
