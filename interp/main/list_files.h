// list_files.h — `krait --listing` of several files and of folders.
#pragma once
#include "main/options.h"

// One JSON line for each source, named as it was given, or by its place in the folder that was; a
// source that cannot be compiled has its error there. The exit code: 0, or 1 if one failed.
int list_files(KraitRuntime *runtime, const Options *options);
