// knobs.h — the knobs of vm/knobs.def as bit numbers of RuntimeOptions.knobs_off.
#pragma once
#include "base/config.h"

enum {
#define KNOB(name, description) KNOB_##name,
#include "vm/knobs.def"
#undef KNOB
    KNOB_COUNT
};
