"""Sorting of records by several keys, and a merge sort written out.

Stresses: list.sort and sorted with key functions, attribute loads inside keys,
tuple and str comparison, slices, stability of the sort.
"""

import sys


class Record:
    """A line of an imaginary address book."""

    def __init__(self, number, name, city, age):
        self.number = number
        self.name = name
        self.city = city
        self.age = age

    def __lt__(self, other):
        return (self.city, self.name, self.number) < (other.city, other.name, other.number)


NAMES = ["Ada", "Alan", "Barbara", "Donald", "Edsger", "Frances", "Grace", "John", "Tony"]
CITIES = ["Zurich", "Oslo", "Kyoto", "Lima", "Accra"]


def make_records(count):
    records = []
    state = 12345
    for number in range(count):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        name = f"{NAMES[(state >> 5) % len(NAMES)]} {(state >> 9) % 1000:03d}"
        city = CITIES[(state >> 13) % len(CITIES)]
        records.append(Record(number, name, city, 18 + (state >> 17) % 70))
    return records


def merge_sorted(items, key):
    """A stable merge sort that returns a new list."""
    if len(items) <= 1:
        return items[:]
    middle = len(items) // 2
    left = merge_sorted(items[:middle], key)
    right = merge_sorted(items[middle:], key)
    merged = []
    i = j = 0
    while i < len(left) and j < len(right):
        if key(right[j]) < key(left[i]):
            merged.append(right[j])
            j += 1
        else:
            merged.append(left[i])
            i += 1
    merged.extend(left[i:])
    merged.extend(right[j:])
    return merged


def numbers_of(records):
    return [record.number for record in records]


def digest(records):
    value = 0
    for record in records:
        value = (value * 31 + record.number) % 1_000_000_007
    return value


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 60_000
    records = make_records(size)
    by_age_and_name = sorted(records, key=lambda record: (record.age, record.name))
    by_length = sorted(records, key=lambda record: len(record.city), reverse=True)
    natural = sorted(records)

    in_passes = records[:]
    in_passes.sort(key=lambda record: record.name)
    in_passes.sort(key=lambda record: record.age)
    assert numbers_of(in_passes) == numbers_of(by_age_and_name), "the sort is not stable"
    merged = merge_sorted(records, key=lambda record: record.age)
    assert numbers_of(merged) == numbers_of(sorted(records, key=lambda record: record.age))

    print(":".join(str(digest(r)) for r in (by_age_and_name, by_length, natural, merged)))


if __name__ == "__main__":
    main()
