# Code placement as a factor of measurement: KRAIT_LAYOUT_SEED=N, N > 0, shuffles what the machine
# code of a build looks like in memory and nothing else. The order of vm/handlers/*.inc within each
# engine, the order of the objects, and padding between them follow from N and the files' names
# alone, so that a seed means the same on every machine. 0 is the default order without padding.
#
# The executables then take all objects of the library in its order, not in the order in which they
# are asked for.
set(KRAIT_LAYOUT_SEED 0 CACHE STRING "order and padding of machine code; 0: the default order")
if(NOT KRAIT_LAYOUT_SEED MATCHES "^[0-9][0-9]?[0-9]?[0-9]?[0-9]?[0-9]?$")
    message(FATAL_ERROR "KRAIT_LAYOUT_SEED wants a number of at most six digits")
endif()
set(krait_layout_directory "${PROJECT_BINARY_DIR}/generated/layout")
set(krait_libkrait libkrait)
file(REMOVE_RECURSE "${krait_layout_directory}/vm")
if(KRAIT_LAYOUT_SEED)
    set(krait_libkrait "$<LINK_LIBRARY:WHOLE_ARCHIVE,libkrait>")
    # Found before interp/ by engine pages that include "vm/handlers.inc".
    list(PREPEND krait_include_directories "${krait_layout_directory}")
endif()

# Shuffles the list `items` (paths of the project, or words) in place.
function(krait_shuffle items)
    set(keyed "")
    foreach(item IN LISTS ${items})
        string(REPLACE "${PROJECT_BINARY_DIR}" "build" name "${item}")
        string(REPLACE "${PROJECT_SOURCE_DIR}" "" name "${name}")
        string(SHA256 key "${KRAIT_LAYOUT_SEED} ${name}")
        list(APPEND keyed "${key} ${item}")
    endforeach()
    list(SORT keyed)
    list(TRANSFORM keyed REPLACE "^[0-9a-f]+ (.*)$" "\\1")
    set(${items} "${keyed}" PARENT_SCOPE)
endfunction()

# Writes the assembler text of a gap of up to 4 KiB, a multiple of 16 bytes, that `name` gets.
function(krait_padding_text result name)
    string(SHA256 digest "${KRAIT_LAYOUT_SEED} padding ${name}")
    string(SUBSTRING "${digest}" 0 6 digits)
    math(EXPR bytes "0x${digits} % 256 * 16")
    set(${result} ".text\\n\\t.p2align 4\\n\\t.skip ${bytes}, 0xcc\\n" PARENT_SCOPE)
endfunction()

# vm/handlers.inc with its files in another order.
function(krait_layout_handlers)
    file(STRINGS "${PROJECT_SOURCE_DIR}/interp/vm/handlers.inc" lines REGEX "^#include")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS interp/vm/handlers.inc)
    krait_shuffle(lines)
    list(JOIN lines "\n" text)
    file(CONFIGURE OUTPUT "${krait_layout_directory}/vm/handlers.inc" CONTENT
        "// Generated: the handlers in the order of layout seed ${KRAIT_LAYOUT_SEED}.\n${text}\n" @ONLY)
endfunction()

# Shuffles a list of C sources, with a source that is nothing but a gap behind every eighth.
function(krait_layout_sources sources)
    krait_shuffle(${sources})
    set(laid_out "")
    set(count 0)
    foreach(source IN LISTS ${sources})
        list(APPEND laid_out "${source}")
        math(EXPR count "${count} + 1")
        math(EXPR rest "${count} % 8")
        if(rest EQUAL 0)
            krait_padding_text(text "source ${count}")
            set(padding "${krait_layout_directory}/padding_${count}.c")
            file(CONFIGURE OUTPUT "${padding}" CONTENT "__asm__(\"${text}\");\n" @ONLY)
            list(APPEND laid_out "${padding}")
        endif()
    endforeach()
    set(${sources} "${laid_out}" PARENT_SCOPE)
endfunction()

# Shuffles the objects of the engines, with an object that is nothing but a gap before each.
function(krait_layout_objects objects)
    krait_shuffle(${objects})
    set(laid_out "")
    foreach(object IN LISTS ${objects})
        cmake_path(GET object STEM name)
        krait_padding_text(text "${name}")
        set(padding "${krait_layout_directory}/padding_${name}")
        string(REPLACE "\\n" "\n" text "${text}")
        string(REPLACE "\\t" "\t" text "${text}")
        file(CONFIGURE OUTPUT "${padding}.s" CONTENT "${text}.section .note.GNU-stack\n" @ONLY)
        add_custom_command(OUTPUT "${padding}.o"
            COMMAND "${CMAKE_C_COMPILER}" -c "${padding}.s" -o "${padding}.o"
            DEPENDS "${padding}.s" VERBATIM)
        set_source_files_properties("${padding}.o" PROPERTIES EXTERNAL_OBJECT TRUE GENERATED TRUE)
        list(APPEND laid_out "${padding}.o" "${object}")
    endforeach()
    set(${objects} "${laid_out}" PARENT_SCOPE)
endfunction()
