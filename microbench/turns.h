// turns.h — several processes that time the same segments in turn.
//
// Two builds are compared by processes side by side on one processor. When each runs some segments
// and hands over, what disturbs the processor for some milliseconds meets all of them alike (the
// idea of Rust's tango). The processes share a file; they must time the same rows in the same
// order.
#pragma once
#include <stdbool.h>

// Takes part: `text` is "FILE:LANE:LANES", lanes counted from 0. The file is made where it is
// missing. False with errno set; EINVAL for other text.
bool turns_join(const char *text);
// Waits until it is this process's turn; at once for those that have not joined.
void turns_wait(void);
void turns_pass(void);  // to the next process that is still there
void turns_leave(void); // for good
