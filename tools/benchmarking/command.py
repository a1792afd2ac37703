"""What the commands in tools/ share: names of options, exit codes, messages, a clean end.

A command makes its parser with `parser`, takes the options that others have too with `add`, and is
started by `run`, so that wrong usage, a missing file, Ctrl-C and a closed pipe end each of them alike:
one line on stderr, no traceback, the exit code of the table below. A traceback means a defect of the
command itself, and ends with EXIT_USAGE: never with 1, which a gate reads as a regression.
"""

import argparse
import fnmatch
import json
import os
import signal
import subprocess
import sys
import traceback

from benchmarking.engines import TECHNIQUES

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
EXIT_OK, EXIT_FOUND, EXIT_USAGE, EXIT_UNDECIDED, EXIT_WRONG_RESULTS, EXIT_INTERRUPTED = 0, 1, 2, 3, 4, 130
EXIT_CODES = {
    EXIT_FOUND: "a regression",
    EXIT_USAGE: "wrong usage, a failed build, or a defect of the command",
    EXIT_UNDECIDED: "inconclusive, or the machine is unfit",
    EXIT_WRONG_RESULTS: "a program printed a wrong result",
    EXIT_INTERRUPTED: "interrupted",
}

# Options that mean the same wherever they occur. A command may word the help anew, never the meaning.
OPTIONS = {
    "only": {"metavar": "GLOB", "help": "only benchmarks that match: programs, OPCODE.variant; several by commas"},
    "dispatch": {"metavar": "LIST", "help": "techniques, or TECHNIQUE:COMPILER, separated by commas"},
    "out": {"metavar": "DIR", "help": "where the files go (default results/runs/RUN_ID)"},
    "seed": {"metavar": "N", "type": int, "help": "of all shuffling (default: the clock; recorded)"},
    "json": {"action": "store_true", "help": "print JSON instead of tables"},
    "no-setup": {"action": "store_true", "help": "do not run tools/setup"},
    "no-build": {"action": "store_true", "help": "take what is built"},
    "build": {"metavar": "DIR", "help": "a finished build to measure instead of building"},
    "quick": {"action": "store_true", "help": "a first look: small sizes, few rounds"},
    "full": {"action": "store_true", "help": "more rounds than by default"},
    "budget": {"metavar": "TIME", "help": "plan the replications for this much time: 90s, 5m, 1h"},
    "rounds": {"metavar": "N", "help": "rounds of all arms"},
    "resume": {"metavar": "RUN", "help": "go on with a run that was stopped: its folder, its RUN_ID, or 'latest'"},
    "quiet": {"action": "store_true", "help": "no progress"},
    "verbose": {"action": "store_true", "help": "say more"},
    "jobs": {"metavar": "N", "help": "processes side by side (default: the processors)"},
}
SHORT = {"quiet": ["-q"], "verbose": ["-v"]}


class CommandError(Exception):
    """Ends a command with a line on stderr and an exit code."""

    def __init__(self, message, code=EXIT_USAGE):
        super().__init__(message)
        self.code = code


def matches(name, only):
    """Whether --only picks a name: no GLOB, or one of those that commas separate."""
    return not only or any(fnmatch.fnmatch(name, glob) for glob in only.split(","))


