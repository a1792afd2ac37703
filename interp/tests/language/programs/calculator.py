# A recursive-descent calculator with variables and errors.
class ParseError(Exception):
    def __init__(self, message, position):
        super().__init__(f"{message} at {position}")


def tokenize(text):
    i = 0
    while i < len(text):
        c = text[i]
        if c.isspace():
            i += 1
        elif c.isdigit() or c == ".":
            j = i
            while j < len(text) and (text[j].isdigit() or text[j] == "."):
                j += 1
            yield "number", text[i:j], i
            i = j
        elif c.isalpha():
            j = i
            while j < len(text) and text[j].isalnum():
                j += 1
            yield "name", text[i:j], i
            i = j
        elif text[i : i + 2] == "**":
            yield "op", "**", i
            i += 2
        elif c in "+-*/()=%":
            yield "op", c, i
            i += 1
        else:
            raise ParseError(f"unexpected {c!r}", i)
    yield "end", "", len(text)


class Calculator:
    levels = [
        {"+": lambda a, b: a + b, "-": lambda a, b: a - b},
        {"*": lambda a, b: a * b, "/": lambda a, b: a / b, "%": lambda a, b: a % b},
    ]

    def __init__(self):
        self.names = {"pi": 3.14159}

    def run(self, text):
        self.tokens = list(tokenize(text))
        self.at = 0
        if len(self.tokens) > 2 and self.tokens[0][0] == "name" and self.tokens[1][1] == "=":
            name = self.next()[1]
            self.next()
            value = self.names[name] = self.binary(0)
        else:
            value = self.binary(0)
        kind, text, position = self.tokens[self.at]
        if kind != "end":
            raise ParseError(f"left over {text!r}", position)
        return value

    def next(self):
        token = self.tokens[self.at]
        self.at += 1
        return token

    def peek(self):
        return self.tokens[self.at][1]

    def binary(self, level):
        if level == len(self.levels):
            return self.unary()
        value = self.binary(level + 1)
        while (op := self.peek()) in self.levels[level]:
            self.next()
            value = self.levels[level][op](value, self.binary(level + 1))
        return value

    def unary(self):
        if self.peek() in ("+", "-"):
            return -self.unary() if self.next()[1] == "-" else self.unary()
        base = self.atom()
        if self.peek() == "**":
            self.next()
            return base ** self.unary()
        return base

    def atom(self):
        kind, text, position = self.next()
        if kind == "number":
            return float(text) if "." in text else int(text)
        if kind == "name":
            return self.names[text]
        if text == "(":
            value = self.binary(0)
            if self.next()[1] != ")":
                raise ParseError("missing )", position)
            return value
        raise ParseError(f"unexpected {text or 'end'!r}", position)


calc = Calculator()
for line in (
    "1 + 2 * 3", "(1 + 2) * 3", "2 ** 3 ** 2", "-2 ** 2", "x = 10 / 4", "x * 2 + pi", "7 % 4 - -1",
    "1 +", "(1", "2 $ 3", "y + 1", "1 / 0", "3 4", "2 ** 100",
):
    try:
        print(f"{line:<12} = {calc.run(line)}")
    except (ParseError, KeyError, ZeroDivisionError) as error:
        print(f"{line:<12} ! {type(error).__name__}: {error}")
