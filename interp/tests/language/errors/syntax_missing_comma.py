# Two expressions side by side.
values = [1, 2 3, 4]
