// traceback.c — traceback entries and frame objects.
#include "vm/traceback.h"
#include "objects/builtin_types.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/int.h"
#include "objects/tuple.h"
#include "runtime/protocols.h"
#include "vm/function.h"
#include "vm/generator_internal.h"
#include "vm/slow_paths.h"
#include <stddef.h>

static Traceback *self_traceback(Value self) { return (Traceback *)value_as_object(self); }

static FrameObject *self_frame(Value self) { return (FrameObject *)value_as_object(self); }

static void keep_locals(Traceback *traceback, const Frame *frame) {
    traceback->local_count = frame->code->co_nlocalsplus;
    memcpy(traceback->words, frame->localsplus, (size_t)traceback->local_count * sizeof(Value));
    traceback->frame = NULL;
}

// Without memory the entry is left out: the exception that propagates matters more.
void traceback_add(Thread *thread, Frame *frame, int unit, bool leaves) {
    size_t words = (size_t)frame->code->co_nlocalsplus;
    Object *object =
        heap_allocate(thread->heap, sizeof(Traceback) + words * sizeof(Value), SHAPE_traceback);
    if (!object) return;
    Traceback *traceback = (Traceback *)object;
    Exception *exception = value_as_exception(thread->exception);
    traceback->next = value_is_absent(exception->traceback) ? VALUE_NONE : exception->traceback;
    traceback->code = frame->code;
    traceback->function = frame->function;
    traceback->locals = frame->locals;
    traceback->frame = frame;
    traceback->unit = unit;
    traceback->frame_object = frame->frame_object;
    if (leaves) keep_locals(traceback, frame);
    object_store(thread->heap, exception, &exception->traceback, value_from_object(traceback));
}

void traceback_keep_locals(Thread *thread, Frame *frame) {
    Value head = value_as_exception(thread->exception)->traceback;
    if (!value_has_shape(head, SHAPE_traceback)) return;
    Traceback *traceback = self_traceback(head);
    if (traceback->frame == frame && traceback->code == frame->code) keep_locals(traceback, frame);
}

static void traceback_trace(Marker *marker, Object *object) {
    Traceback *traceback = (Traceback *)object;
    mark_value(marker, traceback->next);
    mark_object(marker, traceback->code);
    mark_object(marker, traceback->function);
    mark_value(marker, traceback->frame_object);
    mark_value(marker, traceback->locals);
    mark_values(marker, traceback->words, (size_t)traceback->local_count);
}

// Puts fast locals into a dict, in the order of the slots; unbound ones are taken out, cells are
// looked into. Other keys stay.
static bool update_locals(Thread *thread, Dict *dict, const CodeObject *code, const Value *words) {
    const Tuple *names = value_as_tuple(code->co_localsplusnames);
    for (size_t i = 0; i < names->length; i++) {
        Value value = words[i];
        if (value_is_cell(value)) value = cell_content(value);
        if (value_is_absent(value) ? dict_delete(thread, dict, names->items[i]) < 0
                                   : !dict_set(thread, dict, names->items[i], value))
            return false;
    }
    return true;
}

static Value words_to_dict(Thread *thread, const CodeObject *code, const Value *words) {
    Value dict = dict_new(thread);
    if (value_is_error(dict)) return dict;
    return update_locals(thread, value_as_dict(dict), code, words) ? dict : VALUE_ERROR;
}

// The namespace of module or class code; with the variables of a comprehension that runs inline, if
// one does, in a copy (PEP 709).
static Value with_hidden_locals(Thread *thread, const Frame *frame) {
    const CodeObject *code = frame->code;
    const unsigned char *kinds = value_as_bytes(code->co_localspluskinds)->data;
    Value locals = frame->locals;
    for (int i = 0; i < code->co_nlocalsplus; i++) {
        if (!(kinds[i] & CO_FAST_HIDDEN) || value_is_absent(frame->localsplus[i])) continue;
        Value value = frame->localsplus[i];
        if (value_is_cell(value)) value = cell_content(value);
        if (value_is_absent(value)) continue;
        if (value_same(locals, frame->locals)) {
            locals = dict_new(thread);
            if (value_is_error(locals) ||
                !dict_update(thread, value_as_dict(locals), frame->locals))
                return VALUE_ERROR;
        }
        if (!dict_set(thread, value_as_dict(locals),
                      value_as_tuple(code->co_localsplusnames)->items[i], value))
            return VALUE_ERROR;
    }
    return locals;
}

