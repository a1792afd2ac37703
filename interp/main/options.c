// options.c — parsing the command line.
//
// Options end at the program: what follows is the program's own. Long options take their value
// behind
// "=" or as the next argument.
#include "main/options.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char help_text[] =
    "usage: krait [OPTION]... [FILE | -c CODE | -m MODULE | -] [ARGUMENT]...\n"
    "       krait [OPTION]... --compile FILE|DIRECTORY...\n"
    "\n"
    "Runs a Python 3.12 program: source, bytecode (.pyc), or the __main__.py of a directory.\n"
    "Without FILE the program is read from standard input, or typed at a prompt if that is a\n"
    "terminal (history: $KRAIT_HISTORY, else ~/.krait_history).\n"
    "\n"
    "  -c CODE                the program is CODE\n"
    "  -m MODULE              the program is a module, or the __main__ of a package\n"
    "  -i                     interactive prompt after the program\n"
    "  -q                     no greeting at the prompt\n"
    "  -B                     do not write .pyc files (also PYTHONDONTWRITEBYTECODE)\n"
    "  -O, -OO                without assertions; -OO: without docstrings too (PYTHONOPTIMIZE)\n"
    "  -W FILTER              warnings: default, error, ignore, always, module or once, as\n"
    "                         ACTION:MESSAGE:CATEGORY:MODULE:LINE (also PYTHONWARNINGS)\n"
    "  -h, --help             this text\n"
    "  -V, --version          the version; --json: with the layout seed of the build\n"
    "\n"
    "Bytecode\n"
    "  --compile              write the .pyc files of sources, in directories those of all .py files\n"
    "  --validation=KIND      they are valid by timestamp (the default), checked-hash, unchecked-hash\n"
    "\n"
    "Evaluation\n"
    "  --dispatch=NAME        dispatch technique, NAME or NAME:COMPILER (also KRAIT_DISPATCH)\n"
    "  --dispatch=list        what this build has, and why another is missing\n"
    "  --knobs                the techniques that can be switched off\n"
    "  --knobs-off=LIST       switch off: names separated by commas, or all\n"
    "  --inject=LIST          slow opcodes down on purpose: OPCODE=SPIN8[+SPIN16...], separated by\n"
    "                         commas; SPIN8, 16, 32 and 64 are so many dependent additions\n"
    "  --max-steps=N          RuntimeError after N calls and loops (suffixes K, M, G)\n"
    "\n"
    "Memory\n"
    "  --max-heap=SIZE        MemoryError beyond SIZE bytes (suffixes K, M, G)\n"
    "  --gc-stress=N          collect at every N-th allocation and poison freed blocks\n"
    "  --gc-verify            check every mark by a second one\n"
    "  --allocator=NAME       slabs (the default), jemalloc-direct, libc; list says what they are\n"
    "  --check-leaks          exit code 1 if the heap holds memory after the end\n"
    "\n"
    "Looking inside\n"
    "  --dis                  print the bytecode instead of running (--show-caches: CACHE too)\n"
    "  --dis --text           print the bytecode as text that --assemble reads\n"
    "  --assemble             the program is bytecode as text: run it (or --dis, --listing)\n"
    "  --ast                  print the syntax tree as ast.dump(tree, indent=2) does\n"
    "  --tokens               print the tokens as python -m tokenize -e does\n"
    "  --listing              one JSON line a source with everything its code objects hold; takes\n"
    "                         several files, and folders\n"
    "  --stats                after the run: opcode counts, allocations, collections (on stderr);\n"
    "                         --stats=pairs, --stats=triples: of opcodes that follow each other too;\n"
    "                         --stats=operands: by the types that they work on, with times\n"
    "  --sample[=HZ]          look HZ times a second (997) where the program is: tables of functions,\n"
    "                         lines and opcodes on stderr, or what --json and --sample-output say\n"
    "  --sample-output=FILE   the samples as folded stacks (with --json: as JSON) into FILE\n"
    "  --json                 --stats, --sample, --knobs, --dispatch=list, --allocator=list, --version\n"
    "                         as JSON\n"
    "\n"
    "PYTHONPATH (folders for sys.path), PYTHONPYCACHEPREFIX and PYTHONHASHSEED are CPython's.\n"
    "Exit codes: 0; 1 an uncaught exception, or a file that --compile could not compile; 2 wrong\n"
    "usage or no such file; SystemExit's own.\n";

