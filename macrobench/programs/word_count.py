"""Counts the words of a generated text and prints the most frequent ones' digest.

Stresses: str methods (split, strip, lower, join), dictionary updates with str
keys, sorting of (count, word) pairs, str formatting.
"""

import sys

SYLLABLES = ["ba", "ko", "li", "mu", "ne", "po", "ra", "sti", "ta", "vel", "wi", "zo"]
ENDINGS = ["", "n", "r", "s", "th"]
PUNCTUATION = ".,;:!?"


class Dice:
    """A linear congruential generator: the same throws on every platform."""

    def __init__(self, seed):
        self.state = seed

    def throw(self, sides):
        self.state = (self.state * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.state >> 8) % sides


def make_vocabulary(dice, count):
    words = []
    for _ in range(count):
        syllables = [SYLLABLES[dice.throw(len(SYLLABLES))] for _ in range(1 + dice.throw(3))]
        words.append("".join(syllables) + ENDINGS[dice.throw(len(ENDINGS))])
    return words


def make_text(dice, length):
    """About `length` words in lines of ten; small ranks in the vocabulary come more often."""
    vocabulary = make_vocabulary(dice, 600)
    lines = []
    line = []
    for position in range(length):
        rank = dice.throw(600) * dice.throw(600) // 600
        word = vocabulary[rank]
        if position % 11 == 0:
            word = word.capitalize()
        if position % 7 == 6:
            word += PUNCTUATION[dice.throw(len(PUNCTUATION))]
        line.append(word)
        if len(line) == 10:
            lines.append(" ".join(line))
            line = []
    lines.append(" ".join(line))
    return "\n".join(lines)


def count_words(text):
    counts = {}
    for line in text.splitlines():
        for token in line.split():
            word = token.strip(PUNCTUATION).lower()
            if word:
                counts[word] = counts.get(word, 0) + 1
    return counts


def count_letters(text):
    counts = {}
    for letter in text.lower():
        if letter.isalpha():
            if letter in counts:
                counts[letter] += 1
            else:
                counts[letter] = 1
    return counts


def by_frequency(counts):
    """(word, count) pairs, most frequent first, ties in alphabetical order."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def digest(text):
    value = 0
    for character in text:
        value = (value * 31 + ord(character)) % 0xFFFFFFFB
    return value


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 450_000
    text = make_text(Dice(2024), size)
    words = count_words(text)
    letters = count_letters(text)
    assert sum(words.values()) == size, "words were lost"
    report = [f"{word:<12}{count:>8,}" for word, count in by_frequency(words)[:50]]
    report += [f"{letter}={count:06d}" for letter, count in by_frequency(letters)]
    print(f"{len(words)}:{digest(chr(10).join(report)):08x}")


if __name__ == "__main__":
    main()