// Its frame on the array, or NULL.
static Frame *find_frame(const Thread *thread, const FrameObject *object) {
    if (!object->generator) return object->frame;
    Frame *frame = object->generator->state == GENERATOR_RUNNING ? thread->frame : NULL;
    while (frame && frame->generator != object->generator)
        frame = frame > thread->frame_base ? frame - 1 : NULL;
    return frame;
}

// Where the fast locals of a frame that has not been left lie; NULL if it has.
static const Value *find_words(const Thread *thread, const FrameObject *object) {
    const Frame *frame = find_frame(thread, object);
    if (frame) return frame->localsplus;
    return object->generator ? object->generator->words : NULL;
}

// Every request of one call gets the same dict, so that names which exec() adds are found again.
static Value refresh_locals(Thread *thread, FrameObject *object) {
    if (value_is_absent(object->locals)) {
        Value dict = dict_new(thread);
        if (value_is_error(dict)) return dict;
        object_store(thread->heap, object, &object->locals, dict);
    }
    const Value *words = find_words(thread, object);
    return !words || update_locals(thread, value_as_dict(object->locals), object->code, words)
               ? object->locals
               : VALUE_ERROR;
}

Value frame_locals(Thread *thread, Frame *frame) {
    if (!value_is_absent(frame->locals)) return with_hidden_locals(thread, frame);
    Value object = frame_object_get(thread, frame);
    return value_is_error(object) ? object : refresh_locals(thread, self_frame(object));
}

bool frame_object_refresh(Thread *thread, Value value) {
    FrameObject *object = self_frame(value);
    return value_is_absent(object->locals) || !(object->code->co_flags & CO_OPTIMIZED) ||
           !value_is_error(refresh_locals(thread, object));
}

// A name that was deleted from f_locals becomes None: the compiler may rely on its being bound.
bool frame_object_write_locals(Thread *thread, Value value) {
    FrameObject *object = self_frame(value);
    Frame *frame = find_frame(thread, object);
    if (!frame || value_is_absent(object->locals) || !(object->code->co_flags & CO_OPTIMIZED))
        return true;
    const Tuple *names = value_as_tuple(object->code->co_localsplusnames);
    for (size_t i = 0; i < names->length; i++) {
        Value *slot = &frame->localsplus[i];
        bool is_cell = value_is_cell(*slot);
        Value old = is_cell ? cell_content(*slot) : *slot;
        Value new = dict_find(thread, value_as_dict(object->locals), names->items[i]);
        if (value_is_error(new)) return false;
        if (value_same(new, old)) continue;
        if (is_cell) {
            cell_set(thread, *slot, new);
            continue;
        }
        if (value_is_absent(new)) {
            if (!warn(thread, &exception_RuntimeWarning, "assigning None to unbound local %R",
                      names->items[i]))
                return false;
            new = VALUE_NONE;
        }
        *slot = new;
    }
    return true;
}

static FrameObject *frame_object_new(Thread *thread, CodeObject *code, FunctionObject *function) {
    Object *object = heap_allocate(thread->heap, sizeof(FrameObject), SHAPE_frame);
    if (!object) {
        raise_memory_error(thread);
        return NULL;
    }
    FrameObject *frame = (FrameObject *)object;
    frame->code = code;
    frame->function = function;
    frame->back = VALUE_NONE;
    frame->trace = VALUE_NONE;
    frame->trace_lines = true;
    return frame;
}

static int current_unit(const Thread *thread, const FrameObject *object) {
    const Frame *frame = find_frame(thread, object);
    if (frame) return frame_unit(thread, frame);
    const Generator *generator = object->generator;
    return generator ? (int)generator->code->threaded[thread->engine]->unit_of_word[generator->word]
                     : object->unit;
}

