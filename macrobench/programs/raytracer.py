"""A small ray tracer: spheres and a chequered floor, shadows and mirrors.

Stresses: attribute-heavy float code, operator methods of a vector class,
polymorphic intersect(), recursion for reflections. Only correctly rounded
float operations are used, so that the checksum is exact.
"""

import math
import sys


class Vector:
    """Three floats; every operation makes a new vector."""

    __slots__ = ("x", "y", "z")

    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    __rmul__ = __mul__

    def __neg__(self):
        return Vector(-self.x, -self.y, -self.z)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z

    def length(self):
        return math.sqrt(self.dot(self))

    def normalized(self):
        return self * (1.0 / self.length())

    def reflected(self, normal):
        return self - 2.0 * self.dot(normal) * normal


class Ray:
    def __init__(self, origin, direction):
        self.origin = origin
        self.direction = direction.normalized()

    def point_at(self, distance):
        return self.origin + self.direction * distance


class Material:
    """A colour as three floats from 0 to 1, and how much of a mirror it is."""

    def __init__(self, red, green, blue, mirror=0.0):
        self.color = Vector(red, green, blue)
        self.mirror = mirror


class Shape:
    def __init__(self, material):
        self.material = material

    def material_at(self, point):
        return self.material

    def intersect(self, ray):
        """The distance along the ray to the surface, or None."""
        raise NotImplementedError

    def normal_at(self, point):
        raise NotImplementedError


class Sphere(Shape):
    def __init__(self, center, radius, material):
        super().__init__(material)
        self.center = center
        self.radius = radius

    def intersect(self, ray):
        to_center = self.center - ray.origin
        along = to_center.dot(ray.direction)
        beside = self.radius * self.radius - (to_center.dot(to_center) - along * along)
        if beside < 0.0:
            return None
        half = math.sqrt(beside)
        if along - half > 1e-6:
            return along - half
        return along + half if along + half > 1e-6 else None

    def normal_at(self, point):
        return (point - self.center) * (1.0 / self.radius)


class Floor(Shape):
    """The plane y = height with squares of two materials."""

    def __init__(self, height, light, dark):
        super().__init__(light)
        self.height = height
        self.dark = dark

    def intersect(self, ray):
        if abs(ray.direction.y) < 1e-9:
            return None
        distance = (self.height - ray.origin.y) / ray.direction.y
        return distance if distance > 1e-6 else None

    def normal_at(self, point):
        return Vector(0.0, 1.0, 0.0)

    def material_at(self, point):
        is_light = (math.floor(point.x) + math.floor(point.z)) % 2 == 0
        return self.material if is_light else self.dark


class Scene:
    MAX_BOUNCES = 4

    def __init__(self, shapes, light):
        self.shapes = shapes
        self.light = light
        self.rays = 0

    def nearest_hit(self, ray):
        """(distance, shape) of the first surface on the ray, or None."""
        self.rays += 1
        best = None
        for shape in self.shapes:
            distance = shape.intersect(ray)
            if distance is not None and (best is None or distance < best[0]):
                best = distance, shape
        return best

    def is_lit(self, point):
        to_light = self.light - point
        hit = self.nearest_hit(Ray(point, to_light))
        return hit is None or hit[0] > to_light.length()

    def color_of(self, ray, bounces=0):
        hit = self.nearest_hit(ray)
        if hit is None:
            glow = 0.5 * (ray.direction.y + 1.0)
            return Vector(1.0 - 0.5 * glow, 1.0 - 0.3 * glow, 1.0)
        distance, shape = hit
        point = ray.point_at(distance)
        normal = shape.normal_at(point)
        material = shape.material_at(point)
        brightness = 0.15
        if self.is_lit(point):
            brightness += 0.85 * max(0.0, normal.dot((self.light - point).normalized()))
        color = material.color * brightness
        if material.mirror > 0.0 and bounces < self.MAX_BOUNCES:
            mirrored = Ray(point, ray.direction.reflected(normal))
            reflection = self.color_of(mirrored, bounces + 1)
            color = color * (1.0 - material.mirror) + reflection * material.mirror
        return color


def make_scene():
    shapes = [
        Floor(-1.0, Material(0.9, 0.9, 0.8), Material(0.1, 0.1, 0.2, mirror=0.2)),
        Sphere(Vector(0.0, 0.0, 5.0), 1.0, Material(0.8, 0.2, 0.2, mirror=0.4)),
        Sphere(Vector(-2.0, -0.3, 4.0), 0.7, Material(0.2, 0.7, 0.3, mirror=0.1)),
        Sphere(Vector(1.7, -0.5, 3.5), 0.5, Material(0.3, 0.3, 0.9)),
        Sphere(Vector(0.4, 1.6, 6.0), 0.9, Material(0.9, 0.8, 0.3, mirror=0.6)),
    ]
    return Scene(shapes, light=Vector(-5.0, 8.0, -3.0))


def channel(value):
    """A colour component as an integer from 0 to 255."""
    return max(0, min(255, int(value * 255.0 + 0.5)))


def render(scene, width, height):
    """Yields one (red, green, blue) triple a pixel, row by row from the top."""
    eye = Vector(0.0, 0.5, -2.0)
    for row in range(height):
        for column in range(width):
            x = (2.0 * column - width) / height
            y = (height - 2.0 * row) / height
            color = scene.color_of(Ray(eye, Vector(x, y, 2.0)))
            yield channel(color.x), channel(color.y), channel(color.z)


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 280
    scene = make_scene()
    checksum = pixels = 0
    for red, green, blue in render(scene, size, size * 3 // 4):
        checksum = (checksum * 257 + (red << 16 | green << 8 | blue)) % 0xFFFFFFFB
        pixels += 1
    assert pixels == size * (size * 3 // 4)
    assert scene.rays > pixels, "every ray missed"
    print(f"{checksum}:{scene.rays}")


if __name__ == "__main__":
    main()
