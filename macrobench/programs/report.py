"""A sales report with aligned columns, totals and bars, formatted in every style.

Stresses: f-strings with format specifications, %-formatting, str.format, join,
rjust and friends, properties, class attributes, string replacement.
"""

import sys


class Amount:
    """A sum of money in cents that formats itself."""

    currency = "EUR"

    def __init__(self, cents):
        self.cents = cents

    def __add__(self, other):
        return type(self)(self.cents + other.cents)

    def __format__(self, spec):
        width, _, style = spec.partition(":")
        whole, rest = divmod(abs(self.cents), 100)
        sign = "-" if self.cents < 0 else ""
        text = f"{sign}{whole:,}.{rest:02d}"
        if style == "long":
            text = f"{self.currency} {text}"
        return text.rjust(int(width)) if width else text

    def __repr__(self):
        return f"{type(self).__name__}({self.cents!r})"


class Dollars(Amount):
    currency = "USD"

    def __format__(self, spec):
        return super().__format__(spec).replace(",", "'")


class Line:
    """One product in the report."""

    def __init__(self, product, quantity, price):
        self.product = product
        self.quantity = quantity
        self.price = price

    @property
    def total(self):
        return type(self.price)(self.quantity * self.price.cents)

    @property
    def title(self):
        return self.product.replace("_", " ").title()

    def as_text(self, largest):
        share = self.total.cents / largest
        bar = "#" * round(share * 20)
        return (
            f"{self.title:<18}|{self.quantity:>6d}|{self.price:10}"
            f"|{self.total:18:long}|{bar:.<20}"
        )


class Report:
    def __init__(self, title, lines):
        self._title = title
        self.lines = lines

    @property
    def title(self):
        return self._title

    @title.setter
    def title(self, text):
        self._title = " ".join(text.split())

    @property
    def total(self):
        first, *others = [line.total for line in self.lines]
        for amount in others:
            first = first + amount
        return first

    def as_text(self):
        largest = max(line.total.cents for line in self.lines)
        rule = "-" * 76
        rows = [self.title.center(76, "="), "%-18s|%6s|%10s" % ("product", "pieces", "price"), rule]
        rows.extend(line.as_text(largest) for line in self.lines)
        rows.append(rule)
        mean = self.total.cents / len(self.lines) / 100
        closing = "{:>24} {total:18:long} {mean:+.3e}"
        rows.append(closing.format("total", total=self.total, mean=mean))
        rows.append("%5.1f%% of %d products, code %#06x" % (100 / 3, len(self.lines), len(rows)))
        return "\n".join(rows)


PRODUCTS = ["green_tea", "black_coffee", "dark_chocolate", "ginger", "honey_cake", "rye_bread"]


def make_report(number):
    kind = Dollars if number % 3 == 0 else Amount
    lines = [
        Line(product, 1 + (number * 7 + index * 13) % 400, kind(99 + number * index % 5000))
        for index, product in enumerate(PRODUCTS, start=1)
    ]
    report = Report("", lines)
    report.title = f"  report   {number:04d} "
    return report


def digest(text, value):
    for line in text.split("\n"):
        value = (value * 33 + len(line) + ord(line[0]) * ord(line[-1])) % 1_000_000_007
        value = (value * 33 + sum(map(ord, line))) % 1_000_000_007
    return value


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    checksum = length = 0
    for number in range(size):
        report = make_report(number)
        text = report.as_text()
        assert text.count("\n") == len(PRODUCTS) + 5, "a line is missing"
        assert repr(report.total).endswith(f"({report.total.cents})")
        checksum = digest(text, checksum)
        length += len(text)
    print(f"{length}:{checksum}")


if __name__ == "__main__":
    main()