Value frame_object_get(Thread *thread, Frame *frame) {
    if (!value_is_absent(frame->frame_object)) return frame->frame_object;
    Value value =
        frame->generator ? frame_object_of_generator(thread, frame->generator) : VALUE_ABSENT;
    if (value_is_error(value)) return value;
    if (value_is_absent(value)) {
        FrameObject *object = frame_object_new(thread, frame->code, frame->function);
        if (!object) return VALUE_ERROR;
        object->frame = frame;
        value = value_from_object(object);
    }
    frame->flags |= FRAME_HAS_OBJECT;
    return frame->frame_object = value;
}

Value frame_object_of_generator(Thread *thread, Generator *generator) {
    if (!value_is_absent(generator->frame_object)) return generator->frame_object;
    FrameObject *object = frame_object_new(thread, generator->code, generator->function);
    if (!object) return VALUE_ERROR;
    object->generator = generator;
    generator->frame_flags = FRAME_HAS_OBJECT;
    object_store(thread->heap, generator, &generator->frame_object, value_from_object(object));
    Frame *frame = find_frame(thread, object);
    if (frame) {
        frame->frame_object = generator->frame_object;
        frame->flags |= FRAME_HAS_OBJECT;
    }
    return generator->frame_object;
}

// Errors for want of memory are dropped: the frame is left in any case.
static void detach(Thread *thread, FrameObject *object, Frame *frame, int unit) {
    Value pending = thread->exception;
    thread->exception = VALUE_ABSENT;
    Value locals = frame ? frame_locals(thread, frame) : refresh_locals(thread, object);
    if (!value_is_error(locals)) object_store(thread->heap, object, &object->locals, locals);
    if (frame && frame > thread->frame_base) {
        Value back = frame_object_get(thread, frame - 1);
        if (!value_is_error(back)) object_store(thread->heap, object, &object->back, back);
    }
    object->unit = unit;
    object->frame = NULL;
    object->generator = NULL;
    thread->exception = pending;
}

void frame_object_detach(Thread *thread, Frame *frame) {
    detach(thread, self_frame(frame->frame_object), frame, frame_unit(thread, frame));
}

void frame_object_detach_generator(Thread *thread, Generator *generator) {
    FrameObject *object = self_frame(generator->frame_object);
    detach(thread, object, NULL, current_unit(thread, object));
}

static void frame_trace(Marker *marker, Object *object) {
    FrameObject *frame = (FrameObject *)object;
    mark_object(marker, frame->code);
    mark_object(marker, frame->function);
    mark_object(marker, frame->generator);
    mark_value(marker, frame->back);
    mark_value(marker, frame->locals);
    mark_value(marker, frame->trace);
}

// A traceback's frame may still be running: then it stands on the frame array where it stood.
static bool is_running(const Thread *thread, const Traceback *traceback) {
    const Frame *frame = traceback->frame;
    return frame && frame <= thread->frame && frame->code == traceback->code &&
           frame->function == traceback->function;
}

static Value traceback_get_frame(Thread *thread, Value self) {
    Traceback *traceback = self_traceback(self);
    if (!value_is_absent(traceback->frame_object)) return traceback->frame_object;
    Value value;
    if (is_running(thread, traceback)) {
        value = frame_object_get(thread, traceback->frame);
    } else {
        FrameObject *object = frame_object_new(thread, traceback->code, traceback->function);
        if (!object) return VALUE_ERROR;
        object->unit = traceback->unit;
        object->locals = traceback->locals;
        if (value_is_absent(object->locals) && traceback->local_count)
            object->locals = words_to_dict(thread, traceback->code, traceback->words);
        value = value_is_error(object->locals) ? VALUE_ERROR : value_from_object(object);
    }
    if (!value_is_error(value))
        object_store(thread->heap, traceback, &traceback->frame_object, value);
    return value;
}

