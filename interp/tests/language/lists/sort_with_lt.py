# The sort uses __lt__ only, and leaves a list sorted by a failing comparison intact in content.
class Item:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        if other.n == 13 or self.n == 13:
            raise ValueError("unlucky")
        return self.n < other.n

    def __repr__(self):
        return f"I{self.n}"


items = [Item(n) for n in (4, 2, 8, 6)]
print(sorted(items), sorted(items, reverse=True), max(items, key=lambda i: i.n))
items.append(Item(13))
try:
    items.sort()
except ValueError as error:
    print(error, sorted(i.n for i in items))
a = [3, 2, 1]


def key(x):
    print("length inside:", len(a))
    return x


a.sort(key=key)
print(a)


def evil(x):
    b.append(x)
    return x


b = [2, 1]
try:
    b.sort(key=evil)
except ValueError as error:
    print(error)
