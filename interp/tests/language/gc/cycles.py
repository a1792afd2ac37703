# Many cyclic structures are made and dropped; what is reachable stays intact.
class Node:
    def __init__(self, value):
        self.value = value
        self.peers = []
        self.me = self


def ring(n):
    nodes = [Node(i) for i in range(n)]
    for i, node in enumerate(nodes):
        node.peers.append(nodes[(i + 1) % n])
        node.peers.append(nodes)
    return nodes[0]


kept = []
for round_number in range(300):
    r = ring(20)
    if round_number % 50 == 0:
        kept.append(r)
total = 0
for r in kept:
    node, count = r, 0
    while True:
        total += node.value
        count += 1
        node = node.peers[0]
        if node is r:
            break
    assert count == 20 and r.me is r and len(r.peers[1]) == 20
print(len(kept), total)
d = {}
for i in range(2000):
    d[i % 50] = [d.get(i % 50), {"i": i, "f": lambda i=i: i}] if i % 7 else i
print(sum(1 for v in d.values() if isinstance(v, list)), d[49][1]["f"](), d[48][1]["i"])
