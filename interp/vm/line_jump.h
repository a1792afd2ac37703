// line_jump.h — setting f_lineno: where a traced frame may go on (CPython's frame_setlineno).
#pragma once
#include "vm/frame.h"

// The frame, traced at its instruction `unit`, shall go on at the first instruction of a line, or
// of the next line that has one. The code unit to go on at; its stack and the exceptions being
// handled are cut to what that expects, and locals without a value become None. -1 with ValueError
// when the stack there would be another, or with what a warning became.
RAISES int line_jump(Thread *thread, Frame *frame, int unit, int line) RUNS_PYTHON;
