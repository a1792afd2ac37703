raise ValueError("a" * 3000)
