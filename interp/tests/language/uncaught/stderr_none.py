import sys

sys.stderr = None
raise ValueError("unheard")
