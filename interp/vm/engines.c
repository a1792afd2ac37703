// engines.c — the table of engines, from the build's engines.def.
#include "vm/engine.h"
#include <string.h>

#define ENGINE(technique, compiler) extern const Engine engine_##technique##_##compiler;
#define ENGINE_MISSING(technique, compiler, reason)
#include "engines.def"
#undef ENGINE
const Engine *const engines[] = {
#define ENGINE(technique, compiler) &engine_##technique##_##compiler,
#include "engines.def"
#undef ENGINE
#undef ENGINE_MISSING
};
const int engine_count = (int)COUNT_OF(engines);
const int layout_seed = KRAIT_LAYOUT_SEED;
_Static_assert(COUNT_OF(engines) <= CODE_ENGINE_LIMIT, "a code object has a slot for each engine");

static const struct {
    const char *technique, *compiler, *reason;
} missing[] = {
#define ENGINE(technique, compiler)
#define ENGINE_MISSING(technique, compiler, reason) {#technique, compiler, reason},
#include "engines.def"
    {NULL, NULL, NULL},
};

static const char default_technique[] = "direct";

int engine_find(const char *dispatch) {
    if (!dispatch || !*dispatch) dispatch = default_technique;
    const char *colon = strchr(dispatch, ':');
    size_t length = colon ? (size_t)(colon - dispatch) : strlen(dispatch);
    for (int i = 0; i < engine_count; i++) {
        const Engine *engine = engines[i];
        if (strlen(engine->technique) != length || memcmp(engine->technique, dispatch, length) != 0)
            continue;
        if (!colon || strcmp(engine->compiler, colon + 1) == 0) return i;
    }
    return -1;
}

static void list_json(FILE *out) {
    const char *separator = "[";
    for (int i = 0; i < engine_count; i++, separator = ",")
        fprintf(
            out,
            "%s\n  {\"technique\": \"%s\", \"compiler\": \"%s\", \"flags\": \"%s\", \"built\": true}",
            separator, engines[i]->technique, engines[i]->compiler, engines[i]->flags);
    for (int i = 0; missing[i].technique; i++)
        fprintf(
            out,
            "%s\n  {\"technique\": \"%s\", \"compiler\": \"%s\", \"reason\": \"%s\", \"built\": false}",
            separator, missing[i].technique, missing[i].compiler, missing[i].reason);
    fputs("\n]\n", out);
}

void engine_list(FILE *out, bool json) {
    if (json) {
        list_json(out);
        return;
    }
    int chosen = engine_find(NULL);
    fprintf(out, "%-10s %-10s %s\n", "technique", "compiler", "flags");
    for (int i = 0; i < engine_count; i++)
        fprintf(out, "%-10s %-10s %s%s\n", engines[i]->technique, engines[i]->compiler,
                engines[i]->flags, i == chosen ? "  (default)" : "");
    for (int i = 0; missing[i].technique; i++)
        fprintf(out, "%-10s %-10s missing: %s\n", missing[i].technique, missing[i].compiler,
                missing[i].reason);
}
