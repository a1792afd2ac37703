# Compiler flags: what every C file gets (krait_flags), and the same as lists for the engines,
# whose custom commands inherit nothing.
#
#   Release  -O2 with debug information: profiles and the dispatch-shape test read the line table
#   Checked  assertions, AddressSanitizer and UndefinedBehaviorSanitizer, poisoned free blocks
option(KRAIT_MICROBENCH "build krait-microbench" ON)
option(KRAIT_FUZZ "build the fuzzers of interp/tests/fuzz: clang and the Checked build type only" OFF)

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS ON)
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)

# Results of float arithmetic are CPython's on every machine: no fused multiply-add.
set(krait_code_flags -fno-pie -fvisibility=hidden -fno-strict-aliasing -ffp-contract=off)
set(krait_warning_flags -Wall -Wextra -Wshadow)
set(krait_c_warning_flags -Wmissing-prototypes)

# Without use-after-return=never clang moves locals off the C stack, where the collector looks for
# roots; gcc leaves them there unless a run-time option asks otherwise.
if(CMAKE_C_COMPILER_ID MATCHES "Clang")
    set(krait_sanitizer_flags -fsanitize=address,undefined -fno-sanitize=function
        -fsanitize-address-use-after-return=never)
else()
    set(krait_sanitizer_flags -fsanitize=address,undefined -static-libasan)
endif()

# Coverage for libFuzzer, everywhere but in the sanitizers' own link.
if(KRAIT_FUZZ)
    if(NOT CMAKE_C_COMPILER_ID MATCHES "Clang" OR NOT CMAKE_BUILD_TYPE STREQUAL "Checked")
        message(FATAL_ERROR "KRAIT_FUZZ wants clang and CMAKE_BUILD_TYPE=Checked (preset fuzz)")
    endif()
    list(APPEND krait_sanitizer_flags -fsanitize=fuzzer-no-link)
endif()
list(JOIN krait_sanitizer_flags " " sanitizers)

foreach(language C CXX)
    set(CMAKE_${language}_FLAGS_RELEASE "-O2 -g -DNDEBUG")
    set(CMAKE_${language}_FLAGS_CHECKED
        "-O1 -g -fno-omit-frame-pointer -fno-sanitize-recover=undefined ${sanitizers} -DKRAIT_CHECKED=1")
endforeach()
set(CMAKE_EXE_LINKER_FLAGS_CHECKED "${sanitizers}")

add_library(krait_flags INTERFACE)
target_compile_options(krait_flags INTERFACE ${krait_code_flags} ${krait_warning_flags}
    "$<$<COMPILE_LANGUAGE:C>:${krait_c_warning_flags}>")
target_link_options(krait_flags INTERFACE -no-pie)

set(krait_include_directories "${PROJECT_SOURCE_DIR}/interp" "${PROJECT_SOURCE_DIR}/interp/include"
    "${PROJECT_BINARY_DIR}/generated")
