# int() of a bad text, in a comprehension.
words = ["1", "2", "three"]
numbers = [int(word) for word in words]
