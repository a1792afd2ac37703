// once.c — exact counts do without repetition: the difference of two calls is what the copies
// between them execute.
#include "once.h"
#include <stdio.h>

enum { WARM_UP = 20 }; // calls; specialisation gives up after fewer

__attribute__((noinline)) int measured_call(KraitRuntime *runtime, BodyFunction *made) {
    return body_run(runtime, made, 1);
}

static bool call_one(KraitRuntime *runtime, KraitHandle *prelude, const Body *body, bool baseline,
                     int copies) {
    BodyFunction made;
    char error[512];
    const BodyPlan plan = {.baseline = baseline, .copies = copies};
    bool ok = body_make(runtime, prelude, body, &plan, &made, error, sizeof error);
    if (ok) {
        ok = body_run(runtime, &made, WARM_UP) == 0 && measured_call(runtime, &made) == 0;
        if (!ok) krait_error_text(runtime, error, sizeof error);
        krait_clear_error(runtime);
        body_release(runtime, &made);
    }
    if (ok)
        printf("%s.%s,%s,%d\n", body->opcode, body->variant, baseline ? "baseline" : "body",
               copies);
    else
        fprintf(stderr, "krait-microbench: %s.%s: %s\n", body->opcode, body->variant, error);
    return ok;
}

bool once_run(KraitRuntime *runtime, KraitHandle *prelude, bool tuned, int copies) {
    puts("bench,body,copies");
    for (size_t i = 0; i < body_count; i++)
        for (int baseline = 0; (tuned || !bodies[i].tuned_only) && baseline < 2; baseline++)
            for (int factor = 1; factor <= 2; factor++)
                if (!call_one(runtime, prelude, &bodies[i], baseline, factor * copies))
                    return false;
    return true;
}