void options_print_help(FILE *out) { fputs(help_text, out); }

static bool usage_error(const char *message, const char *detail) {
    fprintf(stderr, "krait: %s%s%s\nTry 'krait --help'.\n", message, detail ? ": " : "",
            detail ? detail : "");
    return false;
}

// Digits with a suffix K, M or G; 0 is no size.
static bool parse_number(const char *text, bool suffixes, uint64_t *number) {
    char *end;
    errno = 0;
    if (*text < '0' || *text > '9') return false;
    unsigned long long value = strtoull(text, &end, 10);
    unsigned shift = 0;
    if (suffixes && *end) {
        const char *suffix = strchr("KMG", *end & ~0x20);
        if (!suffix || !*suffix || end[1]) return false;
        shift = 10 * (unsigned)(suffix - "KMG" + 1);
    } else if (*end) {
        return false;
    }
    if (errno || value == 0 || value > UINT64_MAX >> shift) return false;
    *number = (uint64_t)value << shift;
    return true;
}

static bool parse_knobs(Options *options, const char *list) {
    while (*list) {
        size_t length = strcspn(list, ",");
        char name[64];
        if (length >= sizeof name) return usage_error("no such knob", list);
        memcpy(name, list, length);
        name[length] = 0;
        int index = krait_knob_find(name);
        if (strcmp(name, "all") == 0)
            options->runtime.knobs_off = UINT64_MAX;
        else if (index >= 0)
            options->runtime.knobs_off |= (uint64_t)1 << index;
        else
            return usage_error("no such knob", name);
        list += length + (list[length] == ',');
    }
    return true;
}

static bool parse_dispatch(Options *options, const char *name) {
    if (strcmp(name, "list") == 0) {
        options->action = ACTION_ENGINES;
        return true;
    }
    if (krait_engine_find(name) < 0)
        return usage_error("no such dispatch technique in this build (see --dispatch=list)", name);
    options->runtime.dispatch = name;
    return true;
}

// Repeated options join to one list.
static bool parse_inject(Options *options, const char *list) {
    const char *wrong = krait_injection_error(list);
    if (wrong) return usage_error(wrong, list);
    size_t used = strlen(options->inject);
    int length = snprintf(options->inject + used, sizeof options->inject - used, "%s%s",
                          used ? "," : "", list);
    if (length < 0 || (size_t)length >= sizeof options->inject - used)
        return usage_error("--inject: too long", list);
    options->runtime.inject = options->inject;
    return true;
}

static const struct {
    const char *name, *description;
} allocators[] = {
    [KRAIT_ALLOCATOR_SLABS] = {"slabs", "small objects are blocks of slabs, one size class each"},
    [KRAIT_ALLOCATOR_JEMALLOC_DIRECT] = {"jemalloc-direct",
                                         "each object is an allocation of jemalloc"},
    [KRAIT_ALLOCATOR_LIBC] = {"libc", "each object is an allocation of the C library"},
};
enum { ALLOCATOR_COUNT = sizeof allocators / sizeof *allocators };

void options_print_allocators(FILE *out, bool json) {
    for (int i = 0; i < ALLOCATOR_COUNT; i++)
        if (json)
            fprintf(out, "%s\n  {\"name\": \"%s\", \"default\": %s, \"description\": \"%s\"}",
                    i ? "," : "[", allocators[i].name, i ? "false" : "true",
                    allocators[i].description);
        else
            fprintf(out, "%-24s %s\n", allocators[i].name, allocators[i].description);
    if (json) fputs("\n]\n", out);
}

static bool parse_allocator(Options *options, const char *name) {
    if (strcmp(name, "list") == 0) {
        options->action = ACTION_ALLOCATORS;
        return true;
    }
    for (int i = 0; i < ALLOCATOR_COUNT; i++)
        if (strcmp(name, allocators[i].name) == 0) {
            options->runtime.allocator = (KraitAllocator)i;
            return true;
        }
    return usage_error("no such allocator (see --allocator=list)", name);
}

static bool parse_max_heap(Options *options, const char *text) {
    return parse_number(text, true, &options->runtime.max_heap) ||
           usage_error("--max-heap wants a size", text);
}

