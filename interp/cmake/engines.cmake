# Engines: one object per technique and compiler, all in one library.
#
# A custom command compiles each, because CMake knows one C compiler a project. Flags of the build
# type are repeated here, without its optimisation level, link-time optimisation or profiles: an
# engine's are those of engine_flags.cmake. The generated engines.def lists what was built,
# ENGINE(technique, compiler), and what was not, ENGINE_MISSING(technique, "compiler", "reason").
include("${CMAKE_CURRENT_LIST_DIR}/engine_flags.cmake")

set(krait_techniques switch call token direct tail)
if(KRAIT_FUZZ)
    set(krait_techniques direct tail) # the default one, and the other that compiles quickly
endif()
set(krait_engine_compilers gcc clang_19)
set(compiler_name_gcc "gcc")
set(compiler_name_clang_19 "clang-19")
find_program(KRAIT_ENGINE_gcc NAMES gcc DOC "gcc for the engines")
find_program(KRAIT_ENGINE_clang_19 NAMES clang-19 DOC "clang-19 for the engines")

# Says in `reason` why `compiler` cannot build `technique`, or sets it empty.
function(krait_engine_reason reason technique compiler)
    set(${reason} "" PARENT_SCOPE)
    set(program "${KRAIT_ENGINE_${compiler}}")
    if(NOT program)
        set(${reason} "${compiler_name_${compiler}} is not installed" PARENT_SCOPE)
        return()
    endif()
    if(CMAKE_BUILD_TYPE STREQUAL "Checked")
        string(REGEX REPLACE "^gcc$" "GNU" id "${compiler}")
        string(REGEX REPLACE "^clang_.*" "Clang" id "${id}")
        if(NOT CMAKE_C_COMPILER_ID STREQUAL id)
            set(${reason} "sanitizers of two compilers do not link together" PARENT_SCOPE)
            return()
        endif()
    endif()
    if(technique STREQUAL "tail")
        set(probe "${PROJECT_BINARY_DIR}/probe_musttail.c")
        file(WRITE "${probe}" "int f(int);\nint g(int x);\nint g(int x) { __attribute__((musttail)) return f(x); }\n")
        execute_process(COMMAND "${program}" -Werror -O2 -c "${probe}" -o "${probe}.o"
            RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
        if(failed)
            execute_process(COMMAND "${program}" -dumpfullversion -dumpversion
                OUTPUT_VARIABLE version OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
            set(${reason} "${compiler_name_${compiler}} ${version} has no musttail" PARENT_SCOPE)
        endif()
    endif()
endfunction()

# The flags of the build type that an engine takes over, as a list.
function(krait_inherited_flags result)
    string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
    separate_arguments(flags UNIX_COMMAND "${CMAKE_C_FLAGS} ${CMAKE_C_FLAGS_${type}}")
    list(FILTER flags EXCLUDE REGEX "^-(O.*|f(no-)?lto.*|fprofile-.*|fauto-profile.*|static-libasan)$")
    set(${result} ${flags} PARENT_SCOPE)
endfunction()

# Compiles `source` as the engine technique:compiler; `result` becomes the object's path.
function(krait_engine result technique compiler source)
    set(flags ${engine_flags_${technique}_${compiler}})
    if(CMAKE_BUILD_TYPE STREQUAL "Checked")
        set(flags ${engine_checked_flags_${technique}})
    endif()
    list(JOIN flags " " flags_text)
    krait_inherited_flags(inherited)
    list(TRANSFORM krait_include_directories PREPEND "-I" OUTPUT_VARIABLE include_flags)
    set(name "engine_${technique}_${compiler}")
    set(object "${PROJECT_BINARY_DIR}/engines/${name}.o")
    add_custom_command(
        OUTPUT "${object}"
        COMMAND "${KRAIT_ENGINE_${compiler}}" -std=gnu17 ${inherited} ${krait_code_flags}
            ${krait_warning_flags} ${krait_c_warning_flags} -Wno-unused-parameter
            -fno-lto ${flags} ${include_flags}
            "-DENGINE_TECHNIQUE=${technique}" "-DENGINE_COMPILER=${compiler}"
            "-DENGINE_COMPILER_NAME=\"${compiler_name_${compiler}}\"" "-DENGINE_FLAGS=\"${flags_text}\""
            -MD -MF "${object}.d" -MT "${object}" -c "${source}" -o "${object}"
        DEPENDS "${source}"
        DEPFILE "${object}.d"
        COMMENT "Building engine ${technique}:${compiler_name_${compiler}}"
        VERBATIM)
    set_source_files_properties("${object}" PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
    set(${result} "${object}" PARENT_SCOPE)
endfunction()

# Declares every engine that can be built, sets `result` to the objects, writes `rows_file`.
function(krait_engines result rows_file)
    file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/engines")
    set(objects "")
    set(rows "// Generated: the engines of this build, and why another is missing.\n")
    foreach(technique IN LISTS krait_techniques)
        set(source "${PROJECT_SOURCE_DIR}/interp/vm/engine_${technique}.c")
        if(NOT EXISTS "${source}")
            message(WARNING "no engine page ${source}")
            continue()
        endif()
        foreach(compiler IN LISTS krait_engine_compilers)
            krait_engine_reason(reason ${technique} ${compiler})
            if(reason)
                string(APPEND rows
                    "ENGINE_MISSING(${technique}, \"${compiler_name_${compiler}}\", \"${reason}\")\n")
            else()
                krait_engine(object ${technique} ${compiler} "${source}")
                list(APPEND objects "${object}")
                string(APPEND rows "ENGINE(${technique}, ${compiler})\n")
            endif()
        endforeach()
    endforeach()
    file(CONFIGURE OUTPUT "${rows_file}" CONTENT "${rows}" @ONLY)
    set(${result} "${objects}" PARENT_SCOPE)
endfunction()
