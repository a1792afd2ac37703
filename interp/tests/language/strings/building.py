# Long strings built by concatenation, in several widths, inside loops.
text = ""
for number in range(2000):
    text += chr(97 + number % 26)
    if number % 500 == 499:
        text += "é" if number < 1000 else "中"
print(len(text), text.count("a"), text[499:503], text[-1], text[1000:1003])
parts = []
for number in range(100):
    parts.append(str(number) + ("," if number < 99 else ""))
joined = "".join(parts)
print(len(joined), joined[:20], joined[-8:])


def repeat(s, n):
    out = s
    for _ in range(n):
        out = out + s
    return out


print(repeat("ab", 5), len(repeat("😀", 300)), ("ab" * 1000)[1999], "-" * 20)
copy = text
text += "!"
print(len(copy), len(text), copy == text[:-1])
