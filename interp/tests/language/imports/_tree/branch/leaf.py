from . import kind
from .. import root
from ..branch import kind as again
from ..branch.twig.bud import colour

package = __package__
parent = __spec__.parent
assert kind is again
