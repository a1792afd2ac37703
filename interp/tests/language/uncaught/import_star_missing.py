import sys

module = type(sys)("made")
module.__all__ = ["present", "absent"]
module.present = 1
sys.modules["made"] = module
from made import *
