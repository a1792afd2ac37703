// translate.c — wordcode to threaded code.
//
// One pass over the code units decides which instruction each opcode becomes (fusion, adaptive
// forms, data words) and lays the words out; a second one writes them with jumps resolved. Fusion
// never crosses a jump target or an edge of the exception table. Foreign code passes the verifier
// first, so that both passes may trust what they read.
#include "vm/instruction.h"
#include "objects/bytes.h"
#include "objects/tuple.h"
#include "runtime/errors.h"
#include "vm/engine.h"
#include "vm/inject.h"
#include "vm/instrument.h"
#include "vm/knobs.h"
#include <stdlib.h>

// What a 3.12 opcode becomes; 0 means itself.
typedef struct {
    uint16_t adaptive;
    uint8_t words; // data words behind it
    uint8_t knob;  // of the adaptive form
} BaseForm;
static const BaseForm base_forms[OPCODE_FIRST_PSEUDO] = {
#define WORDS(base, count) [OP_##base].words = (count),
#define ADAPTIVE(name, base, knob_name)                                                            \
    [OP_##base].adaptive = OP_##name, [OP_##base].knob = KNOB_##knob_name,
#include "vm/instructions.def"
};
typedef struct {
    uint16_t opcode, first, second;
    uint8_t knob;
} Fusion;
static const Fusion fusions[] = {
#define FUSED(name, first, second, knob) {OP_##name, OP_##first, OP_##second, KNOB_##knob},
#include "vm/instructions.def"
};
static const struct {
    const char *name;
    uint16_t base;
} internal_instructions[] = {
#define ADAPTIVE(name, base, knob)       {#name, OP_##base},
#define SPECIALIZED(name, base)          {#name, OP_##base},
#define FUSED(name, first, second, knob) {#name, OP_##first},
#define VARIANT(name, base)              {#name, OP_##base},
#include "vm/instructions.def"
};

const char *instruction_name(int opcode) {
    return opcode < INTERNAL_FIRST ? opcode_name(opcode)
                                   : internal_instructions[opcode - INTERNAL_FIRST].name;
}

int instruction_base(int opcode) {
    return opcode < INTERNAL_FIRST ? opcode : internal_instructions[opcode - INTERNAL_FIRST].base;
}

int instruction_width(int opcode) {
    for (size_t i = 0; i < COUNT_OF(fusions); i++)
        if (fusions[i].opcode == opcode) return 2;
    return 1;
}

int instruction_data_words(int opcode) {
    return instruction_width(opcode) == 2 ? 0 : base_forms[instruction_base(opcode)].words;
}

int instruction_adaptive(int base) { return base_forms[base].adaptive; }

// One opcode of the wordcode with its EXTENDED_ARGs.
typedef struct {
    int unit; // of its first EXTENDED_ARG or of itself
    int self; // of the opcode itself
    int next; // first unit behind it and its caches
    int opcode;
    uint32_t arg;
} Decoded;

static Decoded decode(const unsigned char *units, int unit) {
    Decoded decoded = {.unit = unit};
    uint32_t arg = 0;
    while (units[2 * unit] == OP_EXTENDED_ARG) arg = (arg | units[2 * unit++ + 1]) << 8;
    decoded.self = unit;
    decoded.opcode = units[2 * unit];
    decoded.arg = arg | units[2 * unit + 1];
    decoded.next = unit + 1 + opcode_caches(decoded.opcode);
    return decoded;
}

// Code unit that a jump leads to, or -1. FOR_ITER goes behind the END_FOR at its target.
static int jump_target(const Decoded *decoded) {
    if (!(opcode_flags(decoded->opcode) & OPCODE_JUMPS)) return -1;
    int distance = (int)decoded->arg;
    if (decoded->opcode == OP_JUMP_BACKWARD || decoded->opcode == OP_JUMP_BACKWARD_NO_INTERRUPT)
        distance = -distance;
    return decoded->next + distance + (decoded->opcode == OP_FOR_ITER);
}

typedef struct {
    Thread *thread;
    CodeObject *code;
    const unsigned char *units;
    int unit_count;
    uint32_t *word_of_unit;
    unsigned char *is_edge; // by unit: control may arrive here, or the handler changes
    int handlers;           // distinct ones
    bool traced;            // TRACE_NEXT before every instruction, which has its base form
} Translation;

static void mark_edges(Translation *translation) {
    for (int unit = 0; unit < translation->unit_count;) {
        Decoded decoded = decode(translation->units, unit);
        int target = jump_target(&decoded);
        if (target >= 0) translation->is_edge[target] |= 1;
        if (decoded.opcode == OP_FOR_ITER) translation->is_edge[target - 1] |= 1;
        unit = decoded.next;
    }
    CodeHandler previous = {-1, 0, false};
    for (int unit = 0; unit < translation->unit_count; unit++) {
        CodeHandler handler;
        if (!code_find_handler(translation->code, unit, &handler))
            handler = (CodeHandler){-1, 0, false};
        bool same = handler.target == previous.target && handler.depth == previous.depth &&
                    handler.push_lasti == previous.push_lasti;
        if (!same) translation->is_edge[unit] |= 1;
        if (handler.target >= 0) {
            translation->handlers += !(translation->is_edge[handler.target] & 2);
            translation->is_edge[handler.target] |= 2;
        }
        previous = handler;
    }
}

// The fused instruction for two neighbours, or NULL. Operands must fit a, b and c.
static const Fusion *find_fusion(const Translation *translation, const Decoded *first,
                                 const Decoded *second) {
    uint32_t off = translation->thread->runtime->options.knobs_off;
    if (translation->traced || translation->is_edge[second->unit] || first->arg > UINT16_MAX ||
        second->unit != second->self)
        return NULL;
    for (size_t i = 0; i < COUNT_OF(fusions); i++) {
        const Fusion *fusion = &fusions[i];
        if (fusion->first != first->opcode || fusion->second != second->opcode) continue;
        if (off >> fusion->knob & 1) return NULL;
        bool jumps = opcode_flags(second->opcode) & OPCODE_JUMPS;
        return jumps || second->arg <= UINT16_MAX ? fusion : NULL;
    }
    return NULL;
}

static int choose_traced_form(int opcode, bool after_kw_names) {
    switch (opcode) {
    case OP_CALL: return after_kw_names ? OP_CALL_KEYWORDS_TRACED : OP_CALL_TRACED;
    case OP_CALL_FUNCTION_EX: return OP_CALL_FUNCTION_EX_TRACED;
    case OP_FOR_ITER: return OP_FOR_ITER_TRACED;
    case OP_SEND: return OP_SEND_TRACED;
    default: return opcode;
    }
}

// What the opcode becomes when it is not fused.
static int choose_form(const Translation *translation, const Decoded *decoded,
                       bool after_kw_names) {
    bool limited = translation->thread->runtime->options.limit_steps;
    if (decoded->opcode == OP_JUMP_BACKWARD_NO_INTERRUPT && limited) return OP_JUMP_BACKWARD;
    if (translation->traced) return choose_traced_form(decoded->opcode, after_kw_names);
    if (decoded->opcode == OP_CALL && after_kw_names) return OP_CALL_KEYWORDS;
    const BaseForm *form = &base_forms[decoded->opcode];
    uint32_t off = translation->thread->runtime->options.knobs_off;
    return form->adaptive && !(off >> form->knob & 1) ? form->adaptive : decoded->opcode;
}

// An instruction before an instruction: counts, traces or delays it. The word behind.
static uint32_t lay_out_prefix(ThreadedCode *threaded, const void *const *handlers, int opcode,
                               uint32_t word, uint32_t unit) {
    if (threaded) {
        *(Instruction *)(void *)&threaded->words[word] = (Instruction){
            .handler = handlers[opcode], .opcode = (uint16_t)opcode, .a = INSTRUCTION_WORDS};
        for (uint32_t i = 0; i < INSTRUCTION_WORDS; i++) threaded->unit_of_word[word + i] = unit;
    }
    return word + INSTRUCTION_WORDS;
}

// What is injected before an opcode, each counted if instructions are counted (`prefix`). The word
// behind.
static uint32_t lay_out_spins(const Translation *translation, ThreadedCode *threaded,
                              const void *const *handlers, int prefix, const Decoded *decoded,
                              uint32_t word) {
    const Injections *injections = translation->thread->runtime->injections;
    if (LIKELY(!injections) || translation->traced) return word;
    const uint8_t *spins = injections->spins[decoded->opcode];
    for (int kind = 0; kind < SPIN_KINDS; kind++)
        for (int i = 0; i < spins[kind]; i++) {
            uint32_t unit = (uint32_t)decoded->self;
            if (prefix) word = lay_out_prefix(threaded, handlers, prefix, word, unit);
            word = lay_out_prefix(threaded, handlers, OP_SPIN8 + kind, word, unit);
        }
    return word;
}

// With a step limit every call polls: a RESUME is put before code that does not begin with one.
static uint32_t lay_out_poll(const Translation *translation, ThreadedCode *threaded,
                             const void *const *handlers) {
    if (!translation->thread->runtime->options.limit_steps || translation->units[0] == OP_RESUME)
        return 0;
    if (threaded)
        *threaded_start(threaded) = (Instruction){
            .handler = handlers[OP_RESUME], .opcode = OP_RESUME, .a = INSTRUCTION_WORDS};
    return INSTRUCTION_WORDS;
}

// Both passes walk the code alike; `threaded` NULL counts only.
static uint32_t lay_out(Translation *translation, ThreadedCode *threaded) {
    const Engine *engine = engines[translation->thread->engine];
    const void *const *handlers = engine->handlers();
    const int prefix = translation->traced                  ? OP_TRACE_NEXT
                       : translation->thread->opcode_counts ? OP_COUNT_NEXT
                                                            : 0;
    uint32_t word = lay_out_poll(translation, threaded, handlers);
    bool after_kw_names = false;
    for (int unit = 0; unit < translation->unit_count;) {
        Decoded first = decode(translation->units, unit), second = first;
        const Fusion *fusion = NULL;
        if (first.next < translation->unit_count) {
            second = decode(translation->units, first.next);
            fusion = find_fusion(translation, &first, &second);
        }
        if (!fusion) second = first;
        int opcode = fusion ? fusion->opcode : choose_form(translation, &first, after_kw_names);
        uint32_t words = INSTRUCTION_WORDS + (uint32_t)instruction_data_words(opcode);
        for (int i = unit; i < second.next; i++) translation->word_of_unit[i] = UINT32_MAX;
        translation->word_of_unit[unit] = translation->word_of_unit[first.self] = word;
        word = lay_out_spins(translation, threaded, handlers, prefix, &first, word);
        if (prefix) word = lay_out_prefix(threaded, handlers, prefix, word, (uint32_t)first.self);
        if (threaded) {
            Instruction *instruction = (Instruction *)(void *)&threaded->words[word];
            int target = jump_target(&second);
            uint32_t operand = second.arg;
            if (target >= 0) operand = translation->word_of_unit[target] - word;
            *instruction = (Instruction){.handler = handlers[opcode],
                                         .opcode = (uint16_t)opcode,
                                         .a = (uint16_t)(fusion ? first.arg : words),
                                         .b = (uint16_t)operand,
                                         .c = (uint16_t)(operand >> 16)};
            for (uint32_t i = 0; i < words; i++)
                threaded->unit_of_word[word + i] = (uint32_t)first.self;
        }
        after_kw_names = first.opcode == OP_KW_NAMES;
        word += words;
        unit = second.next;
    }
    return word;
}

void threaded_code_free(ThreadedCode *threaded) {
    if (!threaded) return;
    threaded_code_unlist(threaded);
    threaded_code_free(threaded->traced);
    free(threaded->line_starts);
    free(threaded->unit_of_word);
    free(threaded->word_of_unit);
    free(threaded);
}

static ThreadedCode *translate(Translation *translation) {
    mark_edges(translation);
    uint32_t count = lay_out(translation, NULL);
    ThreadedCode *threaded = calloc(1, sizeof *threaded + (size_t)count * sizeof(uint64_t));
    if (!threaded) return NULL;
    threaded->word_count = count;
    // Every generator has one handler, which turns a StopIteration into a RuntimeError.
    threaded->needs_close = translation->handlers > 1;
    threaded->unit_of_word = calloc(count ? count : 1, sizeof *threaded->unit_of_word);
    threaded->word_of_unit = translation->word_of_unit;
    if (!threaded->unit_of_word) {
        free(threaded);
        return NULL;
    }
    // The second pass finds and rewrites the same positions in word_of_unit, so jumps both ways are
    // right.
    lay_out(translation, threaded);
    return threaded;
}

// The tables that a translation needs; free(is_edge) when it is done.
static bool start_translation(Translation *translation, Thread *thread, CodeObject *code) {
    const Bytes *bytes = value_as_bytes(code->co_code);
    *translation = (Translation){.thread = thread,
                                 .code = code,
                                 .units = bytes->data,
                                 .unit_count = (int)(bytes->length / 2)};
    translation->is_edge = calloc((size_t)translation->unit_count + 1, 1);
    return translation->is_edge != NULL;
}

static ThreadedCode *make(Thread *thread, CodeObject *code, bool traced) {
    Translation translation;
    ThreadedCode *threaded = NULL;
    if (start_translation(&translation, thread, code)) {
        translation.traced = traced;
        size_t size = (size_t)translation.unit_count * sizeof(uint32_t) + 1;
        translation.word_of_unit = malloc(size);
        if (translation.word_of_unit) threaded = translate(&translation);
        if (!threaded) free(translation.word_of_unit);
        free(translation.is_edge);
    }
    if (!threaded) {
        raise_memory_error(thread);
        return NULL;
    }
    threaded->code = code;
    return threaded;
}

ThreadedCode *code_translate_traced(Thread *thread, CodeObject *code) {
    return make(thread, code, true);
}

bool threaded_code_reset(Thread *thread, ThreadedCode *threaded) {
    Translation translation;
    if (!start_translation(&translation, thread, threaded->code)) return false;
    translation.word_of_unit = threaded->word_of_unit;
    mark_edges(&translation);
    lay_out(&translation, threaded);
    free(translation.is_edge);
    return true;
}

ThreadedCode *code_translate(Thread *thread, CodeObject *code) {
    if (!code->verified) {
#ifndef KRAIT_CHECKED
        if (!code->trusted)
#endif
            if (!code_verify(thread, code)) return NULL;
        code->verified = true;
    }
    ThreadedCode *threaded = make(thread, code, false);
    if (!threaded) return NULL;
    code->threaded[thread->engine] = threaded;
    threaded_code_list(thread, threaded);
    return threaded;
}

int instruction_unit(const Thread *thread, const CodeObject *code, const Instruction *pc) {
    const ThreadedCode *threaded = code->threaded[thread->engine];
    size_t word = (size_t)((const uint64_t *)(const void *)pc - threaded->words);
    if (UNLIKELY(word >= threaded->word_count)) {
        threaded = threaded->traced;
        word = (size_t)((const uint64_t *)(const void *)pc - threaded->words);
    }
    ASSERT(word < threaded->word_count);
    return (int)threaded->unit_of_word[word];
}

uint32_t instruction_word(const Thread *thread, const CodeObject *code, const Instruction *pc) {
    const ThreadedCode *threaded = code->threaded[thread->engine];
    size_t word = (size_t)((const uint64_t *)(const void *)pc - threaded->words);
    if (word < threaded->word_count) return (uint32_t)word;
    word = threaded->word_of_unit[instruction_unit(thread, code, pc)];
    const Instruction *instruction = (const Instruction *)(const void *)&threaded->words[word];
    while (instruction_is_prefix(instruction->opcode)) instruction = instruction_after(instruction);
    return (uint32_t)((const uint64_t *)(const void *)instruction - threaded->words);
}

void instruction_rewrite(Thread *thread, const Instruction *pc, int opcode) {
    if (pc->opcode == OP_DIVERT) return; // tracing has begun in the meantime
    ASSERT(instruction_base(pc->opcode) == instruction_base(opcode));
    Instruction *instruction = (Instruction *)(uintptr_t)pc; // threaded code is const to all others
    instruction->opcode = (uint16_t)opcode;
    instruction->handler = engines[thread->engine]->handlers()[opcode];
}