static bool parse_max_steps(Options *options, const char *text) {
    return parse_number(text, true, &options->runtime.max_steps) ||
           usage_error("--max-steps wants a number from 1", text);
}

static bool parse_gc_stress(Options *options, const char *text) {
    return parse_number(text, false, &options->runtime.gc_stress) ||
           usage_error("--gc-stress wants a number from 1", text);
}

// --sample, --sample=HZ.
static bool parse_sample(Options *options, const char *text) {
    uint64_t hz = 997; // no divisor of a round number: does not keep step with the program
    if (text && (!parse_number(text, false, &hz) || hz > 10000))
        return usage_error("--sample wants samples a second, 1 to 10000", text);
    options->sample_hz = (int)hz;
    return true;
}

static bool parse_sample_output(Options *options, const char *path) {
    options->sample_output = path;
    if (!options->sample_hz) return parse_sample(options, NULL);
    return true;
}

static bool parse_validation(Options *options, const char *name) {
    static const char *const names[] = {[KRAIT_VALIDATE_TIMESTAMP] = "timestamp",
                                        [KRAIT_VALIDATE_HASH] = "checked-hash",
                                        [KRAIT_VALIDATE_NEVER] = "unchecked-hash"};
    for (int i = 0; i < 3; i++)
        if (strcmp(name, names[i]) == 0) {
            options->validation = (KraitValidation)i;
            return true;
        }
    return usage_error("no such validation", name);
}

// --stats, --stats=pairs, --stats=triples, --stats=operands.
static bool parse_statistics(Options *options, const char *what) {
    static const char *const names[] = {"opcodes", "pairs", "triples"};
    options->statistics = true;
    if (!what) what = names[0];
    if (strcmp(what, "operands") == 0) {
        options->runtime.count_operands = 1;
        return true;
    }
    for (int i = 0; i < 3; i++)
        if (strcmp(what, names[i]) == 0) {
            if (options->runtime.count_opcodes <= i) options->runtime.count_opcodes = i + 1;
            return true;
        }
    return usage_error("--stats knows opcodes, pairs, triples and operands", what);
}

typedef struct {
    const char *name;
    bool (*with_value)(Options *options, const char *value); // NULL: a flag
    void (*flag)(Options *options);
} LongOption;

static void set_help(Options *options) { options->action = ACTION_HELP; }
static void set_version(Options *options) { options->action = ACTION_VERSION; }
static void set_knobs(Options *options) { options->action = ACTION_KNOBS; }
static void set_compile(Options *options) { options->action = ACTION_COMPILE; }
static void set_dis(Options *options) { options->action = ACTION_DIS; }
static void set_ast(Options *options) { options->action = ACTION_AST; }
static void set_tokens(Options *options) { options->action = ACTION_TOKENS; }
static void set_listing(Options *options) { options->action = ACTION_LISTING; }
static void set_text(Options *options) { options->as_text = true; }
static void set_assemble(Options *options) { options->assemble = true; }
static void set_show_caches(Options *options) { options->show_caches = true; }
static void set_json(Options *options) { options->json = true; }
static void set_verify(Options *options) { options->runtime.gc_verify = 1; }
static void set_check_leaks(Options *options) { options->check_leaks = true; }

static const LongOption long_options[] = {
    {"dispatch", parse_dispatch, NULL},
    {"knobs-off", parse_knobs, NULL},
    {"inject", parse_inject, NULL},
    {"max-heap", parse_max_heap, NULL},
    {"gc-stress", parse_gc_stress, NULL},
    {"max-steps", parse_max_steps, NULL},
    {"allocator", parse_allocator, NULL},
    {"validation", parse_validation, NULL},
    {"help", NULL, set_help},
    {"version", NULL, set_version},
    {"knobs", NULL, set_knobs},
    {"compile", NULL, set_compile},
    {"dis", NULL, set_dis},
    {"listing", NULL, set_listing},
    {"ast", NULL, set_ast},
    {"tokens", NULL, set_tokens},
    {"show-caches", NULL, set_show_caches},
    {"text", NULL, set_text},
    {"assemble", NULL, set_assemble},
    {"json", NULL, set_json},
    {"gc-verify", NULL, set_verify},
    {"check-leaks", NULL, set_check_leaks},
    {"stats", parse_statistics, NULL},
    {"sample", parse_sample, NULL},
    {"sample-output", parse_sample_output, NULL},
};

