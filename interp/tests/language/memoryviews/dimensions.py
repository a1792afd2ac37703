# Views of more than one dimension, and of none.
def attempt(do):
    try:
        print(do())
    except (TypeError, ValueError, IndexError, NotImplementedError) as error:
        print(type(error).__name__, error)


def assign(view, key, value):
    view[key] = value
    return view[key]


m = memoryview(bytearray(range(24)))
grid = m.cast('B', [4, 6])
cube = m.cast('B', (2, 3, 4))
print(grid.tolist(), grid.shape, grid.strides, len(grid))
print(cube.tolist(), cube.shape, cube.strides, cube.ndim, cube.nbytes)
print(cube[1, 2, 3], cube[-1, -1, -1], cube[0, 1, 0], cube.c_contiguous, cube.f_contiguous)
print(grid[1:3].tolist(), grid[::2].strides, grid[::-1].tolist()[0], grid[1:2].contiguous)
print(grid.tobytes('F')[:8], grid.tobytes('C')[:8], grid.hex()[:12])
print(m.cast('H', [3, 4]).tolist(), cube.cast('B').shape, grid == grid, grid == cube, cube == cube)
attempt(lambda: cube[0])
attempt(lambda: cube[0, 0])
attempt(lambda: cube[0, 0, 0, 0])
attempt(lambda: cube[2, 0, 0])
attempt(lambda: cube[0, -4, 0])
attempt(lambda: cube[0:1, 0:1])
attempt(lambda: list(cube))
attempt(lambda: 3 in cube)
attempt(lambda: assign(cube, (1, 1, 1), 99))
attempt(lambda: assign(cube, 0, 99))
attempt(lambda: assign(cube, slice(0, 1), b'1'))
attempt(lambda: m.cast('B', (5, 5)))
attempt(lambda: m.cast('B', (0, 5)))
attempt(lambda: m.cast('B', ('a', 5)))
attempt(lambda: m.cast('B', 24))
attempt(lambda: m.cast('B', [1] * 65))
attempt(lambda: m.cast('B', []))
attempt(lambda: cube.cast('H', [3, 4]))
point = memoryview(bytearray(b'a')).cast('B', ())
print(point[()], point.shape, point.ndim, point.strides, point.nbytes, point.tolist())
attempt(lambda: point[0])
attempt(lambda: len(point))
attempt(lambda: iter(point))
attempt(lambda: assign(point, (), 5))
print(point[()])
