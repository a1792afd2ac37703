from . import branch
from .branch import leaf as green
from .branch.twig import bud
from .branch.twig.bud import colour

names = [branch.__name__, green.__name__, bud.__name__, colour]


def too_high():
    from ... import anything
    return anything
