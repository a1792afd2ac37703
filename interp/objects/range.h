// range.h — range and slice.
#pragma once
#include "runtime/thread.h"

typedef struct {
    Object header;
    Value start, stop, step, length; // ints
} Range;
typedef struct {
    Object header;
    int64_t next, step, remaining; // all fit: made only for ranges of int64
} RangeIterator; // a range beyond int64 iterates by a second type, private to range.c
typedef struct {
    Object header;
    Value start, stop, step; // None when not given
} Slice;
extern Type range_type, range_iterator_type, slice_type;
RAISES Value range_new(Thread *thread, Value start, Value stop, Value step);
RAISES Value slice_new(Thread *thread, Value start, Value stop, Value step);
