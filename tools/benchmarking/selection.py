"""Which rows a comparison has: benchmarks of krait-microbench and programs, times engines."""

import fnmatch
import subprocess

from benchmarking import engines, micro
from benchmarking.paired import Row

# A small set that covers what programs do most.
MICRO = (
    "BINARY_OP.add_int BINARY_OP.add_float BINARY_OP.add_str COMPARE_OP.less_int BINARY_SUBSCR.list_int "
    "BINARY_SUBSCR.dict_str STORE_SUBSCR.list_int LOAD_ATTR.instance LOAD_ATTR.method_form STORE_ATTR.instance "
    "LOAD_GLOBAL.builtin CALL.python_two_arguments CALL.builtin_len CALL.class_with_init FOR_ITER.range_ten_items "
    "YIELD_VALUE.ten_items"
).split()
QUICK_MACRO = "fib spectral_norm sha256 life tak sieve".split()
MACRO = QUICK_MACRO + "nbody scheduler tokenizer binary_trees word_count exceptions".split()


class NothingMatches(Exception):
    """No row is left."""


def preferred(available):
    """The engine that is measured when none is named: `direct` by gcc, or the build's first."""
    return next((engine for engine in available if engine.name == "direct:gcc"), available[0])


def common_engines(base, head, names):
    """Names of the engines that both builds have and --dispatch chooses (None: the preferred one)."""
    both = [engine for engine in engines.built(head.krait) if engine.name in {other.name for other in engines.built(base.krait)}]
    if not both:
        raise engines.UnknownEngine(f"{base.label} and {head.label} have no engine in common")
    return [engine.name for engine in (engines.choose(both, names, False) if names else [preferred(both)])]


def one_engine(build, name):
    """The engine of a build that a technique (its first compiler) or TECHNIQUE:COMPILER names."""
    return engines.choose(engines.built(build.krait), [name], False)[0].name


def _micro(base, head, form, glob, everything):
    """Benchmarks of both builds, and those that only one of them has."""
    try:
        have = [micro.names(build.microbench, form) for build in (base, head)]
    except (OSError, subprocess.CalledProcessError):
        return [], []  # a build without krait-microbench
    chosen = set(MICRO) if not glob and not everything else None
    wanted = [name for name in dict.fromkeys(have[1]) if (name in chosen if chosen else not glob or fnmatch.fnmatch(name, glob))]
    alone = sorted(set(have[0]) ^ set(have[1])) if everything else []
    return [name for name in wanted if name in have[0]], alone


def _macro(sizes, glob, quick, everything):
    if glob:
        return [name for name in sizes if fnmatch.fnmatch(name, glob)]
    return [name for name in (sizes if everything else QUICK_MACRO if quick else MACRO) if name in sizes]


def rows(base, head, engine_names, sizes, only=None, form="tuned", quick=False, full=False):
    """([Row], [benchmarks that only one build has]). `only`: a glob over programs and OPCODE.variant, several
    separated by commas, or "micro", "macro"; `sizes`: {program: size}."""
    chosen, alone = [], []
    for glob in (only or "").split(","):
        if glob != "macro":
            names, missing = _micro(base, head, form, None if glob == "micro" else glob or None, full)
            chosen += [("micro", name) for name in names]
            alone += missing
        if glob != "micro":
            chosen += [("macro", name) for name in _macro(sizes, None if glob == "macro" else glob or None, quick, full)]
    found = [Row(suite, bench, engine) for suite, bench in dict.fromkeys(chosen) for engine in engine_names]
    if not found:
        raise NothingMatches(f"nothing matches '{only}'" if only else "the builds have no benchmark in common")
    return found, alone

