"""Tokens of a small programming language, cut out character by character.

Stresses: indexing and slicing of str, str comparison and membership, string
predicates, a class with many small methods, tuples in lists.
"""

import sys

SOURCE = """\
# greatest common divisor and friends
fn gcd(a, b) {
    while b != 0 { let t = a % b; a = b; b = t; }
    return a;
}

fn area(radius) { return 3.14159 * radius * radius; }

fn main() {
    let names = ["ada", "grace", "edsger \\"ewd\\" d."];
    let total = 0x1F + 42 - 7e3 / 1.5;
    for name in names {
        if len(name) >= 5 && name != "grace" || total <= 10 { print(name, gcd(84, 36)); }
        else { total = total << 2; }
    }
    return area(total);  # the end
}
"""

KEYWORDS = {"fn", "let", "while", "return", "for", "in", "if", "else"}
TWO_CHARACTER_OPERATORS = {"!=", "==", "<=", ">=", "&&", "||", "<<", ">>"}
ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


class TokenizeError(Exception):
    def __init__(self, message, line):
        super().__init__(f"line {line}: {message}")
        self.line = line


class Tokenizer:
    """Iterates over (kind, text, line) triples of a source text."""

    def __init__(self, source):
        self.source = source
        self.position = 0
        self.line = 1

    def __iter__(self):
        return self

    def __next__(self):
        self.skip_blanks()
        if self.position >= len(self.source):
            raise StopIteration
        character = self.source[self.position]
        line = self.line
        if character.isalpha() or character == "_":
            word = self.take_while(lambda c: c.isalnum() or c == "_")
            return ("keyword" if word in KEYWORDS else "name"), word, line
        if character.isdigit():
            return "number", self.take_number(), line
        if character == '"':
            return "string", self.take_string(), line
        return "operator", self.take_operator(), line

    def peek(self, distance=1):
        position = self.position + distance
        return self.source[position] if position < len(self.source) else ""

    def skip_blanks(self):
        source = self.source
        while self.position < len(source):
            character = source[self.position]
            if character == "#":
                self.take_while(lambda c: c != "\n")
            elif character.isspace():
                if character == "\n":
                    self.line += 1
                self.position += 1
            else:
                break

    def take_while(self, accepts):
        start = self.position
        while self.position < len(self.source) and accepts(self.source[self.position]):
            self.position += 1
        return self.source[start : self.position]

    def take_number(self):
        if self.source[self.position] == "0" and self.peek() in ("x", "X"):
            self.position += 2
            return "0x" + self.take_while(lambda c: c in "0123456789abcdefABCDEF")
        text = self.take_while(str.isdigit)
        if self.peek(0) == "." and self.peek().isdigit():
            self.position += 1
            text += "." + self.take_while(str.isdigit)
        if self.peek(0) in ("e", "E"):
            self.position += 1
            text += "e" + self.take_while(str.isdigit)
        return text

    def take_string(self):
        pieces = []
        self.position += 1
        while True:
            character = self.peek(0)
            self.position += 1
            if character == '"':
                return "".join(pieces)
            if character == "\\":
                escape = self.peek(0)
                self.position += 1
                pieces.append(ESCAPES.get(escape, escape))
            elif character in ("", "\n"):
                raise TokenizeError("string is not closed", self.line)
            else:
                pieces.append(character)

    def take_operator(self):
        pair = self.source[self.position : self.position + 2]
        if pair in TWO_CHARACTER_OPERATORS:
            self.position += 2
            return pair
        character = pair[0]
        if character not in "+-*/%=<>!(){}[],;&|":
            raise TokenizeError(f"unexpected {character!r}", self.line)
        self.position += 1
        return character


def digest(text, seed):
    for character in text:
        seed = (seed * 33 ^ ord(character)) & 0xFFFFFFFF
    return seed


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    counts = {"keyword": 0, "name": 0, "number": 0, "string": 0, "operator": 0}
    checksum = 5381
    last_line = 0
    for kind, text, line in Tokenizer(SOURCE * size):
        counts[kind] += 1
        checksum = digest(text, checksum)
        last_line = line
    assert last_line == SOURCE.count("\n") * size, "lines were lost"

    try:
        list(Tokenizer('let a = 1;\nlet b = "open'))
    except TokenizeError as error:
        assert error.line == 2 and str(error) == "line 2: string is not closed"
    else:
        raise AssertionError("an open string was accepted")
    print(":".join(f"{kind}={count}" for kind, count in counts.items()) + f":{checksum:08x}")


if __name__ == "__main__":
    main()
