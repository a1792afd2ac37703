// once.h — running each body once under a tool that counts instructions (callgrind).
#pragma once
#include "bodies.h"

// Calls every body and baseline of the form with `copies` and with twice as many copies, warmed up,
// once each, and prints bench,body,copies for each call. The calls, and nothing else, happen inside
// the function measured_call, by whose name the tool tells them apart. False after a message on
// stderr.
bool once_run(KraitRuntime *runtime, KraitHandle *prelude, bool tuned, int copies);
// One call of a function: 0, or -1 with an exception pending.
int measured_call(KraitRuntime *runtime, BodyFunction *made);