static Value traceback_get_lineno(Thread *thread, Value self) {
    (void)thread;
    int line = code_line(self_traceback(self)->code, self_traceback(self)->unit);
    return line < 0 ? VALUE_NONE : value_from_fixnum(line);
}

static Value traceback_get_lasti(Thread *thread, Value self) {
    (void)thread;
    return value_from_fixnum(2 * (int64_t)self_traceback(self)->unit);
}

static bool traceback_set_next(Thread *thread, Value self, Value value) {
    if (value_is_absent(value)) {
        raise_type_error(thread, "can't delete tb_next attribute");
        return false;
    }
    if (!value_is_none(value) && !value_has_shape(value, SHAPE_traceback)) {
        raise_type_error(thread, "expected traceback object, got '%T'", value);
        return false;
    }
    for (Value at = value; value_has_shape(at, SHAPE_traceback); at = self_traceback(at)->next)
        if (value_same(at, self)) {
            raise_value_error(thread, "traceback loop detected");
            return false;
        }
    object_store(thread->heap, self_traceback(self), &self_traceback(self)->next, value);
    return true;
}

static Value traceback_get_next(Thread *thread, Value self) {
    (void)thread;
    return self_traceback(self)->next;
}

static const GetSetRow traceback_getsets[] = {
    {"tb_next", traceback_get_next, traceback_set_next, NULL},
    {"tb_frame", traceback_get_frame, NULL, NULL},
    {"tb_lineno", traceback_get_lineno, NULL, NULL},
    {"tb_lasti", traceback_get_lasti, NULL, NULL},
    {NULL, NULL, NULL, NULL},
};

Type traceback_type = {
    TYPE_STATIC_HEADER(traceback),         .name = "traceback",
    .flags = TYPE_NO_NEW | TYPE_IMMUTABLE, .basic_size = sizeof(Traceback),
    .getsets = traceback_getsets,          .trace = traceback_trace,
};

static Value frame_get_code(Thread *thread, Value self) {
    (void)thread;
    return value_from_object(self_frame(self)->code);
}

static Value frame_get_globals(Thread *thread, Value self) {
    (void)thread;
    return value_from_object(self_frame(self)->function->globals);
}

static Value frame_get_builtins(Thread *thread, Value self) {
    (void)thread;
    return value_from_object(self_frame(self)->function->builtins);
}

static Value frame_get_locals(Thread *thread, Value self) {
    FrameObject *object = self_frame(self);
    Frame *frame = find_frame(thread, object);
    if (frame) return frame_locals(thread, frame);
    return refresh_locals(thread, object);
}

static Value frame_get_back(Thread *thread, Value self) {
    FrameObject *object = self_frame(self);
    Frame *frame = find_frame(thread, object);
    if (frame) return frame > thread->frame_base ? frame_object_get(thread, frame - 1) : VALUE_NONE;
    return object->back;
}

static Value frame_get_lineno(Thread *thread, Value self) {
    int line = code_line(self_frame(self)->code, current_unit(thread, self_frame(self)));
    return line < 0 ? VALUE_NONE : value_from_fixnum(line);
}

static Value frame_get_lasti(Thread *thread, Value self) {
    return value_from_fixnum(2 * (int64_t)current_unit(thread, self_frame(self)));
}

static Value frame_slot_repr(Thread *thread, Value self) {
    const FrameObject *object = self_frame(self);
    int line = code_line(object->code, current_unit(thread, object));
    return str_format(thread, "<frame at %p, file %R, line %i, code %U>", (const void *)object,
                      object->code->co_filename, line, object->code->co_name);
}

// Names that are no fast locals stay in f_locals.
static bool drop_locals(Thread *thread, FrameObject *object) {
    object->trace = VALUE_NONE;
    if (value_is_absent(object->locals) || !(object->code->co_flags & CO_OPTIMIZED)) return true;
    const Tuple *names = value_as_tuple(object->code->co_localsplusnames);
    for (size_t i = 0; i < names->length; i++)
        if (dict_delete(thread, value_as_dict(object->locals), names->items[i]) < 0) return false;
    return true;
}

