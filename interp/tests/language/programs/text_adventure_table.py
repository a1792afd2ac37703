# Text processing: parse a table, aggregate, format a report.
data = """\
name,department,salary,start
Ada,engines,5200,2019-03-01
Grace,compilers,6100,2018-07-15
Alan,theory,4800,2020-01-10
Edsger,theory,5000,2017-11-30
Barbara,compilers,5900,2021-05-05
"""


def records(text):
    header, *rows = text.strip().split("\n")
    names = header.split(",")
    for row in rows:
        yield dict(zip(names, row.split(",")))


staff = list(records(data))
groups = {}
for person in staff:
    groups.setdefault(person["department"], []).append(person)
print("-" * 40)
for department in sorted(groups):
    people = groups[department]
    salaries = [int(p["salary"]) for p in people]
    print(f"{department:<12}|{len(people):^5}|{sum(salaries) / len(salaries):>10,.2f}|{max(salaries) - min(salaries):>6}")
print("=" * 40)
oldest = min(staff, key=lambda p: p["start"])
print("%s since %s/%s" % (oldest["name"], *oldest["start"].split("-")[:2]))
print(", ".join(sorted((p["name"].upper() for p in staff), key=len)))
index = {}
for p in staff:
    for letter in set(p["name"].lower()):
        index.setdefault(letter, []).append(p["name"])
print({k: index[k] for k in sorted(index) if len(index[k]) > 2})
words = "the quick brown fox jumps over the lazy dog the end".split()
counts = {w: words.count(w) for w in dict.fromkeys(words)}
print(
    counts, [w[::-1].title() for w in words if len(w) > 4],
    " ".join(w if i % 2 else w.upper() for i, w in enumerate(words)),
)


def caesar(text, shift):
    def turn(c):
        if c.isalpha() and c.isascii():
            base = ord("A" if c.isupper() else "a")
            return chr((ord(c) - base + shift) % 26 + base)
        return c

    return "".join(map(turn, text))


secret = caesar("Hello, World!", 3)
print(secret, caesar(secret, -3), str.maketrans("ab", "ba"))
