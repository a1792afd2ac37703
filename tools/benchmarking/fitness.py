"""Is this machine fit to measure on: what disturbs, how much, and what root can do about it.

`System` reads and writes the kernel's files below a root folder, so that tests have machines of their own.
What tuning changes is written down before the first change (in /run, which like the settings themselves does
not outlive a restart), and `untune` puts it back.
"""

import glob
import json
import os
import shutil
import subprocess
import time

OK, NOTE, UNFIT = "ok", "note", "unfit"
GAP_NS = 20_000  # a spinning process that is away for longer has lost the processor
STATE = "/run/krait-tuned.json"


class System:
    """The files of a machine."""

    def __init__(self, root="/"):
        self.root = root

    def path(self, name):
        return os.path.join(self.root, name.lstrip("/"))

    def read(self, name):
        """The text of a file, '' if it cannot be read."""
        try:
            with open(self.path(name), encoding="utf-8", errors="replace") as file:
                return file.read().strip()
        except OSError:
            return ""

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)

    def glob(self, pattern):
        """Names of the files that match."""
        return sorted("/" + os.path.relpath(found, self.root) for found in glob.glob(self.path(pattern)))


class Finding:
    """One property of the machine: its value, and what is wrong with it (verdict and advice)."""

    def __init__(self, key, value, verdict=OK, advice=""):
        self.key, self.value, self.verdict, self.advice = key, str(value), verdict, advice


def processor_times(system, cpu=None):
    """(busy, steal, total) ticks so far of a processor, or of all."""
    name = "cpu" if cpu is None else f"cpu{cpu}"
    for line in system.read("/proc/stat").splitlines():
        words = line.split()
        if words[0] == name:
            ticks = [int(word) for word in words[1:9]] + [0] * (9 - len(words))
            return sum(ticks) - ticks[3] - ticks[4] - ticks[7], ticks[7], sum(ticks)
    return 0, 0, 0


def quietest_cpu(system=None):
    """The processor from which the host has taken least (of equal ones the last: the first gets most
    interrupts); None where this process may use only one."""
    allowed = sorted(os.sched_getaffinity(0))
    if len(allowed) < 2:
        return None
    times = {cpu: processor_times(system or System(), cpu) for cpu in allowed}
    return min(reversed(allowed), key=lambda cpu: round(1000 * times[cpu][1] / max(times[cpu][2], 1)))


def lost_share(cpu, seconds=1.0):
    """Which part of its time a process that only spins on a processor is away."""
    allowed = os.sched_getaffinity(0)
    if cpu is not None:
        os.sched_setaffinity(0, {cpu})
    try:
        start = last = time.perf_counter_ns()
        end, lost = start + int(seconds * 1e9), 0
        while last < end:
            now = time.perf_counter_ns()
            if now - last > GAP_NS:
                lost += now - last
            last = now
        return lost / (last - start)
    finally:
        os.sched_setaffinity(0, allowed)


def _share(key, value, note, unfit, advice):
    verdict = UNFIT if value > unfit else NOTE if value > note else OK
    return Finding(key, f"{100 * value:.1f} %", verdict, advice if verdict != OK else "")


def activity(system, cpu, seconds=1.0):
    """Findings that take time: what others do on the processors, what the host takes, what a spinner loses."""
    before = [processor_times(system), processor_times(system, cpu)]
    lost = lost_share(cpu, seconds)
    after = [processor_times(system), processor_times(system, cpu)]
    total = max(after[0][2] - before[0][2], 1)
    count = max(len(os.sched_getaffinity(0)), 1)
    others = max(0.0, (after[0][0] - before[0][0]) / total * count - 1)  # but for the spinner itself
    yield _share("others", others / count, 0.05, 0.25, "other processes run: end them, or wait")
    yield _share("steal", (after[0][1] - before[0][1]) / total, 0.005, 0.05, "the host gives the processors to others")
    yield _share("lost", lost, 0.01, 0.10, "a process that only computes loses the processor")


