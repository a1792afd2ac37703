"""The command `krait`: what it says of itself, how it meets bad input, how deep it recurses.

Bad input gives a Python exception or a one-line error and exit code 1 or 2, never a signal."""
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time

from harness import Case, difference, environment, run, tail

TECHNIQUES = ("switch", "call", "token", "direct", "tail")

SEED = "a = 1\nb = 2\nc = a + b\n"
SEED_OPCODES = """RESUME LOAD_CONST STORE_NAME LOAD_CONST STORE_NAME LOAD_NAME LOAD_NAME BINARY_OP
STORE_NAME RETURN_CONST""".split()

DEEP_CALLS = """
import sys
def down(n):
    return 0 if n == 0 else down(n - 1) + 1
sys.setrecursionlimit(200_000)
print(down(150_000))
"""
LIMITED_CALLS = """
def down(n):
    return 0 if n == 0 else down(n - 1) + 1
try:
    down(150_000)
except RecursionError as error:
    print(type(error).__name__, error)
"""
DEEP_REPR = """
nested = []
for _ in range(1_000_000):
    nested = [nested]
try:
    repr(nested)
except RecursionError:
    print("RecursionError")
"""
UNSTOPPABLE = """
def call():
    try:
        call()
    finally:
        call()
while True:
    try:
        call()
    except BaseException:
        pass
"""
CALLS_ITSELF = """code <module>
    const code f(n)
        LOAD_FAST n
        LOAD_CONST 0
        COMPARE_OP ==
        POP_JUMP_IF_TRUE out
        LOAD_GLOBAL NULL + f
        LOAD_FAST n
        LOAD_CONST 1
        BINARY_OP -
        CALL 1
        POP_TOP
        LOAD_GLOBAL NULL + f
        LOAD_FAST n
        LOAD_CONST 1
        BINARY_OP -
        CALL 1
        POP_TOP
      out:
        RETURN_CONST None
    end
    LOAD_CONST code f
    MAKE_FUNCTION 0
    STORE_GLOBAL f
    LOAD_GLOBAL NULL + f
    LOAD_CONST 200
    CALL 1
    RETURN_VALUE
end
"""
HANDLES_ITSELF = """code <module>
  a:
    LOAD_NAME missing
    POP_TOP
  b:
    RETURN_CONST None
  c:
    POP_TOP
  d:
    LOAD_NAME missing
    POP_TOP
  e:
    RETURN_CONST None
    exception a to b -> c
    exception d to e -> c
end
"""
STEP_LIMIT = "RuntimeError: the step limit is reached"
DEEP_CONSTANT = """
nested = ()
for _ in range(1_000_000):
    nested = (nested,)
(lambda: 0).__code__.replace(co_consts=(nested,))
"""
ENDLESS = "rows = []\nwhile True:\n    rows.append([0] * 1000)\n"

# A jump of a polling kind becomes one that does not poll, and leads to itself.
TRACED_LOOP = """\
import sys
def f():
    while True: pass
code = f.__code__.co_code
at = code.index(140)
f.__code__ = f.__code__.replace(co_code=code[:at] + bytes([134, 1]) + code[at + 2:])
sys.settrace(lambda *args: None)
f()
"""

