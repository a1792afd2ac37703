# Carets under one link of an attribute and subscript chain.
class Node:
    next = None


n = Node()
print(n.next)
print(n.next.next[0]["x"].value)
