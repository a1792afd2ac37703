// assemble.c — two rounds over a text, since labels are known only after the first.
#include "assemble.h"
#include "krait.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_LIMIT = 26, NAME_SIZE = 48 };

static bool reserve(Assembler *assembler, size_t size) {
    if (assembler->size + size <= assembler->capacity) return true;
    size_t capacity = 2 * assembler->capacity + size + 256;
    unsigned char *code = realloc(assembler->code, capacity);
    if (!code) {
        assembler->error = "no memory";
        return false;
    }
    assembler->code = code;
    assembler->capacity = capacity;
    return true;
}

void assembler_emit(Assembler *assembler, int opcode, int argument) {
    size_t caches = (size_t)krait_opcode_caches(opcode);
    if (!reserve(assembler, 2 + 2 * caches)) return;
    assembler->code[assembler->size++] = (unsigned char)opcode;
    assembler->code[assembler->size++] = (unsigned char)argument;
    memset(assembler->code + assembler->size, 0, 2 * caches);
    assembler->size += 2 * caches;
}

void assembler_append(Assembler *assembler, const Assembler *other) {
    if (!other->size || !reserve(assembler, other->size)) return;
    memcpy(assembler->code + assembler->size, other->code, other->size);
    assembler->size += other->size;
}

// One instruction of the text.
typedef struct {
    char name[NAME_SIZE];
    int label;  // 0: none
    int target; // label jumped to; 0: none
    int argument;
} Statement;

static const char *skip_spaces(const char *text) {
    while (*text == ' ') text++;
    return text;
}

static int read_argument(const Assembler *assembler, const char *text) {
    if (*text == '$') return assembler->filler;
    return atoi(text);
}

// Parses up to the next ";"; the rest, NULL at the end.
static const char *parse(const Assembler *assembler, const char *text, Statement *statement) {
    memset(statement, 0, sizeof *statement);
    text = skip_spaces(text);
    if (islower((unsigned char)text[0]) && text[1] == ':') {
        statement->label = text[0] - 'a' + 1;
        text = skip_spaces(text + 2);
    }
    size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
    if (length >= NAME_SIZE) length = NAME_SIZE - 1;
    memcpy(statement->name, text, length);
    text = skip_spaces(text + length);
    if (*text == '@')
        statement->target = text[1] - 'a' + 1;
    else
        statement->argument = read_argument(assembler, text);
    text = strchr(text, ';');
    return text ? text + 1 : NULL;
}

static const char *substitute(const Assembler *assembler, const char *name) {
    if (!assembler->without_locals) return name;
    if (!strcmp(name, "LOAD_FAST")) return "LOAD_CONST";
    return !strcmp(name, "STORE_FAST") ? "POP_TOP" : name;
}

void assembler_add(Assembler *assembler, const char *text, size_t length) {
    size_t labels[LABEL_LIMIT + 1] = {0}, start = assembler->size;
    for (int round = 0; round < 2; round++) {
        assembler->size = start;
        for (const char *rest = text; rest && rest < text + length && *skip_spaces(rest);) {
            Statement statement;
            rest = parse(assembler, rest, &statement);
            int opcode = krait_opcode_number(substitute(assembler, statement.name));
            if (opcode < 0 || opcode > 255) {
                assembler->error = "unknown opcode in a body";
                return;
            }
            if (statement.label) labels[statement.label] = assembler->size;
            int argument = statement.argument;
            if (statement.target) {
                size_t next = assembler->size + 2 * (size_t)(1 + krait_opcode_caches(opcode));
                long distance = ((long)labels[statement.target] - (long)next) / 2;
                argument = (int)(strstr(statement.name, "BACKWARD") ? -distance : distance);
            }
            assembler_emit(assembler, opcode, argument);
        }
    }
}

size_t assembly_split(const char *text, const char *opcode) {
    size_t first = 0;
    if (strchr(text, '@')) return strlen(text);
    const Assembler none = {0};
    for (const char *rest = text; rest && *skip_spaces(rest);) {
        Statement statement;
        rest = parse(&none, rest, &statement);
        size_t end = rest ? (size_t)(rest - text) : strlen(text);
        if (!first) first = end;
        if (!strcmp(statement.name, opcode)) return end;
    }
    return first;
}