# name, file name, contents, options in front of the file, words of which one is expected in stderr
BAD_FILES = [
    ("binary rubbish", "bad.py", bytes(range(256)) * 64, [], ["SyntaxError", "source code"]),
    ("null bytes", "bad.py", b"a = 1\n\0\0\0\n", [], ["SyntaxError", "null bytes"]),
    ("invalid UTF-8", "bad.py", b"a = '\xff\xfe'\n", [], ["SyntaxError"]),
    ("unknown encoding", "bad.py", b"# coding: no-such\n", [], ["SyntaxError"]),
    ("unclosed bracket", "bad.py", b"f(1, 2\n", [], ["'(' was never closed"]),
    ("unexpected indent", "bad.py", b"  a = 1\n", [], ["IndentationError"]),
    ("10,000 nested parentheses", "bad.py", b"(" * 10_000 + b")" * 10_000, [],
     ["SyntaxError", "MemoryError", "RecursionError"]),
    ("endless allocation", "bad.py", ENDLESS.encode(), ["--max-heap=64M"], ["MemoryError"]),
    ("2**10**10", "bad.py", b"print(2**10**10)\n", ["--max-heap=256M"], ["MemoryError", "OverflowError"]),
    ("'a' * 10**12", "bad.py", b"x = 'a' * 10**12\n", ["--max-heap=256M"], ["MemoryError"]),
    ("broken bytecode file", "bad.pyc", b"\xcb\r\r\n" + bytes(12) + b"\xe3" + b"\xff" * 40, [], []),
    ("endless loop", "bad.py", b"while True: pass\n", ["--max-steps=1000"], [STEP_LIMIT]),
    ("uncatchable end", "bad.py", UNSTOPPABLE.encode(), ["--max-steps=10K"], [STEP_LIMIT]),
    ("uncatchable end, plain", "bad.py", UNSTOPPABLE.encode(), ["--max-steps=10K", "--knobs-off=all"], [STEP_LIMIT]),
    ("endless native loop", "bad.py", b"sum(iter(int, 1))\n", ["--max-steps=1000"], [STEP_LIMIT]),
    ("endless loop without polls", "bad.kasm", b"code f\n  a: JUMP_BACKWARD_NO_INTERRUPT a\nend\n",
     ["--max-steps=1000", "--assemble"], [STEP_LIMIT]),
    ("endless loop without polls, traced", "bad.py", TRACED_LOOP.encode(), ["--max-steps=1000"], [STEP_LIMIT]),
    ("endless calls without polls", "bad.kasm", CALLS_ITSELF.encode(), ["--max-steps=1M", "--assemble"], [STEP_LIMIT]),
    ("endless loop by a handler", "bad.kasm", HANDLES_ITSELF.encode(), ["--max-steps=1000", "--assemble"], [STEP_LIMIT]),
    ("1,000,000 nested constants", "bad.py", DEEP_CONSTANT.encode(), [], ["RecursionError"]),
    ("tokens of an open string", "bad.py", b"a = 'b\n", ["--tokens"], ["unterminated string literal"]),
    ("tree of a wrong source", "bad.py", b"a b\n", ["--ast"], ["invalid syntax"]),
    ("text that is no bytecode", "bad.kasm", bytes(range(1, 128)) * 64, ["--assemble"], ["ValueError: bad.kasm, line 1:"]),
    ("wrong number of steps", "bad.py", b"", ["--max-steps=none"], ["--max-steps wants a number from 1: none"]),
    ("uncaught exception", "bad.py", b"raise KeyError('k')\n", [], ["KeyError: 'k'"]),
]
# name, contents, expected output: large but valid programs
LARGE_FILES = [
    ("1 MB single-line expression", b"x = " + b"1+" * 500_000 + b"1\nprint(x)\n", "500001\n"),
    ("500,000-term sum of names", b"a = 1\nx = " + b"a+" * 499_999 + b"a\nprint(x)\n", "500000\n"),
    ("100,000 statements", b"a = 1\n" * 100_000 + b"print(a)\n", "1\n"),
]


def krait(context, preset, *arguments, cwd=None, timeout=60, stdin=b""):
    return run([context.krait(preset), *arguments], cwd=cwd, timeout=timeout, stdin=stdin)


def bad_end(result, codes=(1, 2)):
    """Why this is not a proper end after bad input, or None."""
    if result.code not in codes:
        return f"{result.describe()}; {' or '.join(map(str, codes))} expected\n{tail(result.err)}"
    return None if result.err.strip() else "nothing on standard error"


def bad_file(context, preset, row):
    _, name, contents, options, words = row
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/{name}", "wb") as file:
            file.write(contents)
        result = krait(context, preset, *options, name, cwd=folder, timeout=240)
    complaint = bad_end(result)
    if complaint is None and words and not any(word in result.err for word in words):
        return f"none of {words} in the error output:\n{tail(result.err)}"
    return complaint