def positive(text):
    """An argument that is a whole number from 1."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"wants a positive number, not '{text}'")
    return number


def seconds(text):
    """An argument that is a time: 90, 90s, 5m, 1.5h."""
    factor = {"s": 1, "m": 60, "h": 3600}.get(text[-1:], 0)
    try:
        value = float(text[:-1]) * factor if factor else float(text)
    except ValueError:
        value = 0
    if not 0 < value < float("inf"):
        raise argparse.ArgumentTypeError(f"wants a time like 90s, 5m or 1h, not '{text}'")
    return value


def folder(text):
    """An argument that is a folder."""
    if not os.path.isdir(text):
        raise argparse.ArgumentTypeError(f"no such folder: '{text}'")
    return text


def engine_names(text):
    """An argument that names techniques, or TECHNIQUE:COMPILER, or 'all'. Which of them a build has is known only
    when it is built; a slip of the pen need not wait for that."""
    for name in text.split(","):
        if name.partition(":")[0] not in (*TECHNIQUES, "all"):
            raise argparse.ArgumentTypeError(f"no technique is named '{name}' (there are {', '.join(TECHNIQUES)})")
    return text


def describe(of):
    """A parser as a document: its options and, of subcommands, theirs."""
    found = {"description": of.description, "options": [], "commands": {}}
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            found["commands"] = {name: describe(chosen) for name, chosen in action.choices.items()}
        elif action.help is not argparse.SUPPRESS:
            text = (action.help or "").replace("%%", "%")
            takes = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
            option = {"names": action.option_strings, "takes": takes, "help": text}
            found["options"].append(dict(option, choices=[str(choice) for choice in action.choices or ()]))
    return found


class Parser(argparse.ArgumentParser):
    """With $KRAIT_DESCRIBE_COMMAND set, a command prints what it takes and stops: completions are made of
    that (tools/completion)."""

    def parse_known_args(self, args=None, namespace=None):
        if "KRAIT_DESCRIBE_COMMAND" in os.environ:
            print(json.dumps(describe(self)))
            self.exit()
        return super().parse_known_args(args, namespace)


def parser(name, description, examples=(), codes=(), epilog=""):
    """The parser of tools/NAME. `examples` are command lines, or pairs (command line, what for); `codes`
    the exit codes besides 0 that it knows: codes of EXIT_CODES, or pairs (code, meaning)."""
    lines = [epilog, ""] if epilog else []
    pairs = [example if isinstance(example, tuple) else (example, "") for example in examples]
    width = max((len(line) for line, _ in pairs), default=0)
    lines += ["examples:"] * bool(pairs) + [f"  {line:{width}}  {meaning}".rstrip() for line, meaning in pairs]
    meanings = [code if isinstance(code, tuple) else (code, EXIT_CODES[code]) for code in codes]
    lines += ["", "exit codes: 0" + "".join(f"; {code} {meaning}" for code, meaning in meanings)]
    return Parser(
        prog=f"tools/{name}",
        description=description,
        epilog="\n".join(lines).strip(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def add(to, *names, **changes):
    """Adds shared options to a parser or a group; `changes` replaces parts of one: rounds={"help": "..."}."""
    types = {"rounds": positive, "jobs": positive, "budget": seconds, "build": folder, "dispatch": engine_names}
    for name in names:
        settings = dict(OPTIONS[name], **changes.get(name.replace("-", "_"), {}))
        if name in types:
            settings.setdefault("type", types[name])
        to.add_argument(*SHORT.get(name, ()), f"--{name}", **settings)


def build_release(verbose=False):
    """Configures and builds the release preset; its folder."""
    for line in (["cmake", "--preset", "release"], ["cmake", "--build", "--preset", "release"]):
        done = subprocess.run(line, cwd=ROOT, stdout=None if verbose else subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode != 0:
            raise CommandError(f"{' '.join(line)} failed\n{(done.stdout or '')[-4000:]}".rstrip())
    return os.path.join(ROOT, "build", "release")


def _said(problem):
    """FILE: No such file or directory."""
    known = isinstance(problem, OSError) and problem.strerror and problem.filename is not None
    return f"{problem.filename}: {problem.strerror}" if known else str(problem)


def _terminate(number, _):
    raise KeyboardInterrupt(signal.Signals(number).name)


def run(name, main):
    """Ends the process with what main(argv) returns. A command that has something to say about how to go
    on after an interruption raises KeyboardInterrupt with that text."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        code = main(sys.argv[1:])
        sys.stdout.flush()
    except KeyboardInterrupt as interruption:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # one is enough
        print(f"\ntools/{name}: interrupted" + "".join(f"; {word}" for word in interruption.args), file=sys.stderr)
        code = EXIT_INTERRUPTED
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = EXIT_OK
    except CommandError as problem:
        print(f"tools/{name}: {problem}", file=sys.stderr)
        code = problem.code
    except (OSError, UnicodeError) as problem:
        print(f"tools/{name}: {_said(problem)}", file=sys.stderr)
        code = EXIT_USAGE
    except Exception:  # a defect; Python's own exit code would say "regression"
        traceback.print_exc()
        code = EXIT_USAGE
    sys.exit(code)
