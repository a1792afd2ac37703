# Data structures: LRU cache with linked list, trie, union-find, heap, ordered merge.
class LRU:
    class Link:
        __slots__ = "key", "value", "before", "after"

    def __init__(self, capacity):
        self.capacity, self.table = capacity, {}
        self.root = self.Link()
        self.root.before = self.root.after = self.root

    def _unlink(self, link):
        link.before.after, link.after.before = link.after, link.before

    def _push(self, link):
        last = self.root.before
        link.before, link.after = last, self.root
        last.after = self.root.before = link

    def get(self, key, default=None):
        if (link := self.table.get(key)) is None:
            return default
        self._unlink(link)
        self._push(link)
        return link.value

    def put(self, key, value):
        link = self.table.get(key)
        if link is None:
            if len(self.table) >= self.capacity:
                oldest = self.root.after
                self._unlink(oldest)
                del self.table[oldest.key]
            link = self.table[key] = self.Link()
            link.key = key
        else:
            self._unlink(link)
        link.value = value
        self._push(link)

    def __iter__(self):
        link = self.root.after
        while link is not self.root:
            yield link.key, link.value
            link = link.after


cache = LRU(3)
for i, key in enumerate("abcabdea"):
    if cache.get(key) is None:
        cache.put(key, i)
print(list(cache), cache.get("zz", "none"))


class Trie:
    def __init__(self):
        self.children, self.end = {}, False

    def add(self, word):
        node = self
        for c in word:
            node = node.children.setdefault(c, Trie())
        node.end = True
        return self

    def __contains__(self, word):
        node = self
        for c in word:
            if c not in node.children:
                return False
            node = node.children[c]
        return node.end

    def words(self, prefix=""):
        if self.end:
            yield prefix
        for c in sorted(self.children):
            yield from self.children[c].words(prefix + c)


t = Trie()
for word in "tea ten i in inn to A".split():
    t.add(word)
print(list(t.words()), "te" in t, "ten" in t, "x" in t)
parent = list(range(10))


def find(x):
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x


for a, b in [(1, 2), (3, 4), (2, 3), (7, 8)]:
    parent[find(a)] = find(b)
print([find(i) for i in range(10)], find(1) == find(4), find(1) == find(7))
