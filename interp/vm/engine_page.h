// engine_page.h — what every engine page needs besides its own macros.
//
// The build defines ENGINE_TECHNIQUE and ENGINE_COMPILER (identifiers), ENGINE_COMPILER_NAME and
// ENGINE_FLAGS (strings).
#pragma once
#include "vm/ceval_macros.h"
#include "vm/counts.h"
#include "vm/engine.h"
#include "vm/generator.h"
#include "vm/instrument.h"
#include "vm/slow_paths.h"

#define ENGINE_SYMBOL(prefix)    JOIN(JOIN(JOIN(prefix, ENGINE_TECHNIQUE), _), ENGINE_COMPILER)
#define ENGINE_NAME_STRING(word) #word
#define ENGINE_NAME(word)        ENGINE_NAME_STRING(word)

#define ENGINE_DEFINITION                                                                          \
    const Engine ENGINE_SYMBOL(engine_);                                                           \
    const Engine ENGINE_SYMBOL(engine_) = {ENGINE_NAME(ENGINE_TECHNIQUE), ENGINE_COMPILER_NAME,    \
                                           ENGINE_FLAGS, ENGINE_SYMBOL(run_), handlers}