def settings(system):
    """Findings about how the machine is set up."""
    count = len(os.sched_getaffinity(0))
    yield Finding("processors", count, OK if count > 1 else NOTE, "" if count > 1 else "the tools and what they measure share one")
    governors = {system.read(name) for name in system.glob("/sys/devices/system/cpu/cpu*/cpufreq/scaling_governor")}
    fixed = governors <= {"performance"}
    yield Finding("governor", " ".join(sorted(governors)) or "none", OK if fixed else NOTE, "" if fixed else "the frequency follows the load (--tune)")
    turbo = turbo_state(system)
    yield Finding("turbo", turbo, NOTE if turbo == "on" else OK, "the frequency follows the temperature (--tune)" if turbo == "on" else "")
    aslr = system.read("/proc/sys/kernel/randomize_va_space")
    yield Finding("aslr", aslr or "not known", OK if aslr in ("2", "") else NOTE, "" if aslr in ("2", "") else "one placement of the stack is one sample: 2 is wanted (--tune)")
    smt = system.read("/sys/devices/system/cpu/smt/active")
    yield Finding("smt", {"1": "on", "0": "off"}.get(smt, "not known"), NOTE if smt == "1" else OK, "a sibling shares the core" if smt == "1" else "")
    yield Finding("isolated", system.read("/sys/devices/system/cpu/isolated") or "none")
    clock = system.read("/sys/devices/system/clocksource/clocksource0/current_clocksource")
    slow = clock not in ("tsc", "kvm-clock", "arch_sys_counter", "")
    yield Finding("clock", clock or "not known", NOTE if slow else OK, "reading it takes long" if slow else "")
    yield Finding("load", " ".join(system.read("/proc/loadavg").split()[:3]) or "not known")
    yield Finding("counters", *hardware_counters(system))


def turbo_state(system):
    """"on", "off" or "not known"."""
    no_turbo, boost = system.read("/sys/devices/system/cpu/intel_pstate/no_turbo"), system.read("/sys/devices/system/cpu/cpufreq/boost")
    return {"0": "on", "1": "off"}.get(no_turbo) or {"1": "on", "0": "off"}.get(boost, "not known")


def hardware_counters(system):
    """(state, verdict, advice) of cycles and instructions."""
    if not system.glob("/sys/bus/event_source/devices/cpu*"):
        return "none", NOTE, "no counters here (a virtual machine): callgrind counts instructions"
    if system.root == "/" and shutil.which("perf"):
        done = subprocess.run(["perf", "stat", "-x,", "-e", "instructions:u", "true"], capture_output=True, text=True, check=False)
        if done.returncode != 0 or "<not" in done.stderr:
            return "refused", NOTE, "kernel.perf_event_paranoid, or a virtual machine"
        return "instructions", OK, ""
    return "present", OK, ""


def wanted(system):
    """[(file, text)]: what tuning sets, for the files that this machine has."""
    changes = [(name, "performance") for name in system.glob("/sys/devices/system/cpu/cpu*/cpufreq/scaling_governor")]
    changes += [
        ("/sys/devices/system/cpu/intel_pstate/no_turbo", "1"),
        ("/sys/devices/system/cpu/cpufreq/boost", "0"),
        ("/proc/sys/kernel/randomize_va_space", "2"),
        ("/proc/sys/kernel/nmi_watchdog", "0"),
        ("/proc/sys/kernel/perf_event_max_sample_rate", "1"),
    ]
    return [(name, text) for name, text in changes if system.read(name) not in ("", text)]


def tune(system):
    """Yields a line about each setting that it changes or cannot change."""
    state = json.loads(system.read(STATE) or "{}")
    changes = wanted(system)
    for name, _ in changes:
        state.setdefault(name, system.read(name))  # of two tunings the first knows what was there
    if changes:
        os.makedirs(os.path.dirname(system.path(STATE)), exist_ok=True)
        system.write(STATE + ".part", json.dumps(state, indent=1))
        os.replace(system.path(STATE + ".part"), system.path(STATE))
    for name, text in changes:
        yield _set(system, name, text)


def untune(system):
    """Yields a line about each setting that it puts back; the record goes when all are back."""
    state = json.loads(system.read(STATE) or "{}")
    for name, text in reversed(state.items()):
        yield _set(system, name, text)
    if state and all(system.read(name) == text for name, text in state.items()):
        os.remove(system.path(STATE))


def _set(system, name, text):
    before = system.read(name)
    try:
        system.write(name, text)
    except OSError as problem:
        return f"{name}: stays {before}: {problem.strerror}"
    return f"{name}: {before} -> {text}"
