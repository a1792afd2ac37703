"""A file of interp/ includes its own layer and those to its left, by a path written from interp/:

    base <- memory <- { runtime, objects } <- bytecode <- { compiler, vm } <- modules <- main

include/krait.h belongs to everybody. microbench/ sees the public header and its own files only.
A .c file declares nothing `extern`; compiler-specific words stay in base/config.h and the engines."""
import re

ALLOWED = {"base": {"base"}}
ALLOWED["memory"] = ALLOWED["base"] | {"memory"}
ALLOWED["runtime"] = ALLOWED["objects"] = ALLOWED["memory"] | {"runtime", "objects"}
ALLOWED["bytecode"] = ALLOWED["runtime"] | {"bytecode"}
ALLOWED["compiler"] = ALLOWED["bytecode"] | {"compiler"}
ALLOWED["vm"] = ALLOWED["bytecode"] | {"vm"}
ALLOWED["modules"] = ALLOWED["compiler"] | {"vm", "modules"}
ALLOWED["main"] = ALLOWED["modules"] | {"main"}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.M)
EXTERN = re.compile(r"^extern\b", re.M)
COMPILER_WORD = re.compile(r"__attribute__|\b__clang__\b|\b__GNUC__\b|#\s*pragma\s+(?:GCC|clang)\b")
COMPILER_FILES = re.compile(r"interp/(base/config\.h|vm/engine_\w+\.c|vm/engine\w*\.h|vm/ceval_macros\.h)$")
PUBLIC = {"krait.h", "include/krait.h"}
GENERATED = {"engines.def": "vm", "prelude.inc": "microbench"}


def includes(file):
    for match in INCLUDE.finditer(file.text):
        yield match[1], file.line_of(match.start())


def check_interp(tree, file, layer):
    for name, line in includes(file):
        first = name.split("/")[0]
        if name in PUBLIC or GENERATED.get(name) == layer:
            continue
        if first not in ALLOWED:
            yield file.path, line, f'"{name}" is not written from interp/'
        elif first not in ALLOWED[layer]:
            yield file.path, line, f"{layer}/ must not include {first}/"
        elif tree.find(f"interp/{name}") is None:
            yield file.path, line, f"no file interp/{name}"


def check_microbench(tree, file):
    for name, line in includes(file):
        known = name in PUBLIC or GENERATED.get(name) == "microbench"
        if not known and tree.find(f"microbench/{name}") is None:
            yield file.path, line, f'"{name}" is neither krait.h nor a file of microbench/'


def problems(tree):
    for file in tree.select({".c", ".h", ".inc", ".def", ".cc"}, "interp/", "microbench/"):
        parts = file.path.split("/")
        if parts[0] == "microbench":
            yield from check_microbench(tree, file)
            continue
        layer = parts[1]
        if layer == "include":
            yield from ((file.path, line, "the public header includes none of ours")
                        for _, line in includes(file))
        if layer not in ALLOWED:
            continue
        yield from check_interp(tree, file, layer)
        if file.suffix == ".c":
            for match in EXTERN.finditer(file.plain):
                yield file.path, file.line_of(match.start()), "declare it in a header of its layer"
        if not COMPILER_FILES.match(file.path):
            for match in COMPILER_WORD.finditer(file.code):
                yield file.path, file.line_of(match.start()), f"{match[0]} belongs in base/config.h"
