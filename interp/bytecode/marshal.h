// marshal.h — values to bytes and back: the format of .pyc files and of the module marshal.
//
// All versions of the format up to 4 (CPython's Python/marshal.c), little-endian: a type byte and
// what it demands; bit 0x80 of it puts the object on a list that later places refer to. Written
// are None, True, False, Ellipsis, StopIteration, exact ints, floats, complexes, strs, tuples,
// lists, dicts, sets and frozensets, code objects, and buffers as bytes.
#pragma once
#include "runtime/thread.h"

enum { MARSHAL_VERSION = 4 };

// A bytes object. ValueError "unmarshallable object" or "object too deeply nested to marshal".
RAISES Value marshal_dump(Thread *thread, Value value, int version);
// The value that stands at the start of the data; what follows it is not looked at. The data must
// stay as they are meanwhile. EOFError, ValueError, TypeError or SystemError if they are malformed,
// which costs no more memory than a small multiple of their size.
RAISES Value marshal_load(Thread *thread, const unsigned char *data, size_t size);
// The same from a binary file object: no more than the value is read from it, by readinto.
RAISES Value marshal_load_file(Thread *thread, Value file) RUNS_PYTHON;