def large_file(context, preset, contents, expected):
    """The program runs, or is refused by an exception as CPython may (its stack is bounded too)."""
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/large.py", "wb") as file:
            file.write(contents)
        result = krait(context, preset, "large.py", cwd=folder, timeout=300)
    if result.code == 0:
        return None if result.out == expected else f"printed {result.out[:80]!r}; {expected!r} expected"
    complaint = bad_end(result, (1,))
    refused = any(word in result.err for word in ("RecursionError", "MemoryError"))
    return complaint or (None if refused else tail(result.err))


def bad_arguments(context, preset, arguments, codes, cwd="/"):
    return bad_end(krait(context, preset, *arguments, cwd=cwd), codes)


def version_json(context, preset):
    """--version --json says what --version does, and the layout seed."""
    plain, result = krait(context, preset, "--version"), krait(context, preset, "--version", "--json")
    told = json.loads(result.out)
    if f"Krait {told['krait']} (Python {told['python']})\n" != plain.out:
        return f"{plain.out!r} but {result.out!r}"
    return None if isinstance(told["layout_seed"], int) else f"no layout_seed: {result.out!r}"


INJECTED = """
def add(number):
    total = 0
    for _, second in {1: number}.items():
        total = total + second + 1
    return total
print(sum(add(number) for number in range(100)))
"""


def injected(context, preset, option):
    """--inject runs so many SPINs before an opcode, in its specialised and fused forms too, and
    nowhere else; results stay."""
    injection = ["--inject=BINARY_OP=SPIN8+SPIN8,STORE_FAST=SPIN16", "--inject", "BINARY_OP=SPIN32"]
    result = krait(context, preset, f"--dispatch={option}", *injection, "--stats", "--json", "-c", INJECTED)
    if result.code != 0 or result.out != "5050\n":
        return f"{result.describe()}\n{result.out}{tail(result.err)}"
    counts = json.loads(result.err)["opcodes"]
    binary = sum(count for name, count in counts.items() if name.startswith("BINARY_OP"))
    store = sum(count for name, count in counts.items() if name in ("STORE_FAST", "STORE_FAST_LOAD_FAST"))
    expected = {"SPIN8": 2 * binary, "SPIN16": store, "SPIN32": binary}
    found = {name: counts.get(name, 0) for name in expected}
    return None if found == expected and binary >= 200 else f"{found}; {expected} expected"


SEQUENCES = """
def f(n):
    return n if n < 2 else f(n - 1) + f(n - 2)
print(f(12))
"""


def sequences(context, preset, option):
    """--stats=triples counts what follows each other: sums agree, a fixed order gives a fixed count."""
    result = krait(context, preset, f"--dispatch={option}", "--stats=triples", "--json", "-c", SEQUENCES)
    if result.code != 0 or result.out != "144\n":
        return f"{result.describe()}\n{result.out}{tail(result.err)}"
    counted = json.loads(result.err)
    pairs = {(first, second): count for first, second, count in counted["pairs"]}
    triples = {tuple(row[:3]): row[3] for row in counted["triples"]}
    totals = [counted["opcodes_total"], sum(pairs.values()) + 1, sum(triples.values()) + 2]
    if len(set(totals)) != 1:
        return f"{totals} instructions"
    calls = counted["opcodes"]["RESUME"]
    if pairs["CALL", "RESUME"] != calls - 1:  # the module's own RESUME comes first
        return f"{pairs['CALL', 'RESUME']} of {calls} RESUMEs behind a CALL"
    starts = {}
    for (first, second, _), count in triples.items():
        starts[first, second] = starts.get((first, second), 0) + count
    short = {pair: count - starts.get(pair, 0) for pair, count in pairs.items() if count != starts.get(pair, 0)}
    if sum(short.values()) != 1:  # the last pair alone starts no triple
        return f"pairs that start no triple: {short}"
    plain = json.loads(krait(context, preset, "--stats", "--json", "-c", "0").err)
    return "pairs without being asked for" if "pairs" in plain or "triples" in plain else None


