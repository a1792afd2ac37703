# The libraries that libkrait needs: static archives where the system has them, because loading
# jemalloc's shared object takes half a millisecond of every start. The Checked build takes jemalloc's
# shared object all the same: the archive's malloc would come before AddressSanitizer's.
#
# Sets krait_libraries (to link) and krait_pc_libraries (the same in the words of pkg-config).
find_package(Threads REQUIRED)

set(krait_libraries "")
set(krait_pc_libraries "")
foreach(name jemalloc gmp utf8proc unistring)
    set(file_names lib${name}.a ${name})
    if(name STREQUAL "jemalloc" AND CMAKE_BUILD_TYPE STREQUAL "Checked")
        set(file_names ${name})
    endif()
    find_library(KRAIT_LIB_${name} NAMES ${file_names})
    if(NOT KRAIT_LIB_${name})
        message(FATAL_ERROR "lib${name} is missing: run tools/setup, or install lib${name}-dev")
    endif()
    list(APPEND krait_libraries "${KRAIT_LIB_${name}}")
    cmake_path(GET KRAIT_LIB_${name} FILENAME file_name)
    string(APPEND krait_pc_libraries " -l:${file_name}")
endforeach()
list(APPEND krait_libraries m Threads::Threads ${CMAKE_DL_LIBS})
string(APPEND krait_pc_libraries " -lm -lpthread -ldl")
string(STRIP "${krait_pc_libraries}" krait_pc_libraries)
