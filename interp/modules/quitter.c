// quitter.c — exit and quit of the site module: callables whose repr tells an interactive user how
// to leave.
#include "modules/builtins_internal.h"
#include "objects/native.h"
#include "objects/str.h"

typedef struct {
    Object header;
    Value name; // str
} Quitter;

static void trace(Marker *marker, Object *object) { mark_value(marker, ((Quitter *)object)->name); }

static Value repr(Thread *thread, Value self) {
    Value name = ((Quitter *)value_as_object(self))->name;
    return str_format(thread, "Use %S() or Ctrl-D (i.e. EOF) to exit", name);
}

static Value call(Thread *thread, Value self, Value *args, int count, Value names) {
    (void)self;
    Value code;
    if (!arguments_bind(thread, "__call__", "code=None", args, count, names, &code))
        return VALUE_ERROR;
    Value status = value_is_absent(code) ? VALUE_NONE : code;
    Value exception = object_call1(thread, value_from_type(&exception_SystemExit), status);
    return value_is_error(exception) ? exception : raise_value(thread, exception);
}

Type quitter_type = {
    TYPE_STATIC_HEADER(quitter),
    .name = "Quitter",
    .flags = TYPE_NO_NEW,
    .basic_size = sizeof(Quitter),
    .trace = trace,
    .repr = repr,
    .call = call,
};

Value quitter_new(Thread *thread, const char *name) {
    Quitter *quitter = (Quitter *)heap_allocate(thread->heap, sizeof(Quitter), SHAPE_quitter);
    if (!quitter) return raise_memory_error(thread);
    quitter->name = str_intern_c(thread, name);
    return value_is_error(quitter->name) ? VALUE_ERROR : value_from_object(quitter);
}
