"""Builds that differ in nothing but the placement of their code (KRAIT_LAYOUT_SEED).

One working folder is reconfigured from seed to seed, so that only the engines and the links are made anew;
what can be measured is copied to build/layouts/HASH-SEED, where HASH names sources, flags and compilers. A
folder that exists is whole.
"""

import hashlib
import os
import shutil
import subprocess

from benchmarking import environment, progress

KEPT_FOLDERS = 16  # of other sources, or seeds not asked for lately
COPIED = ("krait", "krait-microbench", "CMakeCache.txt", "generated/engines.def")
SOURCES = ("CMakeLists.txt", "CMakePresets.json", "interp", "microbench")


class BuildFailed(Exception):
    """cmake or a compiler said no; the text is the end of what it said."""


def _files(root):
    for name in SOURCES:
        path = os.path.join(root, name)
        if os.path.isfile(path):
            yield path
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(set(folders) - {"tests", "__pycache__"})
            yield from (os.path.join(folder, file) for file in sorted(files))


def source_hash(root, definitions=()):
    """Names what a build of this checkout is made of: sources, extra cmake definitions, compilers."""
    digest = hashlib.sha256()
    for path in _files(root):
        digest.update(os.path.relpath(path, root).encode() + b"\0")
        with open(path, "rb") as file:
            digest.update(file.read())
    for words in (["gcc", "--version"], ["clang-19", "--version"], ["cmake", "--version"]):
        digest.update(environment.output(words).encode())
    digest.update("\0".join(definitions).encode())
    return digest.hexdigest()[:12]


def _run(command, root):
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildFailed(done.stdout[-4000:] + done.stderr[-4000:])


def _prune(folder, keep):
    """Removes the folders that were used longest ago, and what a killed build left."""
    entries = [os.path.join(folder, name) for name in os.listdir(folder) if name != "work"]
    for entry in [entry for entry in entries if entry.endswith(".part")]:
        shutil.rmtree(entry, ignore_errors=True)
    others = [entry for entry in entries if not entry.endswith(".part") and entry not in keep]
    for entry in sorted(others, key=os.path.getmtime, reverse=True)[KEPT_FOLDERS:]:
        shutil.rmtree(entry, ignore_errors=True)


def path_of(root, seed, definitions=()):
    """Where build() puts the layout of a seed."""
    return os.path.join(root, "build", "layouts", f"{source_hash(root, definitions)}-{seed}")


def build(root, seed, definitions=(), jobs=None):
    """The folder with `krait` and `krait-microbench` laid out by `seed`, built if it is not there yet.
    `definitions` are further -D words for cmake. BuildFailed says what went wrong."""
    folder = path_of(root, seed, definitions)
    if os.path.exists(folder):
        os.utime(folder)
        return folder
    work = os.path.join(root, "build", "layouts", "work")
    _run(["cmake", "--preset", "release", "-B", work, f"-DKRAIT_LAYOUT_SEED={seed}", *definitions], root)
    command = ["cmake", "--build", work, "--target", "krait", "krait-microbench"]
    _run(command + (["-j", str(jobs)] if jobs else []), root)
    part = f"{folder}.part"
    shutil.rmtree(part, ignore_errors=True)
    os.makedirs(os.path.join(part, "generated"))
    for name in COPIED:
        shutil.copy2(os.path.join(work, name), os.path.join(part, name))
    os.replace(part, folder)
    _prune(os.path.dirname(folder), {folder})
    return folder


def build_all(root, seeds, definitions=()):
    """{seed: folder}, with progress where something is to be built."""
    missing = [seed for seed in seeds if not os.path.exists(path_of(root, seed, definitions))]
    shown = progress.Progress("layouts", len(missing)) if missing else None
    folders = {}
    for seed in seeds:
        folders[seed] = build(root, seed, definitions)
        if shown and seed in missing:
            shown.step(f"seed {seed}")
    return folders