OPERANDS = """
class Number:
    def __add__(self, other):
        return 7
def numbers():
    yield 1
def f(values, number):
    total = number + number
    for value in values:
        total = total + value
    values.append(5)
    dict()
    Number()
    values.sort()
    return total, list(numbers()), 10**30 + 1
for _ in range(100):
    f([0.5] * 3, Number())
f(list(range(200_000, 0, -1)), Number())
"""
# What 101 calls of f and one module run, however it is specialised.
KINDS = {
    ("BINARY_OP", "+ instance instance"): 101, ("BINARY_OP", "+ int float"): 100, ("BINARY_OP", "+ float float"): 200, ("BINARY_OP", "+ int int"): 200_000,
    ("FOR_ITER", "list_iterator"): 401 + 200_000, ("CALL", "list.append"): 101, ("CALL", "dict"): 101, ("CALL", "class"): 202,
    ("CALL", "generator function"): 101, ("CALL", "list.sort"): 101, ("CALL", "list"): 102, ("CALL", "function"): 101, ("RESUME", ""): None,
}


def operands(context, preset, option):
    """--stats=operands tells what instructions worked on: counts by kinds agree with those by
    instruction, and what takes long is told apart."""
    result = krait(context, preset, f"--dispatch={option}", "--stats=operands", "--json", "-c", OPERANDS)
    if result.code != 0:
        return f"{result.describe()}\n{tail(result.err)}"
    counted = json.loads(result.err)
    by_instruction, by_base = {}, {}
    for row in counted["operands"]:
        name = row["instruction"]
        by_instruction[name] = by_instruction.get(name, 0) + row["executed"]
        base = next((known for known in ("BINARY_OP", "FOR_ITER", "CALL") if name == known or name.startswith(f"{known}_")), name)
        by_base[base, row["kinds"]] = by_base.get((base, row["kinds"]), 0) + row["executed"]
        if not 0 <= row["ns_long"] <= row["ns"] or row["executed_long"] > row["executed"]:
            return f"{row}"
    if by_instruction != counted["opcodes"] or counted["operands_lost"]:
        return "counts by kinds and by instruction differ"
    wrong = {key: by_base.get(key) for key, expected in KINDS.items() if by_base.get(key) != expected and (expected or key not in by_base)}
    if wrong:
        return f"{wrong}; expected {({key: KINDS[key] for key in wrong})}"
    (sort,) = (row for row in counted["operands"] if row["kinds"] == "list.sort")
    if not sort["executed_long"] or sort["ns_long"] < 100_000:  # 200,000 items once
        return f"the long sort: {sort}"
    text = krait(context, preset, f"--dispatch={option}", "--stats=operands", "-c", OPERANDS).err
    return None if "list.append" in text and "500 ns or more" in text else f"no table of operands:\n{tail(text)}"


# A loop that runs for a while, one that runs three times as long, one that is hardly seen.
SAMPLED = """
import time
def spin(seconds):
    end = time.perf_counter() + seconds
    count = 0
    while time.perf_counter() < end:
        for i in range(200):
            count += i & 3
    return count
def short(): return spin(0.1)
def long():
    return spin(0.3)
def rare(): return 1
def dies(n):
    exec(f'def made(x): return x + {n}')
    return locals()['made'](n)
short()
long()
rare()
for n in range(300): dies(n)
"""


