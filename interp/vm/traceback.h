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

// A frame as Python sees it (sys._getframe, tb_frame).
typedef struct FrameObject {
    Object header;
    CodeObject *code;
    struct FunctionObject *function;
    Value back;   // frame object of the caller or VALUE_NONE
    Value locals; // dict once asked for, else VALUE_ABSENT
    Value trace;  // f_trace
    Frame *frame; // NULL once the frame has been left
    int32_t unit; // where it was when it was left
    int32_t reserved;
} FrameObject;
extern Type frame_type;

// Puts the running frame in front of the pending exception's traceback. If the exception leaves the
// frame its locals are kept.
void traceback_add(Thread *thread, Frame *frame, int unit, bool leaves);
// The exception leaves a frame that is in front of its traceback already.
void traceback_keep_locals(Thread *thread, Frame *frame);
// The object of a frame on the frame array, made at the first call.
RAISES Value frame_object_get(Thread *thread, Frame *frame);
// A frame object for a frame that is not on the array: its locals come from co_nlocalsplus `words`.
RAISES Value frame_object_from_words(Thread *thread, CodeObject *code,
                                     struct FunctionObject *function, int unit, const Value *words);
// The frame is left: its object, if any, keeps locals and position.
void frame_object_detach(Thread *thread, Frame *frame);
// Fast locals (cells and free variables too) as a dict; the namespace itself for module and class
// code.
RAISES Value frame_locals(Thread *thread, Frame *frame);
RAISES bool tracebacks_initialize(Thread *thread);
