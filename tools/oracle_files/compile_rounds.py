"""Runs in every interpreter that `tools/oracle compile-speed` compares: compiles sources, over and over.

Usage: PYTHON -W ignore compile_rounds.py FOLDER. It speaks by lines and needs no library. A list of lines ends with an empty one.

in:  the list of the files
out: the interpreter and its version; the list of the files that it cannot compile, each with a tab and the reason
in:  the list of the files to compile
in:  "gc on" or "gc off", as often as wanted
out: the seconds that compiling these texts once took
"""

import gc
import sys
import time


def read_list():
    return list(iter(lambda: sys.stdin.readline().rstrip("\n"), ""))


def read_source(path):
    with open(path, "rb") as file:
        return file.read()


def refusal(source, name):
    """Why a text does not compile; None if it does."""
    try:
        compile(source, name, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        return " ".join(f"{type(error).__name__}: {error}".split())


def seconds(texts, with_gc):
    gc.collect()
    if with_gc:
        gc.enable()
    else:
        gc.disable()
    start = time.perf_counter()
    for source, name in texts:
        compile(source, name, "exec", dont_inherit=True)
    return time.perf_counter() - start


def main():
    sources = {name: read_source(f"{sys.argv[1]}/{name}") for name in read_list()}
    print(sys.implementation.name, sys.version.split()[0])
    for name, source in sources.items():
        reason = refusal(source, name)
        if reason is not None:
            print(name, reason, sep="\t")
    print(flush=True)
    texts = [(sources[name], name) for name in read_list()]
    for line in iter(sys.stdin.readline, ""):
        print(seconds(texts, line == "gc on\n"), flush=True)


if __name__ == "__main__":
    main()
