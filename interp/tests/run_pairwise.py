"""Combinations: techniques, knobs, collectors and allocators that no other group puts together.

Trying all combinations would take days; nearly all faults of combination show with two settings
already (Kuhn, Wallace and Gallo 2004). So a covering array is made in which every pair of settings
of every two factors occurs, and each test of a fixed sample of the language corpus runs under two
of its rows.
"""
import itertools
import json
import sys

from harness import ROOT, Case, run

sys.path.insert(0, str(ROOT / "interp" / "tests"))
import run_language  # noqa: E402

SAMPLE = 150  # tests
ROWS_A_TEST = 2


def factors(context, preset):
    """{factor: its settings, each a list of options}."""
    listed, allocators = (
        json.loads(run([context.krait(preset), option, "--json"], timeout=60).out) for option in ("--knobs", "--allocator=list")
    )
    found = {
        "technique": [[f"--dispatch={engine.option}"] for engine in context.engines(preset)],
        "collector": [[], ["--gc-stress=997"], ["--gc-verify"]],
        "allocator": [[] if row["default"] else [f"--allocator={row['name']}"] for row in allocators],
    }
    for knob in listed:
        found[knob["name"]] = [[], [f"--knobs-off={knob['name']}"]]
    return found


def pairs_of(row):
    """The pairs of settings in a row: ((factor, setting), (factor, setting)), factors by number."""
    return set(itertools.combinations(enumerate(row), 2))


def covering_array(sizes):
    """Rows with one setting a factor, by number, in which every pair occurs: the greedy method of
    AETG (Cohen, Dalal, Fredman and Patton 1997) without chance. `sizes`: settings of each factor."""
    missing = set()
    for left, right in itertools.combinations(range(len(sizes)), 2):
        for a, b in itertools.product(range(sizes[left]), range(sizes[right])):
            missing.add(((left, a), (right, b)))
    rows = []
    while missing:
        row = dict(min(missing))
        for factor in range(len(sizes)):
            if factor in row:
                continue

            def gain(setting, factor=factor):
                chosen = [tuple(sorted([(factor, setting), other])) for other in row.items()]
                return sum(pair in missing for pair in chosen)

            # Ties go round, so that settings are used alike.
            order = sorted(range(sizes[factor]), key=lambda setting: (setting - len(rows)) % sizes[factor])
            row[factor] = max(order, key=gain)
        rows.append([row[factor] for factor in range(len(sizes))])
        missing -= pairs_of(rows[-1])
    return rows


def sample(paths):
    """SAMPLE of them, spread evenly."""
    step = max(1, len(paths) / SAMPLE)
    return [paths[int(number * step)] for number in range(min(SAMPLE, len(paths)))]


def is_wanted(path, options):
    head = "".join(path.read_text(errors="replace").splitlines(True)[:5])
    return "--gc-stress=997" not in options or "# test: no-gc-stress" not in head


def cases(context):
    preset = context.release()
    if not preset or context.mode == "quick":
        return
    table = factors(context, preset)
    rows = covering_array([len(settings) for settings in table.values()])
    tests = [path for path in sorted(run_language.FOLDER.rglob("*.py")) if path.with_suffix(".out").exists()]
    turn = itertools.cycle(rows)
    for path in sample(tests):
        for row in itertools.islice(turn, ROWS_A_TEST):
            options = [option for settings, number in zip(table.values(), row) for option in settings[number]]
            if not is_wanted(path, options):
                continue
            name = f"{path.relative_to(run_language.FOLDER).with_suffix('')} [{' '.join(merge_knobs(options))}]"
            variant = run_language.Variant(name, preset, merge_knobs(options), 300)
            yield Case("pairwise", name, lambda path=path, variant=variant: run_language.run_test(context, path, variant))


def merge_knobs(options):
    """The options with one --knobs-off."""
    prefix = "--knobs-off="
    off = [option.removeprefix(prefix) for option in options if option.startswith(prefix)]
    rest = [option for option in options if not option.startswith(prefix)]
    return rest + ([prefix + ",".join(off)] if off else [])
