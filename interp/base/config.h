// config.h — the compiler-specific words that the rest of the code is written in.
//
// Nothing outside this file and the engine pages names a compiler attribute or builtin.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// The result says whether an exception is pending; it must be looked at.
#define RAISES __attribute__((warn_unused_result))
// May run arbitrary Python code: reload lengths and pointers afterwards. Documentation only.
#define RUNS_PYTHON

#define LIKELY(condition)        __builtin_expect(!!(condition), 1)
#define UNLIKELY(condition)      __builtin_expect(!!(condition), 0)
#define ALWAYS_INLINE            static inline __attribute__((always_inline))
#define NOINLINE                 __attribute__((noinline))
#define COLD                     __attribute__((cold, noinline))
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
#define UNUSED                   __attribute__((unused))
#define UNREACHABLE()            __builtin_unreachable()
#define COUNT_OF(array)          (sizeof(array) / sizeof *(array))
#define JOIN_WORDS(a, b)         a##b
#define JOIN(a, b)               JOIN_WORDS(a, b)

// For the collector: callee-saved registers go to the caller's frame; the frame's address; nothing
// is moved across a barrier; a function that may read any word of the native stack.
#define SPILL_REGISTERS()    __builtin_unwind_init()
#define FRAME_ADDRESS()      __builtin_frame_address(0)
#define COMPILER_BARRIER()   __asm__ volatile("" ::: "memory")
#define NO_ADDRESS_SANITIZER __attribute__((no_sanitize("address")))
#define PREFETCH(address)    __builtin_prefetch(address)
// `count` (digits) additions of 0 to a variable, each of which waits for the one before it. The
// compiler sees neither the 0 nor the additions, and processors fold additions of constants only.
#if defined(__x86_64__)
#define DEPENDENT_ADDITIONS(variable, count)                                                       \
    __asm__ volatile(".rept " #count "\n\tadd %1, %0\n\t.endr" : "+r"(variable) : "r"((uint64_t)0))
#elif defined(__aarch64__)
#define DEPENDENT_ADDITIONS(variable, count)                                                       \
    __asm__ volatile(".rept " #count "\n\tadd %0, %0, %1\n\t.endr"                                 \
                     : "+r"(variable)                                                              \
                     : "r"((uint64_t)0))
#endif

// Under AddressSanitizer free heap blocks are poisoned by hand.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESS_SANITIZER 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) && !defined(ADDRESS_SANITIZER)
#define ADDRESS_SANITIZER 1
#endif
#ifdef ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#define POISON_MEMORY(start, size)   ASAN_POISON_MEMORY_REGION(start, size)
#define UNPOISON_MEMORY(start, size) ASAN_UNPOISON_MEMORY_REGION(start, size)
#else
#define ADDRESS_SANITIZER            0
#define POISON_MEMORY(start, size)   ((void)(start), (void)(size))
#define UNPOISON_MEMORY(start, size) ((void)(start), (void)(size))
#endif

// ASSERT checks an invariant in the checked build and costs nothing elsewhere.
#ifdef KRAIT_CHECKED
_Noreturn void assertion_failed(const char *condition, const char *file, int line);
#define ASSERT(condition) ((condition) ? (void)0 : assertion_failed(#condition, __FILE__, __LINE__))
#else
#define ASSERT(condition) ((void)0)
#endif
