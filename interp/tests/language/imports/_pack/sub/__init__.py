from ..one import value
