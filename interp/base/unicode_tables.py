#!/usr/bin/env python3
"""Writes unicode_tables.inc: run as `python3.12 unicode_tables.py > unicode_tables.inc`.

Asks the running CPython what each code point is, and writes down what does not follow from its
general category. Must run under CPython 3.12 (Unicode 15.0), for the tables say what it says.
"""

import sys
import unicodedata
from fractions import Fraction

CLASSES = (
    "ALPHA DECIMAL DIGIT NUMERIC SPACE PRINTABLE UPPER LOWER TITLE XID_START XID_CONTINUE "
    "LINE_BREAK CASED CASE_IGNORABLE"
).split()
BIT = {name: 1 << number for number, name in enumerate(CLASSES)}

CATEGORIES = "Cn Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Cs Co"
CATEGORIES = CATEGORIES.split()  # in libutf8proc's order


def classes_of_category(category):
    names = set()
    if category[0] == "L":
        names |= {"ALPHA"}
    if category[0] == "L" or category == "Nl":
        names |= {"XID_START", "XID_CONTINUE"}
    if category in ("Mn", "Mc", "Nd", "Pc"):
        names |= {"XID_CONTINUE"}
    if category == "Nd":
        names |= {"DECIMAL", "DIGIT"}
    if category[0] == "N":
        names |= {"NUMERIC"}
    if category[0] not in "CZ":
        names |= {"PRINTABLE"}
    if category in ("Zs", "Zl", "Zp"):
        names |= {"SPACE"}
    if category in ("Zl", "Zp"):
        names |= {"LINE_BREAK"}
    if category in ("Lu", "Ll", "Lt"):
        names |= {"CASED", {"Lu": "UPPER", "Ll": "LOWER", "Lt": "TITLE"}[category]}
    if category in ("Mn", "Me", "Cf", "Lm", "Sk"):
        names |= {"CASE_IGNORABLE"}
    return sum(BIT[name] for name in names)


def classes_of(character):
    ends_word = (character + "\u03a3").lower().endswith("\u03c2")
    ends_word_after = ("A" + character + "\u03a3").lower().endswith("\u03c2")
    answers = {
        "ALPHA": character.isalpha(),
        "DECIMAL": character.isdecimal(),
        "DIGIT": character.isdigit(),
        "NUMERIC": character.isnumeric(),
        "SPACE": character.isspace(),
        "PRINTABLE": character.isprintable(),
        "UPPER": character.isupper() and unicodedata.category(character) != "Lt",
        "LOWER": character.islower(),
        "TITLE": unicodedata.category(character) == "Lt",
        "XID_START": character.isidentifier() and character != "_",
        "XID_CONTINUE": ("a" + character).isidentifier(),
        "LINE_BREAK": len(("a" + character + "a").splitlines()) == 2,
        # A final sigma follows a cased character, with case-ignorable ones skipped.
        "CASED": ends_word,
        "CASE_IGNORABLE": ends_word_after and not ends_word,
    }
    return sum(BIT[name] for name, holds in answers.items() if holds)


def class_differences():
    by_category = {category: classes_of_category(category) for category in CATEGORIES}
    rows = []
    for point in range(sys.maxunicode + 1):
        character = chr(point)
        difference = classes_of(character) ^ by_category[unicodedata.category(character)]
        if difference == 0:
            continue
        if rows and rows[-1][1] == point - 1 and rows[-1][2] == difference:
            rows[-1][1] = point
        else:
            rows.append([point, point, difference])
    return rows


def numeric_values():
    rows = []  # first, last, numerator, step, denominator
    for point in range(sys.maxunicode + 1):
        value = unicodedata.numeric(chr(point), None)
        if value is None:
            continue
        exact = Fraction(value).limit_denominator(1000)
        numerator, denominator = exact.numerator, exact.denominator
        last = rows[-1] if rows else None
        if last and last[1] == point - 1 and last[4] == denominator:
            step = numerator - (last[2] + last[3] * (point - 1 - last[0]))
            if last[0] == last[1] or last[3] == step:
                last[1], last[3] = point, step
                continue
        rows.append([point, point, numerator, 0, denominator])
    return rows


def expansions(convert):
    rows = []
    for point in range(sys.maxunicode + 1):
        mapped = convert(chr(point))
        if len(mapped) > 1:
            rows.append([point] + [ord(character) for character in mapped + "\0\0"][:3])
    return rows


def write_rows(name, row_type, rows, formats):
    print()
    print("static const %s %s[] = {" % (row_type, name))
    line = "   "
    for row in rows:
        text = " {" + ", ".join(form % field for form, field in zip(formats, row)) + "},"
        if len(line) + len(text) > 100:
            print(line)
            line = "   "
        line += text
    print(line)
    print("};")


def main():
    if unicodedata.unidata_version != "15.0.0":
        sys.exit("unicode_tables.py: needs CPython 3.12 (Unicode 15.0.0)")
    print("// unicode_tables.inc — what CPython 3.12 says of code points and what does not follow from their")
    print("// general categories. Written by unicode_tables.py.")
    print()
    print("const uint16_t unicode_latin1_classes[256] = {")
    for start in range(0, 256, 12):
        points = range(start, min(start + 12, 256))
        print("    " + " ".join("0x%04X," % classes_of(chr(point)) for point in points))
    print("};")
    print()
    print("// By libutf8proc's numbers of the categories.")
    print("static const uint16_t CATEGORY_CLASSES[] = {")
    for start in range(0, len(CATEGORIES), 12):
        names = CATEGORIES[start : start + 12]
        print("    " + " ".join("0x%04X," % classes_of_category(name) for name in names))
    print("};")
    write_rows("CLASS_DIFFERENCES", "ClassDifference", class_differences(), ("0x%X", "0x%X", "0x%04X"))
    write_rows("NUMERIC_VALUES", "NumericValues", numeric_values(), ("0x%X", "0x%X", "%d", "%d", "%d"))
    hexadecimal = ("0x%X", "{0x%X", "0x%X", "0x%X}")
    write_rows("UPPER_EXPANSIONS", "Expansion", expansions(str.upper), hexadecimal)
    write_rows("TITLE_EXPANSIONS", "Expansion", expansions(str.title), hexadecimal)
    write_rows("LOWER_EXPANSIONS", "Expansion", expansions(str.lower), hexadecimal)
    write_rows("CASEFOLD_EXPANSIONS", "Expansion", expansions(str.casefold), hexadecimal)


main()
