# A subclass of list overrides some methods.
class Stack(list):
    def push(self, item):
        self.append(item)
        return self

    def __getitem__(self, index):
        result = super().__getitem__(index)
        return ("item", result)

    def __len__(self):
        return 100 + super().__len__()

    def __repr__(self):
        return f"Stack{super().__repr__()}"


s = Stack([1, 2]).push(3)
print(
    s, s[0], s[-1], len(s), list(s), s == [1, 2, 3], isinstance(s, list), [x for x in s], 2 in s,
    s + [4], type(s + [4]), type(s[:]), sorted(s),
)
s.color = "red"
print(s.color, s.pop(), s, bool(Stack()))