// Such a value stands behind "="; NULL if it is missing.
static bool has_optional_value(const LongOption *option) {
    return option->with_value == parse_statistics || option->with_value == parse_sample;
}

// Parses argv[*index]; *index moves past the option and its value.
static bool parse_long(Options *options, int argc, char **argv, int *index) {
    const char *name = argv[*index] + 2;
    size_t length = strcspn(name, "=");
    for (size_t i = 0; i < sizeof long_options / sizeof *long_options; i++) {
        const LongOption *option = &long_options[i];
        if (strlen(option->name) != length || memcmp(option->name, name, length) != 0) continue;
        if (!option->with_value) {
            if (name[length]) return usage_error("this option takes no value", argv[*index]);
            option->flag(options);
            ++*index;
            return true;
        }
        bool optional = has_optional_value(option);
        const char *value = name[length]                     ? name + length + 1
                            : !optional && *index + 1 < argc ? argv[++*index]
                                                             : NULL;
        ++*index;
        return value || optional ? option->with_value(options, value)
                                 : usage_error("this option wants a value", name - 2);
    }
    return usage_error("unknown option", argv[*index]);
}

// -W FILTER: the rest of the argument, or the next one.
static bool parse_warning(Options *options, const char *rest, int argc, char **argv, int *index) {
    const char *filter = *rest ? rest : *index + 1 < argc ? argv[++*index] : NULL;
    ++*index;
    if (!filter) return usage_error("option -W wants a filter", NULL);
    if (options->warning_count == MAX_WARNINGS) return usage_error("too many options -W", NULL);
    options->warnings[options->warning_count++] = filter;
    return true;
}

// -c CODE or -m MODULE: the rest of the argument, or the next one.
static bool parse_program(Options *options, Source source, const char *rest, int argc, char **argv,
                          int *index) {
    options->source = source;
    options->program = *rest ? rest : *index + 1 < argc ? argv[++*index] : NULL;
    ++*index;
    if (options->program) return true;
    return source == SOURCE_COMMAND ? usage_error("option -c wants the program text", NULL)
                                    : usage_error("option -m wants the name of a module", NULL);
}

// Letters without a value may be joined: -BOO.
static bool parse_short(Options *options, int argc, char **argv, int *index, bool *found_program) {
    for (const char *letter = argv[*index] + 1; *letter; letter++) {
        switch (*letter) {
        case 'h': options->action = ACTION_HELP; break;
        case 'V': options->action = ACTION_VERSION; break;
        case 'i': options->interactive = true; break;
        case 'q': options->quiet = true; break;
        case 'W': return parse_warning(options, letter + 1, argc, argv, index);
        case 'B': options->runtime.dont_write_bytecode = 1; break;
        case 'O': options->runtime.optimize++; break;
        case 'c':
        case 'm':
            *found_program = true;
            return parse_program(options, *letter == 'c' ? SOURCE_COMMAND : SOURCE_MODULE,
                                 letter + 1, argc, argv, index);
        default: return usage_error("unknown option", argv[*index]);
        }
    }
    ++*index;
    return true;
}

bool options_parse(Options *options, int argc, char **argv) {
    memset(options, 0, sizeof *options);
    krait_options_initialize(&options->runtime);
    options->source = SOURCE_STDIN;
    const char *dispatch = getenv("KRAIT_DISPATCH");
    if (dispatch && *dispatch && !parse_dispatch(options, dispatch)) return false;
    bool found_program = false;
    int index = 1;
    while (index < argc && !found_program) {
        const char *argument = argv[index];
        if (argument[0] != '-' || argument[1] == 0) {
            options->has_dash = argument[0] == '-';
            options->source = options->has_dash ? SOURCE_STDIN : SOURCE_FILE;
            options->program = argument;
            found_program = true;
            index++;
        } else if (argument[1] != '-') {
            if (!parse_short(options, argc, argv, &index, &found_program)) return false;
        } else if (!parse_long(options, argc, argv, &index)) {
            return false;
        }
    }
    if (options->action == ACTION_COMPILE && options->source == SOURCE_FILE) index--;
    options->arguments = argv + index;
    options->argument_count = argc - index;
    if (options->action == ACTION_COMPILE && options->argument_count == 0)
        return usage_error("--compile wants files or directories", NULL);
    return true;
}
