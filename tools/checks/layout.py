"""C text is laid out as clang-format 14 lays it out by .clang-format. Tables (*.def, and .inc files
outside vm/handlers/) keep their own columns. `tools/check --fix` lays everything out."""
import concurrent.futures
import os
import re
import shutil
import subprocess

VERSION = "14"  # Debian 12's; other major versions lay some lines out differently
WARNING = re.compile(r"^(.+?):(\d+):\d+: (?:warning|error): code should be clang-formatted", re.M)


def clang_format():
    for name in (f"clang-format-{VERSION}", "clang-format"):
        program = shutil.which(name)
        if program:
            version = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
            if re.search(rf"version {VERSION}\.", version):
                return program
    return None


def laid_out(tree):
    """Paths of the files that the rule is about."""
    files = tree.select({".c", ".h", ".cc"}, "interp/", "microbench/", "macrobench/")
    return [file.path for file in files + tree.select({".inc"}, "interp/vm/handlers/")]


def fix(tree):
    """Lays every file out; returns how many were looked at."""
    files = laid_out(tree)
    subprocess.run([clang_format(), "--style=file", "-i", *files], cwd=tree.root, check=True)
    return len(files)


def problems(tree):
    program = clang_format()
    if program is None:
        yield ".clang-format", 1, f"clang-format {VERSION} is not installed: run tools/setup"
        return
    files = laid_out(tree)
    jobs = min(os.cpu_count() or 1, 8)
    parts = [files[i :: jobs * 4] for i in range(jobs * 4)]

    def run(part):
        command = [program, "--style=file", "--dry-run", *part]
        return subprocess.run(command, cwd=tree.root, capture_output=True, text=True).stderr

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for output in pool.map(run, [part for part in parts if part]):
            lines = {}
            for path, line in WARNING.findall(output):
                lines.setdefault(path, []).append(int(line))
            for path, numbers in lines.items():
                yield path, numbers[0], f"{len(numbers)} places differ from clang-format's layout"
