# Augmented assignment to names, items, attributes and slices.
x = 10
x += 5; x -= 3; x *= 4; x //= 5; x **= 2; x %= 60
print(x)
x <<= 3; x |= 5; x &= 0xFF; x ^= 1; x >>= 1
print(x)
x /= 4
print(x)
items = [1, 2, 3]
alias = items
items += (4,)
items *= 2
print(alias, alias is items)
items[0] += 10
items[1:3] += [99]
print(items)


class Box:
    value = 1


box = Box()
box.value += 4
print(box.value, Box.value)
d = {"a": 1}
d["a"] += 1
d |= {"b": 2}
print(d)
t = (1, 2)
s = t
t += (3,)
print(s, t)
frozen = ([1],)
try:
    frozen[0] += [2]
except TypeError as error:
    print(error, frozen)
