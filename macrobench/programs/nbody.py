"""The planets beyond the asteroid belt, moved by a symplectic integrator.

Stresses: float arithmetic on object attributes, loops over pairs of objects,
math.sqrt. Only correctly rounded operations are used, so that the checksum is
exact on every platform.
"""

import math
import sys

SOLAR_MASS = 4 * math.pi * math.pi
DAYS_PER_YEAR = 365.24


class Body:
    """A point mass: position in astronomical units, velocity in AU per year."""

    def __init__(self, position, velocity, mass):
        self.x, self.y, self.z = position
        self.vx, self.vy, self.vz = (component * DAYS_PER_YEAR for component in velocity)
        self.mass = mass * SOLAR_MASS


def solar_system():
    """The sun and the four giant planets, with total momentum zero."""
    sun = Body((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 1.0)
    jupiter = Body(
        (4.84143144246472090, -1.16032004402742839, -0.103622044471123109),
        (0.00166007664274403694, 0.00769901118419740425, -0.0000690460016972063023),
        0.000954791938424326609,
    )
    saturn = Body(
        (8.34336671824457987, 4.12479856412430479, -0.403523417114321381),
        (-0.00276742510726411, 0.00499852801234917238, 0.0000230417297573763929),
        0.000285885980666130812,
    )
    uranus = Body(
        (12.8943695621391310, -15.1111514016986312, -0.223307578892655734),
        (0.00296460137564761618, 0.00237847173959480950, -0.0000296589568540237556),
        0.0000436624404335156298,
    )
    neptune = Body(
        (15.3796971148509165, -25.9193146099879641, 0.179258772950371181),
        (0.00268067772490389322, 0.00162824170038242295, -0.0000951592254519715870),
        0.0000515138902046611451,
    )
    bodies = [sun, jupiter, saturn, uranus, neptune]
    for planet in bodies[1:]:
        sun.vx -= planet.vx * planet.mass / SOLAR_MASS
        sun.vy -= planet.vy * planet.mass / SOLAR_MASS
        sun.vz -= planet.vz * planet.mass / SOLAR_MASS
    return bodies


def pairs_of(items):
    return [(a, b) for i, a in enumerate(items) for b in items[i + 1 :]]


def energy(bodies, pairs):
    """Kinetic energy of all bodies plus the potential energy of all pairs."""
    total = 0.0
    for body in bodies:
        total += 0.5 * body.mass * (body.vx * body.vx + body.vy * body.vy + body.vz * body.vz)
    for a, b in pairs:
        dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
        total -= a.mass * b.mass / math.sqrt(dx * dx + dy * dy + dz * dz)
    return total


def advance(bodies, pairs, dt, steps):
    """Moves all bodies by `steps` time steps of `dt` years each."""
    for _ in range(steps):
        for a, b in pairs:
            dx = a.x - b.x
            dy = a.y - b.y
            dz = a.z - b.z
            squared = dx * dx + dy * dy + dz * dz
            pull = dt / (squared * math.sqrt(squared))
            pull_a = pull * b.mass
            pull_b = pull * a.mass
            a.vx -= dx * pull_a
            a.vy -= dy * pull_a
            a.vz -= dz * pull_a
            b.vx += dx * pull_b
            b.vy += dy * pull_b
            b.vz += dz * pull_b
        for body in bodies:
            body.x += dt * body.vx
            body.y += dt * body.vy
            body.z += dt * body.vz


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 150_000
    bodies = solar_system()
    pairs = pairs_of(bodies)
    before = energy(bodies, pairs)
    advance(bodies, pairs, 0.01, size)
    after = energy(bodies, pairs)
    assert abs(after - before) < 1e-4 * abs(before), "energy is not conserved"
    print(repr(after))


if __name__ == "__main__":
    main()
