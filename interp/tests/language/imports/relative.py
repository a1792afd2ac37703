# Relative imports: inside packages, and where they cannot be.
import sys
from _tree import root
from _tree.branch import leaf

print(root.names)
print(leaf.package, leaf.parent, leaf.kind, leaf.root is root, leaf.colour)
print(sys.modules["_tree.branch.twig.bud"].text, sys.modules["_tree.branch.twig.bud"].up)


def show(text, namespace):
    try:
        exec(text, namespace)
        print("ok", [name for name in namespace if name[:2] != "__"])
    except Exception as error:
        print(type(error).__name__, str(error).split(" (/")[0])


try:
    root.too_high()
except ImportError as error:
    print(error)
show("from . import x", {})
show("from . import x", {"__name__": "__main__"})
show("from . import x", {"__name__": "__main__", "__package__": None, "__spec__": None})
show("from . import x", {"__name__": "lonely.module"})
show("from . import x", {"__package__": ""})
show("from . import x", {"__package__": 3})
show("from . import x", {"__name__": 3})
show("from .branch import kind", {"__package__": "_tree"})
show("from . import kind", {"__package__": "_tree.branch"})
show("from .. import branch", {"__package__": "_tree.branch"})
show("from ... import branch", {"__package__": "_tree.branch"})
show("from .branch import kind", {"__name__": "_tree.root"})
show("from . import kind", {"__name__": "_tree.branch", "__path__": []})
show("from . import nothing", {"__package__": "_tree"})
show("from .nothing import x", {"__package__": "_tree"})
show("from .branch.leaf import nothing", {"__package__": "_tree"})
show("import _tree.nothing", {})
show("import _tree.root.nothing", {})
show("import _tree.root.nothing.more", {})
show("import _nowhere.more", {})
show("from _tree.branch.twig import broken", {})
show("from _tree.branch.twig import needy", {})
show("import _tree.branch.twig.needy", {})
print("_tree.branch.twig.broken" in sys.modules, "_tree.branch.twig.needy" in sys.modules)


class Spec:
    parent = "_tree.branch"


show("from . import kind", {"__spec__": Spec})
Spec.parent = 4
show("from . import kind", {"__spec__": Spec})
