// compile_files.h — `krait --compile`: writing the .pyc files of sources.
#pragma once
#include "main/options.h"

// Compiles the files and directories of the arguments. The exit code: 0, or 1 if one failed.
int compile_files(KraitRuntime *runtime, const Options *options);
