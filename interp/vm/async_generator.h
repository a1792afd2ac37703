// async_generator.h — asynchronous generators (PEP 525).
//
// The body runs as a generator's does; what it yields itself comes wrapped, so that it can be told
// from what its awaits yield. asend(), athrow(), aclose() and __anext__() make awaitables, which
// resume the body and end with the next wrapped value.
#pragma once
#include "vm/generator.h"

// INTRINSIC_ASYNC_GEN_WRAP: what `yield value` hands out.
RAISES Value async_generator_wrap(Thread *thread, Value value);
// anext(iterator, fallback): an awaitable of `awaitable` that ends with `fallback` instead of
// StopAsyncIteration.
RAISES Value anext_awaitable_new(Thread *thread, Value awaitable, Value fallback);
