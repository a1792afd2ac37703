"""Prints pairs.def: how often one opcode follows another in whole programs.

    build/release/krait microbench/measure_pairs.py . > microbench/pairs.def

runs the programs of macrobench/ at their test size under sys.settrace, which tells of every opcode. A pair is
two opcodes that one frame executes one after the other; EXTENDED_ARG belongs to the opcode behind it."""

import sys

LIMIT = 300_000  # pairs of one program
LEAST = 200  # in a million: rarer pairs are left out

HEAD = """\
// pairs.def — how often one opcode follows another: measured by measure_pairs.py in the programs of
// macrobench/, each as heavy as every other. PAIR(first, second, occurrences in a million pairs)."""


class Enough(BaseException):
    pass


class Sink:
    def write(self, text):
        return len(text)

    def flush(self):
        pass


def read_lines(*names):
    with open("/".join(names), encoding="utf-8") as file:
        return file.read().splitlines()


def opcode_names(root):
    """{number: name} from the table of opcodes."""
    rows = [line[7:].split(",")[:2] for line in read_lines(root, "interp/bytecode/opcodes.def") if line.startswith("OPCODE(")]
    return {int(number): name for name, number in rows}


def count_pairs(path, size):
    """{(opcode, next opcode): times} of one program."""
    counts, last, left = {}, {}, [LIMIT]

    def trace(frame, event, argument):
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        if event == "opcode":
            opcode = frame.f_code.co_code[frame.f_lasti]
            before = last.get(id(frame))
            if before is not None:
                counts[before, opcode] = counts.get((before, opcode), 0) + 1
                left[0] -= 1
                if not left[0]:
                    raise Enough
            last[id(frame)] = opcode
        elif event == "return":
            last.pop(id(frame), None)
        return trace

    with open(path, encoding="utf-8") as file:
        code = compile(file.read(), path, "exec")
    sys.argv = [path, size]
    output, sys.stdout = sys.stdout, Sink()
    sys.settrace(trace)
    try:
        exec(code, {"__name__": "__main__"})
    except (Enough, SystemExit):
        pass
    finally:
        sys.settrace(None)
        sys.stdout = output
    return counts


def main(root):
    names, shares, programs = opcode_names(root), {}, 0
    for line in read_lines(root, "macrobench/manifest.csv")[1:]:
        program, test_size = line.split(",", 1)[0], line.rsplit(",", 2)[1]
        counts = count_pairs(f"{root}/macrobench/programs/{program}.py", test_size)
        total = sum(counts.values())
        print(program, total, file=sys.stderr)
        programs += 1
        for pair, count in counts.items():
            shares[pair] = shares.get(pair, 0) + count / total
    print(HEAD)
    weights = {(names[first], names[second]): round(1e6 * share / programs) for (first, second), share in shares.items()}
    for (first, second), weight in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        if weight >= LEAST:
            print(f"PAIR({first}, {second}, {weight})")
    print("#undef PAIR")


main(*sys.argv[1:])