def samples_of(context, preset, *options, program=SAMPLED, code=0):
    """(Result, what --sample-output wrote)."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/samples"
        result = krait(context, preset, *options, f"--sample-output={path}", "-c", program)
        if not os.path.exists(path):
            raise AssertionError(f"{result.describe()}, and no samples\n{tail(result.err, 30)}")
        with open(path) as file:
            return result, file.read()


def sampled(context, preset, *options):
    """--sample: functions get their shares of time, whatever the engine; the files can be read."""
    result, text = samples_of(context, preset, *options, "--sample=1000", "--json")
    if result.code != 0 or result.out or result.err:
        return f"{result.describe()}\n{result.out}{tail(result.err)}"
    found = json.loads(text)
    taken = found["samples"]
    if sum(row[0] for row in found["stacks"]) != taken or taken < 50:
        return f"{taken} samples, {sum(row[0] for row in found['stacks'])} in stacks"
    inside = {"short": 0, "long": 0, "rare": 0, "spin": 0}
    lines = 0
    for count, opcode, _, _, places in found["stacks"]:
        names = [found["locations"][place][0] for place in places]
        for name in set(names) & set(inside):
            inside[name] += count
        if names and names[0] != "<module>":
            return f"a stack begins with {names}"
        if names[-1:] == ["spin"]:
            lines += count * (found["locations"][places[-1]][3] in (5, 6, 7, 8, 9))
            if opcode is None:
                return "no opcode in a function"
    if not 1.5 < inside["long"] / max(inside["short"], 1) < 6:
        return f"long should take three times as long as short: {inside}"
    if inside["rare"] > 0.02 * taken or inside["spin"] < 0.5 * taken or lines < 0.9 * inside["spin"]:
        return f"{inside}, {lines} in the loop's lines, of {taken}"
    return None


def sampled_outside(context, preset):
    """Samples while no function runs (here: the compiler) have no places, the first of them neither."""
    result, text = samples_of(context, preset, "--sample=10000", "--json", program="x = 1\n" * 15000)
    stacks = json.loads(text)["stacks"]
    if result.code != 0 or result.err or not any(not places for *_, places in stacks):
        return f"{result.describe()}\n{tail(result.err)}\n{stacks[:5]}"
    return None


def sampled_opcodes(context, preset, option):
    """The running opcode is known though it stands in a register only: a loop without calls gets its opcodes."""
    program = "def f(n):\n    x = 0\n    while n:\n        n -= 1\n        x = x ^ n\n    return x\nf(1500000)\n"
    _, text = samples_of(context, preset, f"--dispatch={option}", "--sample=2000", "--json", program=program)
    found = json.loads(text)
    loop = {"LOAD_FAST", "LOAD_FAST_LOAD_FAST", "LOAD_FAST_LOAD_CONST", "STORE_FAST", "STORE_FAST_LOAD_FAST", "LOAD_CONST",
            "BINARY_OP", "BINARY_OP_SUBTRACT_INT", "POP_JUMP_IF_TRUE", "POP_JUMP_IF_FALSE", "JUMP_BACKWARD"}
    inner = [(count, opcode) for count, opcode, _, _, places in found["stacks"] if places and found["locations"][places[-1]][0] == "f"]
    total = sum(count for count, _ in inner)
    hit = {name: sum(count for count, opcode in inner if opcode == name) for name in loop}
    if sum(hit.values()) < 0.95 * total or total < 20:
        return f"{inner}"
    return None if sum(count > 0 for count in hit.values()) >= 4 else f"too few opcodes: {hit}"


def sample_forms(context, preset):
    """Tables on stderr, folded stacks in a file; what cannot be written is said."""
    result = krait(context, preset, "--sample=500", "-c", SAMPLED)
    for needed in ("samples at 500 a second", " spin (<string>:3)", "  opcode, with what it calls in C"):
        if needed not in result.err:
            return f"no {needed!r} in\n{tail(result.err, 30)}"
    _, text = samples_of(context, preset, "--sample=500")
    for line in text.splitlines():
        if not re.fullmatch(r"(\(no function\)|.* \(<string>:\d+\);<string>:-?\d+(;\w+)?) \d+", line):
            return f"no folded stack: {line!r}"
    if "<module> (<string>:1);long (<string>:11);spin (<string>:3);" not in text:
        return f"no stack of long:\n{text[:400]}"
    result = krait(context, preset, "--sample-output=/no/such/folder/file", "-c", "0")
    return None if result.code == 1 and "can't write" in result.err else f"{result.describe()}: {result.err}"


def dispatch_list(context, preset):
    """--dispatch=list names every technique, the compilers that built it, and why one is missing."""
    result = krait(context, preset, "--dispatch=list")
    if result.code != 0:
        return f"{result.describe()}\n{tail(result.err)}"
    for technique in TECHNIQUES:
        if technique not in result.out:
            return f"{technique} is not listed:\n{result.out}"
    for engine in context.engines(preset):
        if not any(engine.technique in line and engine.compiler in line for line in result.out.splitlines()):
            return f"{engine.option} is not listed:\n{result.out}"
    for technique, compiler, reason in context.missing_engines(preset):
        if reason not in result.out:
            return f"it does not say why {technique}:{compiler} is missing:\n{result.out}"
    return None


def engine_option(context, preset, option, expected):
    result = krait(context, preset, f"--dispatch={option}", "-c", "print(6 * 7)")
    if (result.code == 0) != expected:
        return f"--dispatch={option}: {result.describe()}\n{tail(result.err)}"
    return None if not expected or result.out == "42\n" else f"printed {result.out!r}"


def allocator(context, preset, name):
    """A program that frees most of what it allocates runs, and nothing is left at the end."""
    program = "rows = []\nfor i in range(20000):\n    rows = [str(i), rows[:1], {i: 2.5 ** 80}]\nprint(rows[0])"
    result = krait(context, preset, f"--allocator={name}", "--check-leaks", "-c", program, timeout=240)
    if result.code != 0 or result.out != "19999\n":
        return f"{result.describe()}, printed {result.out!r}\n{tail(result.err)}"
    return None


def json_output(context, preset, arguments, needed):
    """The last line or the whole of the output is JSON with these keys (of an object, or of a row)."""
    result = krait(context, preset, *arguments)
    if result.code != 0:
        return f"{result.describe()}\n{tail(result.err)}"
    text = result.out if result.out.strip() else result.err
    data = json.loads(text)
    row = data[0] if isinstance(data, list) else data
    missing = [key for key in needed if key not in row]
    return f"no {', '.join(missing)} in {text[:300]}" if missing else None


def seed_listing(context, preset):
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/seed.py", "w") as file:
            file.write(SEED)
        result = krait(context, preset, "--dis", "seed.py", cwd=folder)
    words = [word for word in result.out.split() if word.isupper() and "_" in word or word == "RESUME"]
    if result.code != 0 or words != SEED_OPCODES:
        return f"{result.describe()}, opcodes {' '.join(words)}\n{tail(result.err)}"
    return None if "0 (+)" in result.out else f"no `0 (+)`:\n{result.out}"


def folder_listing(context, preset):
    """Files by name and in folders, hidden ones left out; what does not compile has its error in its line."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name in ("tree/b.py", "tree/a/z.py", "tree/__pycache__/no.py", "tree/.hidden/no.py", "tree/a.py", "one"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text("def f(:\n" if name == "tree/b.py" else f"{name!r}\n")
        result = krait(context, preset, "--listing", "one", "tree/", "missing.py", cwd=folder)
    lines = [json.loads(line) for line in result.out.splitlines()]
    found = [(line["file"], "error" in line) for line in lines]
    wanted = [("one", False), ("a/z.py", False), ("a.py", False), ("b.py", True)]
    if found != wanted or result.code != 1:
        return f"{result.describe()}, listed {found}\n{tail(result.err)}"
    return difference("krait: can't open file 'missing.py': [Errno 2] No such file or directory\n", result.err, "error output")


def recursion(context, preset, source, expected, stack_size):
    """Runs the program with this many KiB of native stack."""
    command = f'ulimit -s {stack_size} && exec "$0" -c "$1"'
    result = run(["sh", "-c", command, context.krait(preset), source], timeout=240)
    if result.code != 0 or result.out != expected:
        return f"{result.describe()}, printed {result.out[:80]!r}; {expected!r} expected\n{tail(result.err)}"
    return None


def standard_input(context, preset, arguments):
    result = krait(context, preset, *arguments, stdin=b"print('from stdin')\n")
    if result.code != 0 or result.out != "from stdin\n":
        return f"{result.describe()}, printed {result.out!r}\n{tail(result.err)}"
    return None


def broken_pipe(context, preset):
    """A reader that goes away ends the program without a traceback."""
    program = "for i in range(200_000): print(i)"
    process = subprocess.Popen([context.krait(preset), "-c", program], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env=environment())
    process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read().decode(errors="replace")
    process.wait(60)
    process.stderr.close()
    return f"traceback after a broken pipe:\n{tail(errors)}" if "Traceback" in errors else None


def interrupted(context, preset, body, expected_code, expected):
    """SIGINT while the last lines of the program run; what it prints then, and how it ends."""
    program = f"print('ready', flush=True)\n{body}"
    process = subprocess.Popen([context.krait(preset), "-c", program], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env=environment(), text=True,
                               preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    process.stdout.readline()
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    try:
        out, errors = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return "went on after SIGINT"
    if process.returncode != expected_code:
        return f"ended with {process.returncode}; {expected_code} expected\n{tail(errors)}"
    return difference(expected, out + errors, "output")


INTERRUPTS = (
    ("a loop", "while True:\n    pass\n", -2,
     'Traceback (most recent call last):\n  File "<string>", line 2, in <module>\nKeyboardInterrupt\n'),
    ("a function", "def f():\n    while True: pass\nf()\n", -2,
     'Traceback (most recent call last):\n  File "<string>", line 4, in <module>\n'
     '  File "<string>", line 3, in f\nKeyboardInterrupt\n'),
    ("a loop in C", "sum(iter(int, 1))\n", -2,
     'Traceback (most recent call last):\n  File "<string>", line 2, in <module>\nKeyboardInterrupt\n'),
    ("a handler", "try:\n    while True: pass\nexcept KeyboardInterrupt:\n    print('caught')\n", 0,
     "caught\n"),
    ("finally", "try:\n    while True: pass\nfinally:\n    print('cleaned')\n", -2,
     'cleaned\nTraceback (most recent call last):\n  File "<string>", line 3, in <module>\n'
     "KeyboardInterrupt\n"),
    ("SystemExit instead", "try:\n    while True: pass\nexcept KeyboardInterrupt:\n    raise SystemExit(130)\n",
     130, ""),
)


def bad_input_cases(context, preset):
    for row in BAD_FILES:
        yield f"bad input: {row[0]}", lambda row=row: bad_file(context, preset, row)
    for name, contents, expected in LARGE_FILES:
        yield f"large input: {name}", lambda c=contents, e=expected: large_file(context, preset, c, e)
    for name, arguments, codes in (
        ("unknown option", ["--no-such-option"], (2,)),
        ("missing file", ["no_such_file.py"], (2,)),
        ("a directory", ["/tmp"], (1, 2)),
        ("-c without program", ["-c"], (2,)),
        ("unknown technique", ["--dispatch=no-such", "-c", "0"], (1, 2)),
        ("unknown knob", ["--knobs-off=no-such", "-c", "0"], (2,)),
        ("unknown opcode to inject before", ["--inject=NO_OPCODE=SPIN8", "-c", "0"], (2,)),
        ("internal instruction to inject before", ["--inject=BINARY_OP_ADD_INT=SPIN8", "-c", "0"], (2,)),
        ("opcode that is never executed", ["--inject=EXTENDED_ARG=SPIN8", "-c", "0"], (2,)),
        ("unknown instruction to inject", ["--inject=NOP=BINARY_OP", "-c", "0"], (2,)),
        ("injection without instruction", ["--inject=NOP", "-c", "0"], (2,)),
        ("no samples", ["--sample=0", "-c", "0"], (2,)),
        ("too many samples", ["--sample=20000", "-c", "0"], (2,)),
        ("unknown statistics", ["--stats=quadruples", "-c", "0"], (2,)),
        ("bad size", ["--max-heap=lots", "-c", "0"], (1, 2)),
        *((f"no memory for the first types, {size}", [f"--max-heap={size}", "-c", "0"], (2,)) for size in ("1", "1000", "100k", "500k", "1M", "2M", "3M")),
    ):
        yield f"bad input: {name}", lambda a=arguments, c=codes: bad_arguments(context, preset, a, c)


def cases_of(context, preset):
    yield "--dispatch=list", lambda: dispatch_list(context, preset)
    for technique, compiler, _ in context.missing_engines(preset):
        option = f"{technique}:{compiler}"
        yield f"missing engine {option}", lambda o=option: engine_option(context, preset, o, False)
    for engine in context.engines(preset):
        yield f"engine {engine.option}", lambda o=engine.option: engine_option(context, preset, o, True)
    for name in ("slabs", "jemalloc-direct", "libc"):
        yield f"--allocator={name}", lambda n=name: allocator(context, preset, n)
    yield "--version --json", lambda: version_json(context, preset)
    for engine in context.engines(preset):
        yield f"--inject, {engine.option}", lambda o=engine.option: injected(context, preset, o)
    keys = ["name", "default", "description"]
    yield "--allocator=list --json", lambda: json_output(context, preset, ["--allocator=list", "--json"], keys)
    yield "--knobs --json", lambda: json_output(context, preset, ["--knobs", "--json"], [])
    yield "--stats --json", lambda: json_output(context, preset, ["--stats", "--json", "-c", "a = [1]"], [])
    for engine in context.engines(preset):
        yield f"--stats=triples, {engine.option}", lambda o=engine.option: sequences(context, preset, o)
        yield f"--stats=operands, {engine.option}", lambda o=engine.option: operands(context, preset, o)
        yield f"--sample, {engine.option}", lambda o=engine.option: sampled(context, preset, f"--dispatch={o}")
        yield f"--sample: opcodes, {engine.option}", lambda o=engine.option: sampled_opcodes(context, preset, o)
    yield "--sample outside of functions", lambda: sampled_outside(context, preset)
    yield "--sample: forms", lambda: sample_forms(context, preset)
    yield "--sample while collecting", lambda: sampled(context, preset, "--gc-stress=997")
    yield "--sample while marks are verified", lambda: sampled(context, preset, "--gc-verify", "--gc-stress=9973")
    yield "--sample with counted code", lambda: sampled(context, preset, "--inject=BINARY_OP=SPIN8", "--knobs-off=superinstructions")
    yield "--listing of files and folders", lambda: folder_listing(context, preset)
    yield "--dis of the seed program", lambda: seed_listing(context, preset)
    for arguments in ([], ["-"]):
        name = f"program on standard input {' '.join(arguments)}".strip()
        yield name, lambda a=arguments: standard_input(context, preset, a)
    yield "broken pipe", lambda: broken_pipe(context, preset)
    for name, *row in INTERRUPTS:
        yield f"interrupt: {name}", lambda row=row: interrupted(context, preset, *row)
    limited = "RecursionError maximum recursion depth exceeded\n"
    for size in ("8192",) if preset == "checked" else ("8192", "256"):
        for name, source, expected in (
            ("150,000 frames", DEEP_CALLS, "150000\n"),
            ("recursion limit", LIMITED_CALLS, limited),
            ("repr of a deep list", DEEP_REPR, "RecursionError\n"),
        ):
            yield (f"{name}, stack of {size} KiB",
                   lambda s=source, e=expected, z=size: recursion(context, preset, s, e, z))
    yield from bad_input_cases(context, preset)


def cases(context):
    for preset in context.presets:
        for name, check in cases_of(context, preset):
            yield Case("command", f"{name} [{preset}]", check)
