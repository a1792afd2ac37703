// iterators.h — the iterators that FOR_ITER knows, and those of the builtins.
#pragma once
#include "runtime/thread.h"

typedef struct {
    Object header;
    Value sequence;
    uint64_t index;
} SequenceIterator; // list, tuple, str, bytes, __getitem__; sequence absent: exhausted
extern Type list_iterator_type, list_reverse_iterator_type, tuple_iterator_type, str_iterator_type,
    str_ascii_iterator_type, bytes_iterator_type, bytearray_iterator_type, sequence_iterator_type,
    callable_iterator_type, enumerate_type, zip_type, map_type, filter_type, reversed_type;
RAISES Value sequence_iterator_new(Thread *thread, uint32_t shape, Value sequence);
RAISES Value callable_iterator_new(Thread *thread, Value callable, Value sentinel);
