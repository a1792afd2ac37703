// traceback.h — tracebacks, and the frame objects that Python sees.
//
// An entry holds what the frame was, not the frame: code, code unit, globals, and the locals as
// they were when the exception left the frame, so a traceback costs no frame object until asked for
// one.
#pragma once
#include "vm/frame.h"

typedef struct Traceback {
    Object header;
    Value next; // the entry of the frame that was called; VALUE_NONE at the raise
    CodeObject *code;
    struct FunctionObject *function;
    Value frame_object; // VALUE_ABSENT until asked for
    Value locals;       // namespace of module and class code, else VALUE_ABSENT
    Frame *frame;       // while it was running on; looked for on the frame array before use
    int32_t unit;
    int32_t local_count; // words kept; 0 while the frame is still running
    Value words[];       // fast locals when the frame was left
} Traceback;
extern Type traceback_type;

// A frame as Python sees it (sys._getframe, tb_frame, gi_frame). That of a generator lives as long
// as the generator does: it looks for its frame on the array or into the generator's words.
typedef struct FrameObject {
    Object header;
    CodeObject *code;
    struct FunctionObject *function;
    Value back;                  // frame object of the caller or VALUE_NONE
    Value locals;                // dict once asked for, else VALUE_ABSENT
    Value trace;                 // f_trace; VALUE_NONE
    Frame *frame;                // NULL once the frame has been left, and for generators
    struct Generator *generator; // NULL once it has ended
    int32_t unit;                // where it was when it was left
    bool trace_lines, trace_opcodes;
} FrameObject;
extern Type frame_type;

// Puts the running frame in front of the pending exception's traceback. If the exception leaves the
// frame its locals are kept.
void traceback_add(Thread *thread, Frame *frame, int unit, bool leaves);
// The exception leaves a frame that is in front of its traceback already.
void traceback_keep_locals(Thread *thread, Frame *frame);
// The object of a frame on the frame array, made at the first call.
RAISES Value frame_object_get(Thread *thread, Frame *frame);
// Before and after a trace function: f_locals, if Python has asked for it, takes the values of the
// fast locals; the fast locals take those of f_locals (CPython's PyFrame_LocalsToFast).
RAISES bool frame_object_refresh(Thread *thread, Value object);
RAISES bool frame_object_write_locals(Thread *thread, Value object);
// That of a generator which has not ended.
RAISES Value frame_object_of_generator(Thread *thread, struct Generator *generator);
// The frame is left: its object keeps locals and position.
void frame_object_detach(Thread *thread, Frame *frame);
// The same for a generator with a frame object that ends without having run.
void frame_object_detach_generator(Thread *thread, struct Generator *generator);
// Fast locals (cells and free variables too) as a dict; the namespace itself for module and class
// code.
RAISES Value frame_locals(Thread *thread, Frame *frame);
RAISES bool tracebacks_initialize(Thread *thread);
