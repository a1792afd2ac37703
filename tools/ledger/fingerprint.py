"""Which runs may be compared: those of the same kind of machine and the same compilers.

results/environment.csv says which rows of env.csv make the fingerprint. A run whose environment is not known
(other people's figures) has none, and compares only when the caller insists.
"""

import csv
import hashlib
import os
import re

from benchmarking import schema
from benchmarking.command import CommandError

PATH = os.path.join(os.path.dirname(schema.PATH), "environment.csv")
MACHINE = "cpu_model_name"  # without it nothing is known of a machine


class Different(CommandError):
    """Runs that must not be compared; the text names what differs."""


def _keys():
    with open(PATH, encoding="utf-8", newline="") as file:
        return {row["key"]: row["fingerprint"] for row in csv.DictReader(file) if row["fingerprint"]}


KEYS = _keys()


def kernel(platform):
    """'Linux 6.1' of 'Linux-6.1.0-28-amd64-x86_64-with-glibc2.36', with the machine's architecture."""
    found = re.match(r"([A-Za-z]+)-(\d+\.\d+)", platform)
    machine = re.search(r"\b(x86_64|aarch64|arm64|riscv64|i686|armv7l)\b", platform)
    return " ".join([*(found.groups() if found else [platform]), *(machine.groups() if machine else [])])


def of(environment):
    """The fingerprint of an environment: {key: value}, with empty values for what is not known."""
    return {key: kernel(environment.get(key, "")) if kind == "kernel" else environment.get(key, "") for key, kind in KEYS.items()}


def is_known(fingerprint):
    """Whether it says anything of the machine."""
    return bool(fingerprint.get(MACHINE))


def differences(one, other):
    """[(key, value in one, value in the other)] of all that differs."""
    return [(key, one[key], other[key]) for key in KEYS if one[key] != other[key]]


def _slug(text, words):
    kept = re.sub(r"\(r\)|\(tm\)|@.*|\b(cpu|processor|\d+-core)\b", " ", text.lower())
    return "-".join(re.findall(r"[a-z0-9.]+", kept)[:words])


def _compiler(fingerprint, key):
    version = re.search(r"(\d+)\.\d+(\.\d+)?\s*(\(.*)?$", fingerprint.get(f"compiler_{key}", ""))
    version = version or re.search(r"(\d+)\.\d+", fingerprint.get(f"compiler_{key}", ""))
    return f"{key.split('-')[0]}{version[1]}" if version else ""


def name(fingerprint):
    """The name of a baseline's folder: words for people, then a hash of all values."""
    text = "".join(f"{key}={fingerprint[key]}\n" for key in sorted(fingerprint))
    count, system = fingerprint["cpu_count"], fingerprint["platform"].split(" ")
    parts = [
        _slug(fingerprint[MACHINE], 3) or "unknown",
        f"{count}cpu" if count else "",
        "".join(system[:2]).lower(),
        _compiler(fingerprint, "gcc"),
        _compiler(fingerprint, "clang-19"),
        hashlib.sha256(text.encode()).hexdigest()[:6],
    ]
    return "-".join(filter(None, parts))


def require_same(runs, force=False):
    """The differences between the runs (things with `run_id` and `fingerprint`) and the first of them, as
    lines. Raises Different if there are any, or if an environment is not known, unless forced."""
    lines = []
    first = runs[0]
    for run in runs:
        if not is_known(run.fingerprint):
            lines.append(f"{run.run_id}: its machine is not known")
    for run in runs[1:]:
        for key, one, other in differences(first.fingerprint, run.fingerprint):
            lines.append(f"{key}: {one or 'not known'} ({first.run_id}), {other or 'not known'} ({run.run_id})")
    if lines and not force:
        raise Different("these runs do not compare (--force compares them all the same):\n  " + "\n  ".join(lines))
    return lines
