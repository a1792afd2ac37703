"""Where a run takes place: commit, compilers, processor, load; the rows of env.csv."""

import os
import platform
import re
import subprocess
import time


def output(command, **options):
    """First line that a command prints, '' if it cannot be run."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False, **options)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    text = (done.stdout or done.stderr).strip()
    return text.splitlines()[0] if text else ""


def first_match(path, pattern):
    """Group 1 of a pattern in a file of /proc or /sys, '' if there is none."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            found = re.search(pattern, file.read(), re.MULTILINE)
    except OSError:
        return ""
    return found.group(1).strip() if found else ""


def timestamp():
    """Now, as the files write it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


class Commit:
    """The commit that is being measured; short is '' outside a checkout."""

    def __init__(self, root):
        self.short = self.ask(root, "rev-parse", "--short=7", "HEAD")
        self.dirty = bool(self.ask(root, "status", "--porcelain"))

    @staticmethod
    def ask(root, *words):
        """What git prints, '' where it fails."""
        try:
            done = subprocess.run(["git", "-C", root, *words], capture_output=True, text=True, timeout=30, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return ""
        return done.stdout.strip() if done.returncode == 0 else ""

    def run_id(self):
        """UTC time, short commit, -dirty if the tree has uncommitted changes."""
        stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        return "-".join([stamp, self.short or "nocommit"] + ["dirty"] * self.dirty)


def pinned(cpu):
    """The prefix that pins a command to a processor; empty where that cannot be done."""
    return [] if cpu is None else ["taskset", "-c", str(cpu)]


def quiet_cpu():
    """The last processor this process may use (the first gets most interrupts); None with only one."""
    allowed = sorted(os.sched_getaffinity(0))
    return allowed[-1] if len(allowed) > 1 else None


def fingerprint(root, build):
    """(key, value) pairs; keys follow pyperf's metadata where it has them."""
    commit = Commit(root)
    compilers = {"gcc": ["gcc", "--version"], "clang-19": ["clang-19", "--version"]}
    yield "commit", commit.short
    yield "dirty", int(commit.dirty)
    yield "date_utc", timestamp()
    yield "platform", platform.platform()
    yield "cpu_model_name", first_match("/proc/cpuinfo", r"^model name\s*:\s*(.*)$")
    yield "cpu_family", " ".join(first_match("/proc/cpuinfo", rf"^{key}\s*:\s*(\d+)$") for key in ("cpu family", "model", "stepping")).strip()
    yield "cpu_count", os.cpu_count()
    yield "cpu_affinity", " ".join(map(str, sorted(os.sched_getaffinity(0))))
    yield "cpu_governor", first_match("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", r"(.*)")
    yield "aslr", first_match("/proc/sys/kernel/randomize_va_space", r"(.*)")
    yield "load_avg_1min", f"{os.getloadavg()[0]:.2f}"
    yield "mem_total_kb", first_match("/proc/meminfo", r"^MemTotal:\s*(\d+)")
    for name, command in compilers.items():
        yield f"compiler_{name}", output(command)
    yield "hyperfine_version", output(["hyperfine", "--version"])
    yield "build_type", first_match(os.path.join(build, "CMakeCache.txt"), r"^CMAKE_BUILD_TYPE:\w+=(.*)$")
    yield "c_flags", first_match(os.path.join(build, "CMakeCache.txt"), r"^CMAKE_C_FLAGS_RELEASE:\w+=(.*)$")
    yield "build_id", build_id(os.path.join(build, "krait"))
    yield "pythonhashseed", "0"


def build_id(executable):
    """The first half of the SHA-256 of the executable: equal for equal code."""
    return output(["sha256sum", executable])[:32]
