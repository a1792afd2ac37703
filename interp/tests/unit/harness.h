// harness.h — what a unit test needs: CHECK counts a condition and prints a failed one with its
// place; the test's main ends with `return harness_finish();`, which prints "N passed, N failed" as
// the last line.
#pragma once

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/config.h"

static unsigned harness_passed;
static unsigned harness_failed;

UNUSED static bool harness_check(bool holds, const char *text, const char *file, int line) {
    if (holds) {
        harness_passed++;
    } else {
        harness_failed++;
        printf("%s:%d: failed: %s\n", file, line, text);
    }
    return holds;
}

UNUSED static bool harness_check_text(const char *found, size_t length, const char *wanted,
                                      const char *file, int line) {
    bool holds = strlen(wanted) == length && memcmp(found, wanted, length) == 0;
    if (harness_check(holds, "texts are equal", file, line)) return true;
    printf("    found:  %.*s\n    wanted: %s\n", (int)length, found, wanted);
    return false;
}

UNUSED static int harness_finish(void) {
    printf("%u passed, %u failed\n", harness_passed, harness_failed);
    return harness_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

// The condition holds.
#define CHECK(condition) harness_check((condition), #condition, __FILE__, __LINE__)
// The two texts, both ended by NUL, are equal.
#define CHECK_TEXT(found, wanted)                                                                  \
    harness_check_text((found), strlen(found), (wanted), __FILE__, __LINE__)
// The first `length` bytes are the text.
#define CHECK_BYTES(found, length, wanted)                                                         \
    harness_check_text((found), (length), (wanted), __FILE__, __LINE__)
