"""Linux perf: recording a program, and reading what `perf script` prints of the recording.

Stacks are unwound by the debug information (--call-graph dwarf), since neither Krait nor the system's
libraries keep frame pointers. Without hardware counters (most virtual machines) the event is cpu-clock,
whose samples come from a timer.
"""

import os
import re
import shutil
import subprocess

from benchmarking.command import CommandError

STACK_BYTES = 16384  # copied with each sample, for the unwinder
FRAME = re.compile(r"^\s+([0-9a-f]+) (.*?)(?: \((.*)\))?$")


class NoPerf(CommandError):
    """perf is missing, or not allowed to record."""


def _why_not():
    """What keeps perf from recording, in words; '' if nothing that is known does."""
    if not shutil.which("perf"):
        return "perf is not installed (tools/setup installs Debian's package linux-perf)"
    done = subprocess.run(["perf", "record", "-q", "-e", "cpu-clock:u", "-o", os.devnull, "true"], capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    if re.search(r"perf_event_paranoid|[Pp]ermi(ssion|tted)|EACCES|EPERM", done.stderr):
        return "perf may not record here: as root, `sysctl kernel.perf_event_paranoid=1` allows it (in a container also --cap-add PERFMON)"
    return "perf cannot record here: " + (done.stderr.strip().splitlines() or ["no message"])[-1]


def require():
    """Raises NoPerf unless perf can record."""
    reason = _why_not()
    if reason:
        raise NoPerf(f"{reason}; --no-perf leaves it out and shows the Python side alone")


def choose_event():
    """cycles where the machine counts them, else cpu-clock; ':u' (the kernel left out) where that alone is allowed."""
    for event in ("cycles", "cpu-clock", "cpu-clock:u"):
        done = subprocess.run(["perf", "stat", "-x,", "-e", event, "true"], capture_output=True, text=True, check=False)
        counted = re.search(r"^([\d.]+),", done.stderr, re.M)
        if done.returncode == 0 and counted and float(counted[1]) > 0:
            return event
    return "cpu-clock:u"


def record(command, data, event, hz, environment):
    """Runs a command under perf. Its output goes nowhere."""
    line = ["perf", "record", "-q", "-e", event, "-F", str(hz), "--call-graph", f"dwarf,{STACK_BYTES}", "-o", data, "--", *command]
    done = subprocess.run(line, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace", env=environment, check=False)
    if done.returncode != 0:
        raise CommandError(f"{' '.join(command)} failed under perf:\n  " + "\n  ".join(done.stderr.strip().splitlines()[-8:]))


def script(data):
    """What `perf script` prints of a recording, for `samples`."""
    line = ["perf", "script", "-i", data, "-F", "period,ip,sym,dso", "--no-inline"]
    done = subprocess.run(line, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode != 0:
        raise CommandError(f"perf script failed: {done.stderr.strip()[-500:]}")
    return done.stdout


class Frame:
    """One function of a stack: its place in the file, its name, the file."""

    __slots__ = ("address", "symbol", "file")

    def __init__(self, address, symbol, file):
        self.address, self.symbol, self.file = address, symbol, file

    def is_kernel(self):
        return self.file.startswith("[") and self.file not in ("[unknown]", "[vdso]")


def samples(text):
    """(period, [Frame, ...]) of each sample, the innermost function first."""
    period, frames = None, []
    for line in text.splitlines():
        if not line.strip():
            if period is not None:
                yield period, frames
            period, frames = None, []
            continue
        if line[0] == "\t" or period is not None:
            match = FRAME.match(line)
            if match:
                frames.append(Frame(int(match[1], 16), match[2].split("+0x")[0], match[3] or "[unknown]"))
        elif line.strip().isdigit():
            period = int(line)
    if period is not None:
        yield period, frames
