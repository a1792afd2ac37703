"""A bytecode interpreter for a small stack machine, with its assembler.

Stresses: a long if-elif chain over small integers, list push and pop, local
variables, dictionary look-ups while assembling. The guest programs compute
primes, Fibonacci numbers by recursion, and a sum of squares.
"""

import sys

OPERATIONS = [
    "halt", "push", "load", "store", "add", "sub", "mul", "mod", "less", "equal",
    "jump", "jump_if_zero", "call", "return", "drop", "dup", "swap", "emit",
]
PUSH, LOAD, STORE, ADD, SUB, MUL, MOD, LESS, EQUAL = range(1, 10)
JUMP, JUMP_IF_ZERO, CALL, RETURN, DROP, DUP, SWAP, EMIT = range(10, 18)
WITH_OPERAND = {"push", "load", "store", "jump", "jump_if_zero", "call"}

PRIMES = """
    push 2          store candidate
next:
    load candidate  load limit      less            jump_if_zero done
    push 2          store divisor
try:
    load divisor    dup             mul             load candidate
    push 1          add             less            jump_if_zero prime
    load candidate  load divisor    mod             jump_if_zero composite
    load divisor    push 1          add             store divisor
    jump try
prime:
    load candidate  emit
composite:
    load candidate  push 1          add             store candidate
    jump next
done:
    halt
"""

FIBONACCI = """
    load limit      call fib        emit            halt
fib:
    dup             push 2          less            jump_if_zero recur
    return
recur:
    dup             push 1          sub             call fib
    swap            push 2          sub             call fib
    add             return
"""

SQUARES = """
    push 0          store total     push 0          store index
loop:
    load index      load limit      less            jump_if_zero end
    load index      dup             mul             load total      add
    push 65521      mod             store total
    load index      push 1          add             store index
    jump loop
end:
    load total      emit            halt
"""


class Program:
    """Assembled code: a flat list of operation, operand, operation, operand, ..."""

    def __init__(self, source):
        self.code = []
        self.variables = {"limit": 0}
        labels = {}
        fixups = []
        words = iter(source.split())
        for word in words:
            if word.endswith(":"):
                labels[word[:-1]] = len(self.code)
                continue
            self.code.append(OPERATIONS.index(word))
            operand = next(words) if word in WITH_OPERAND else "0"
            if word in ("load", "store"):
                self.code.append(self.variables.setdefault(operand, len(self.variables)))
            elif word in ("jump", "jump_if_zero", "call"):
                fixups.append((len(self.code), operand))
                self.code.append(-1)
            else:
                self.code.append(int(operand))
        for position, label in fixups:
            self.code[position] = labels[label]


def run(program, limit):
    """Runs to the halt; returns (list of emitted numbers, number of instructions)."""
    code = program.code
    slots = [0] * len(program.variables)
    slots[0] = limit
    stack = []
    calls = []
    output = []
    pc = executed = 0
    while True:
        operation = code[pc]
        operand = code[pc + 1]
        pc += 2
        executed += 1
        if operation == LOAD:
            stack.append(slots[operand])
        elif operation == PUSH:
            stack.append(operand)
        elif operation == STORE:
            slots[operand] = stack.pop()
        elif operation == ADD:
            right = stack.pop()
            stack[-1] += right
        elif operation == LESS:
            right = stack.pop()
            stack[-1] = 1 if stack[-1] < right else 0
        elif operation == JUMP_IF_ZERO:
            if stack.pop() == 0:
                pc = operand
        elif operation == JUMP:
            pc = operand
        elif operation == MUL:
            right = stack.pop()
            stack[-1] *= right
        elif operation == MOD:
            right = stack.pop()
            stack[-1] %= right
        elif operation == DUP:
            stack.append(stack[-1])
        elif operation == SUB:
            right = stack.pop()
            stack[-1] -= right
        elif operation == EQUAL:
            right = stack.pop()
            stack[-1] = 1 if stack[-1] == right else 0
        elif operation == CALL:
            calls.append(pc)
            pc = operand
        elif operation == RETURN:
            pc = calls.pop()
        elif operation == SWAP:
            stack[-1], stack[-2] = stack[-2], stack[-1]
        elif operation == DROP:
            stack.pop()
        elif operation == EMIT:
            output.append(stack.pop())
        else:
            return output, executed


def fibonacci(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 26
    limit = size * size
    primes, prime_steps = run(Program(PRIMES), limit)
    values, value_steps = run(Program(FIBONACCI), size)
    sums, sum_steps = run(Program(SQUARES), 10 * limit)

    assert primes == [n for n in range(2, limit) if all(n % d for d in range(2, n))]
    assert values == [fibonacci(size)]
    assert sums == [sum(i * i for i in range(10 * limit)) % 65521]
    print(f"{len(primes)}:{values[0]}:{sums[0]}:{prime_steps + value_steps + sum_steps}")


if __name__ == "__main__":
    main()
