raise ValueError("after a mark")