static Value frame_py_clear(Thread *thread, Value *args, int count) {
    (void)count;
    FrameObject *object = self_frame(args[0]);
    Generator *generator = object->generator;
    if (object->frame || (generator && generator->state == GENERATOR_RUNNING))
        return raise_error(thread, &exception_RuntimeError, "cannot clear an executing frame");
    if (!generator) return drop_locals(thread, object) ? VALUE_NONE : VALUE_ERROR;
    if (!generator_slot_finalize(thread, value_from_object(generator)))
        error_write_unraisable(thread, value_from_object(generator));
    return VALUE_NONE;
}

static const MethodRow frame_methods[] = {
    {"clear", frame_py_clear, "self, /", "F.clear(): clear all references held by the frame",
     METHOD_INSTANCE},
    {NULL, NULL, NULL, NULL, 0},
};
static Value frame_get_trace(Thread *thread, Value self) {
    (void)thread;
    return self_frame(self)->trace;
}

static bool frame_set_trace(Thread *thread, Value self, Value value) {
    object_store(thread->heap, self_frame(self), &self_frame(self)->trace,
                 value_is_absent(value) ? VALUE_NONE : value);
    return true;
}

static Value frame_get_trace_lines(Thread *thread, Value self) {
    (void)thread;
    return value_from_bool(self_frame(self)->trace_lines);
}

static Value frame_get_trace_opcodes(Thread *thread, Value self) {
    (void)thread;
    return value_from_bool(self_frame(self)->trace_opcodes);
}

static bool frame_set_lineno(Thread *thread, Value self, Value value) {
    int64_t line;
    if (value_is_absent(value)) {
        raise_error(thread, &exception_AttributeError, "cannot delete attribute");
        return false;
    }
    if (!value_has_shape(value, SHAPE_int) && !value_is_fixnum(value)) {
        raise_value_error(thread, "lineno must be an integer");
        return false;
    }
    if (!int_as_int64(value, &line)) line = INT64_MAX;
    return trace_jump(thread, find_frame(thread, self_frame(self)), line);
}

static bool set_switch(Thread *thread, bool *slot, Value value) {
    if (value_is_absent(value)) {
        raise_type_error(thread, "can't delete numeric/char attribute");
        return false;
    }
    if (!value_is_bool(value)) {
        raise_type_error(thread, "attribute value type must be bool");
        return false;
    }
    *slot = value_as_bool(value);
    return true;
}

static bool frame_set_trace_lines(Thread *thread, Value self, Value value) {
    return set_switch(thread, &self_frame(self)->trace_lines, value);
}

static bool frame_set_trace_opcodes(Thread *thread, Value self, Value value) {
    return set_switch(thread, &self_frame(self)->trace_opcodes, value);
}

static const GetSetRow frame_getsets[] = {
    {"f_back", frame_get_back, NULL, NULL},
    {"f_locals", frame_get_locals, NULL, NULL},
    {"f_lineno", frame_get_lineno, frame_set_lineno, NULL},
    {"f_lasti", frame_get_lasti, NULL, NULL},
    {"f_globals", frame_get_globals, NULL, NULL},
    {"f_builtins", frame_get_builtins, NULL, NULL},
    {"f_code", frame_get_code, NULL, NULL},
    {"f_trace", frame_get_trace, frame_set_trace, NULL},
    {"f_trace_lines", frame_get_trace_lines, frame_set_trace_lines, NULL},
    {"f_trace_opcodes", frame_get_trace_opcodes, frame_set_trace_opcodes, NULL},
    {NULL, NULL, NULL, NULL},
};

Type frame_type = {
    TYPE_STATIC_HEADER(frame),
    .name = "frame",
    .flags = TYPE_NO_NEW | TYPE_IMMUTABLE,
    .basic_size = sizeof(FrameObject),
    .methods = frame_methods,
    .getsets = frame_getsets,
    .trace = frame_trace,
    .repr = frame_slot_repr,
};

bool tracebacks_initialize(Thread *thread) {
    return type_ready(thread, &traceback_type) && type_ready(thread, &frame_type);
}
