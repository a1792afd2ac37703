# An exception in a nested comprehension on several lines.
table = [
    [
        10 // (x - y)
        for x in range(3)
    ]
    for y in range(3)
]
