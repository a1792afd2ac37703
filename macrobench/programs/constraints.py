"""A finite-domain constraint solver, used on a letter puzzle and on magic squares.

Stresses: polymorphic propagation methods, dictionaries and lists of objects,
tuples as undo records, generators for the search, any() and all().
"""

import sys


class Contradiction(Exception):
    """Some variable has no value left."""


class Variable:
    """A name with the list of values that are still possible, in ascending order."""

    def __init__(self, name, values):
        self.name = name
        self.values = list(values)
        self.constraints = []

    @property
    def is_fixed(self):
        return len(self.values) == 1

    @property
    def value(self):
        return self.values[0]

    @property
    def low(self):
        return self.values[0]

    @property
    def high(self):
        return self.values[-1]

    def __repr__(self):
        return f"Variable({self.name!r}, {self.values})"


class Constraint:
    """A relation between variables that can rule out values."""

    def __init__(self, variables):
        self.variables = variables
        for variable in variables:
            variable.constraints.append(self)

    def propagate(self, solver):
        raise NotImplementedError

    def holds(self):
        raise NotImplementedError


class AllDifferent(Constraint):
    def propagate(self, solver):
        for fixed in self.variables:
            if fixed.is_fixed:
                taken = fixed.value
                for other in self.variables:
                    if other is not fixed and taken in other.values:
                        solver.narrow(other, [v for v in other.values if v != taken])

    def holds(self):
        values = [variable.value for variable in self.variables]
        return len(set(values)) == len(values)


class LinearSum(Constraint):
    """The sum of coefficient times variable equals a constant; narrowed by bounds."""

    def __init__(self, terms, total):
        super().__init__([variable for _, variable in terms])
        self.terms = terms
        self.total = total

    def propagate(self, solver):
        lows = [c * (v.low if c > 0 else v.high) for c, v in self.terms]
        highs = [c * (v.high if c > 0 else v.low) for c, v in self.terms]
        low, high = sum(lows), sum(highs)
        if not low <= self.total <= high:
            raise Contradiction(self)
        for (coefficient, variable), least, most in zip(self.terms, lows, highs):
            if variable.is_fixed:
                continue
            floor = self.total - (high - most)
            ceiling = self.total - (low - least)
            kept = [v for v in variable.values if floor <= coefficient * v <= ceiling]
            if len(kept) < len(variable.values):
                solver.narrow(variable, kept)

    def holds(self):
        return sum(c * variable.value for c, variable in self.terms) == self.total


class LessThan(Constraint):
    def __init__(self, smaller, larger):
        super().__init__([smaller, larger])
        self.smaller = smaller
        self.larger = larger

    def propagate(self, solver):
        high, low = self.larger.high, self.smaller.low
        if self.smaller.high >= high:
            solver.narrow(self.smaller, [v for v in self.smaller.values if v < high])
        if self.larger.low <= low:
            solver.narrow(self.larger, [v for v in self.larger.values if v > low])

    def holds(self):
        return self.smaller.value < self.larger.value


class Solver:
    """Depth-first search with propagation; every change can be undone."""

    def __init__(self):
        self.variables = {}
        self.constraints = []
        self.trail = []
        self.agenda = []
        self.narrowings = 0

    def variable(self, name, values):
        self.variables[name] = Variable(name, values)
        return self.variables[name]

    def post(self, constraint):
        self.constraints.append(constraint)

    def narrow(self, variable, values):
        if not values:
            raise Contradiction(variable)
        self.narrowings += 1
        self.trail.append((variable, variable.values))
        variable.values = values
        for constraint in variable.constraints:
            if constraint not in self.agenda:
                self.agenda.append(constraint)

    def propagate(self):
        try:
            while self.agenda:
                self.agenda.pop(0).propagate(self)
        finally:
            self.agenda.clear()

    def undo_to(self, mark):
        while len(self.trail) > mark:
            variable, values = self.trail.pop()
            variable.values = values

    def solutions(self):
        """Yields dictionaries from name to value, in a fixed order."""
        self.agenda.extend(self.constraints)
        try:
            self.propagate()
        except Contradiction:
            return
        yield from self.search()

    def search(self):
        open_variables = [v for v in self.variables.values() if not v.is_fixed]
        if not open_variables:
            assert all(constraint.holds() for constraint in self.constraints)
            yield {name: variable.value for name, variable in self.variables.items()}
            return
        chosen = min(open_variables, key=lambda variable: len(variable.values))
        for value in chosen.values:
            mark = len(self.trail)
            try:
                self.narrow(chosen, [value])
                self.propagate()
                yield from self.search()
            except Contradiction:
                pass
            finally:
                self.undo_to(mark)


def letter_puzzle(left, right, result):
    """The sum left + right = result where each letter is a digit of its own."""
    solver = Solver()
    weights = {}
    for word, sign in ((left, 1), (right, 1), (result, -1)):
        for power, letter in enumerate(reversed(word)):
            weights[letter] = weights.get(letter, 0) + sign * 10**power
    initials = [left[0], right[0], result[0]]
    letters = {
        letter: solver.variable(letter, range(1 if letter in initials else 0, 10))
        for letter in weights
    }
    solver.post(AllDifferent(list(letters.values())))
    solver.post(LinearSum([(weights[name], v) for name, v in letters.items()], 0))
    return solver


def magic_square(offset):
    """The 3 by 3 squares of offset+1 ... offset+9 with equal sums, up to symmetry."""
    solver = Solver()
    numbers = range(offset + 1, offset + 10)
    cell = {(r, c): solver.variable(f"{r}{c}", numbers) for r in range(3) for c in range(3)}
    total = sum(numbers) // 3
    lines = [[cell[r, c] for c in range(3)] for r in range(3)]
    lines += [[cell[r, c] for r in range(3)] for c in range(3)]
    lines += [[cell[i, i] for i in range(3)], [cell[i, 2 - i] for i in range(3)]]
    solver.post(AllDifferent(list(cell.values())))
    for line in lines:
        solver.post(LinearSum([(1, variable) for variable in line], total))
    for corner in ((0, 2), (2, 0), (2, 2)):
        solver.post(LessThan(cell[0, 0], cell[corner]))
    solver.post(LessThan(cell[0, 2], cell[2, 0]))
    return solver


PUZZLES = [("SEND", "MORE", "MONEY"), ("CROSS", "ROADS", "DANGER"), ("TWO", "TWO", "FOUR")]


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 360
    checksum = narrowings = 0
    for number in range(size):
        if number % 2 == 0:
            solver = letter_puzzle(*PUZZLES[number // 2 % len(PUZZLES)])
        else:
            solver = magic_square(number)
        found = 0
        for solution in solver.solutions():
            found += 1
            for value in solution.values():
                checksum = (checksum * 37 + value) % 1_000_003
        assert found >= 1, "a puzzle without solution"
        narrowings += solver.narrowings
    print(f"{checksum}:{narrowings}")


if __name__ == "__main__":
    main()
