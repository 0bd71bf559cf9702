"""Patterns and pictures for drawn covers: simple geometry in a few flat colours, the same for the same dice.

Everything is drawn at twice the size and reduced, which is how Pillow gets smooth edges.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

from PIL import Image, ImageDraw

from catalogue.dice import Dice

Colour = tuple[int, int, int]
Painter = Callable[[ImageDraw.ImageDraw, int, int, Sequence[Colour], Dice], None]

_OVERSAMPLING: Final = 2


def paint(name: str, width: int, height: int, colours: Sequence[Colour], dice: Dice) -> Image.Image:
    """An RGB picture of the ornament ``name`` on ``colours[0]``; the other colours (at least two) are its own."""
    wide, high = width * _OVERSAMPLING, height * _OVERSAMPLING
    image = Image.new("RGB", (wide, high), colours[0])
    (PATTERNS | PICTURES)[name](ImageDraw.Draw(image), wide, high, colours[1:], dice)
    return image.reduce(_OVERSAMPLING)


def _scales(
    draw: ImageDraw.ImageDraw, width: int, height: int, colours: Sequence[Colour], dice: Dice
) -> None:
    radius = dice.pick((90, 110, 132))
    rows = height // (radius // 2) + 3
    for row in range(rows):
        y = row * radius // 2
        for column in range(-1, width // (2 * radius) + 2):
            x = column * 2 * radius + (radius if row % 2 else 0)
            for ring, share in enumerate((1.0, 0.74, 0.48, 0.22)):
                r = int(radius * share)
                colour = colours[(ring + (row if len(colours) > 2 else 0)) % len(colours)]
                draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)


def _arcs(draw: ImageDraw.ImageDraw, width: int, height: int, colours: Sequence[Colour], dice: Dice) -> None:
    side = dice.pick((120, 150, 200))
    for left in range(0, width, side):
        for top in range(0, height, side):
            colour = dice.pick(colours)
            x, y = left + side * dice.number(0, 1), top + side * dice.number(0, 1)
            tile = (left, top, left + side - 1, top + side - 1)
            _quarter(draw, x, y, side, colour, tile)


def _quarter(
    draw: ImageDraw.ImageDraw, x: int, y: int, r: int, colour: Colour, tile: tuple[int, int, int, int]
) -> None:
    start = {(True, True): 0, (False, True): 90, (False, False): 180, (True, False): 270}[
        (x == tile[0], y == tile[1])
    ]
    draw.pieslice((x - r, y - r, x + r, y + r), start, start + 90, fill=colour)


def _petals(
    draw: ImageDraw.ImageDraw, width: int, height: int, colours: Sequence[Colour], dice: Dice
) -> None:
    side = dice.pick((130, 160, 200))
    turn = dice.number(0, 1)
    for row, top in enumerate(range(0, height, side)):
        for column, left in enumerate(range(0, width, side)):
            colour = colours[(row + column) % len(colours)] if turn else dice.pick(colours)
            rising = (row + column + turn) % 2 == 0
            draw.polygon(_leaf(left, top, side, rising), fill=colour)


def _leaf(left: int, top: int, side: int, rising: bool) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for step in range(25):
        angle = math.pi / 2 * step / 24
        points.append((math.sin(angle), 1 - math.cos(angle)))
    for step in range(25):
        angle = math.pi / 2 * step / 24
        points.append((1 - math.sin(angle), math.cos(angle)))
    return [(left + side * (x if rising else 1 - x), top + side * y) for x, y in points]


def _triangles(
    draw: ImageDraw.ImageDraw, width: int, height: int, colours: Sequence[Colour], dice: Dice
) -> None:
    side = dice.pick((120, 150, 171))
    for left in range(0, width, side):
        for top in range(0, height, side):
            right, bottom = left + side, top + side
            corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
            del corners[dice.number(0, 3)]
            draw.polygon(corners, fill=dice.pick(colours))


def _waves(draw: ImageDraw.ImageDraw, width: int, height: int, colours: Sequence[Colour], dice: Dice) -> None:
    distance = dice.pick((44, 56, 70))
    length = dice.pick((200, 300, 400))
    rise = distance * dice.pick((0.5, 0.9, 1.3))
    for number, top in enumerate(range(-2 * distance, height + 2 * distance, distance)):
        line = [(x, top + rise * math.sin(2 * math.pi * x / length)) for x in range(-8, width + 16, 8)]
        draw.line(line, fill=colours[number % len(colours)], width=int(distance * 0.36), joint="curve")


def _lozenges(
    draw: ImageDraw.ImageDraw, width: int, height: int, colours: Sequence[Colour], dice: Dice
) -> None:
    wide = dice.pick((100, 120, 150))
    high = wide * dice.pick((1, 2)) * 3 // 4
    for row in range(-1, 2 * height // high + 2):
        for column in range(-1, width // wide + 2):
            x = column * wide + (wide // 2 if row % 2 else 0)
            y = row * high // 2
            colour = colours[(row + 2 * column) % len(colours)]
            for share in (1.0, 0.42):
                a, b = wide / 2 * share * 0.92, high / 2 * share * 0.92
                fill = colour if share == 1.0 else colours[(row + 2 * column + 1) % len(colours)]
                draw.polygon([(x - a, y), (x, y - b), (x + a, y), (x, y + b)], fill=fill)


def _stars(draw: ImageDraw.ImageDraw, width: int, height: int, colours: Sequence[Colour], dice: Dice) -> None:
    side = dice.pick((150, 171, 200))
    for row, top in enumerate(range(0, height + side, side)):
        for column, left in enumerate(range(0, width + side, side)):
            outer = side * 0.48
            points = []
            for corner in range(16):
                radius = outer if corner % 2 == 0 else outer * 0.62
                angle = math.pi * corner / 8
                points.append((left + radius * math.cos(angle), top + radius * math.sin(angle)))
            draw.polygon(points, fill=colours[(row + column) % len(colours)])
            dot = side * 0.11
            draw.ellipse(
                (left - dot, top - dot, left + dot, top + dot),
                fill=colours[(row + column + 1) % len(colours)],
            )
            x, y, small = left + side / 2, top + side / 2, side * 0.1
            draw.polygon(
                [(x - small, y), (x, y - small), (x + small, y), (x, y + small)],
                fill=colours[(row + column) % len(colours)],
            )


def _hills(draw: ImageDraw.ImageDraw, width: int, height: int, colours: Sequence[Colour], dice: Dice) -> None:
    radius = dice.number(width // 9, width // 6)
    x, y = dice.number(width // 4, width * 3 // 4), dice.number(height // 5, height * 2 // 5)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colours[-1])
    layers = 4
    for layer in range(layers):
        base = height * (0.46 + 0.15 * layer)
        phase, length = dice.share() * math.tau, width * (0.55 + dice.share() * 0.7)
        rise = height * 0.07 * (1.2 - 0.18 * layer)
        line = [
            (px, base + rise * math.sin(math.tau * px / length + phase)) for px in range(0, width + 16, 8)
        ]
        shade = _between(colours[0], colours[1 % len(colours)], layer / (layers - 1))
        draw.polygon([(0, height), *line, (width, height)], fill=shade)


def _orbits(
    draw: ImageDraw.ImageDraw, width: int, height: int, colours: Sequence[Colour], dice: Dice
) -> None:
    x, y = width * dice.pick((0.3, 0.5, 0.7)), height * dice.pick((0.5, 0.62))
    for ring in range(7, 0, -1):
        radius = width * 0.12 * ring
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=colours[0], width=5)
        angle = dice.share() * math.tau
        px, py, dot = x + radius * math.cos(angle), y + radius * math.sin(angle), dice.pick((14, 22, 34))
        draw.ellipse((px - dot, py - dot, px + dot, py + dot), fill=colours[ring % len(colours)])
    sun = width * 0.06
    draw.ellipse((x - sun, y - sun, x + sun, y + sun), fill=colours[-1])


def _rays(draw: ImageDraw.ImageDraw, width: int, height: int, colours: Sequence[Colour], dice: Dice) -> None:
    x, y = width * dice.pick((0.0, 0.5, 1.0)), height * 1.0
    count, reach = dice.pick((24, 32, 40)), 2 * (width + height)
    for number in range(0, count, 2):
        first, last = math.pi + math.pi * number / count, math.pi + math.pi * (number + 1) / count
        edges = [(x + reach * math.cos(angle), y + reach * math.sin(angle)) for angle in (first, last)]
        draw.polygon([(x, y), *edges], fill=colours[(number // 2) % max(1, len(colours) - 1)])
    for share, colour in ((0.34, colours[0]), (0.27, colours[-1])):
        radius = width * share
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _bows(draw: ImageDraw.ImageDraw, width: int, height: int, colours: Sequence[Colour], dice: Dice) -> None:
    bases = [(0.0, 1.0), (1.0, 1.0), (0.5, 1.0)]
    first = dice.number(0, 2)
    for turn, (x, y) in enumerate([bases[first], bases[(first + 1) % 3]][: dice.pick((1, 2))]):
        rings = 7
        for ring in range(rings):
            radius = width * (0.78 - 0.3 * turn) * (rings - ring) / rings
            colour = colours[(ring + turn) % len(colours)]
            centre_x, centre_y = width * x, height * y
            draw.ellipse(
                (centre_x - radius, centre_y - radius, centre_x + radius, centre_y + radius), fill=colour
            )


def _moons(draw: ImageDraw.ImageDraw, width: int, height: int, colours: Sequence[Colour], dice: Dice) -> None:
    columns = dice.pick((3, 4))
    side = width / columns
    rows = int(height / side)
    for row in range(rows):
        for column in range(columns):
            phase = (row * columns + column + dice.number(0, 1)) % 5
            x, y, r = side * (column + 0.5), height - side * (row + 0.5), side * 0.38
            draw.ellipse((x - r, y - r, x + r, y + r), fill=colours[0])
            draw.chord((x - r, y - r, x + r, y + r), 90, 270, fill=colours[phase % len(colours)])
            narrow = r * abs(phase - 2) / 2
            fill = colours[phase % len(colours)] if phase > 2 else colours[0]
            draw.ellipse((x - narrow, y - r, x + narrow, y + r), fill=fill)


def _spines(
    draw: ImageDraw.ImageDraw, width: int, height: int, colours: Sequence[Colour], dice: Dice
) -> None:
    left = 0
    while left < width:
        wide = dice.number(60, 150)
        high = int(height * (0.45 + 0.5 * dice.share()))
        colour = dice.pick(colours)
        draw.rectangle((left + 4, height - high, left + wide - 4, height), fill=colour)
        other = colours[(colours.index(colour) + 1) % len(colours)]
        for share in (0.1, 0.14):
            y = height - high + int(high * share)
            draw.rectangle((left + 4, y, left + wide - 4, y + 7), fill=other)
        left += wide


def _towers(
    draw: ImageDraw.ImageDraw, width: int, height: int, colours: Sequence[Colour], dice: Dice
) -> None:
    x, y, r = width * dice.pick((0.25, 0.72)), height * 0.26, width * 0.1
    draw.ellipse((x - r, y - r, x + r, y + r), fill=colours[-1])
    for layer in range(2):
        left = -dice.number(0, 59)
        shade = colours[layer % len(colours)]
        while left < width:
            wide = dice.number(90, 200)
            top = height * (0.38 + 0.22 * layer + 0.28 * dice.share())
            draw.rectangle((left, top, left + wide, height), fill=shade)
            if layer:
                for window_x in range(int(left) + 22, int(left + wide) - 30, 40):
                    for window_y in range(int(top) + 30, height - 20, 56):
                        if dice.share() < 0.35:
                            draw.rectangle(
                                (window_x, window_y, window_x + 16, window_y + 24), fill=colours[-1]
                            )
            left += wide + dice.pick((0, 0, 14))


def _branch(
    draw: ImageDraw.ImageDraw, width: int, height: int, colours: Sequence[Colour], dice: Dice
) -> None:
    stems, slender, opposite, berry = (
        dice.pick((2, 3, 4, 5)),
        dice.pick((0.2, 0.32, 0.5)),
        dice.number(0, 1),
        dice.number(0, 2),
    )
    distance = dice.pick((58, 74, 96))
    for stem in range(stems):
        x = width * (stem + 1) / (stems + 1) + dice.number(-30, 30)
        lean, top = dice.number(-90, 90), height * (0.1 + 0.26 * dice.share())
        colour = colours[stem % len(colours)]
        draw.line([(x, height), (x + lean, top)], fill=colour, width=7)
        leaves = int((height - top) / distance)
        for number in range(1, leaves):
            share = number / leaves
            px, py = x + lean * (1 - share), top + (height - top) * share
            size = (34 + 66 * share) * min(1.5, 3.4 / stems)
            for side in (-1, 1) if opposite else ((-1, 1)[number % 2],):
                draw.polygon(_blade(px, py, side * size * 1.25, -size * 0.8, slender), fill=colour)
        if berry:
            r = 15 + 9 * berry
            draw.ellipse((x + lean - r, top - r, x + lean + r, top + r), fill=colours[-1])


def _blade(x: float, y: float, dx: float, dy: float, slender: float) -> list[tuple[float, float]]:
    """A leaf from (x, y) to its tip, ``slender`` times as wide as it is long."""
    edge = [(step / 12, math.sin(math.pi * step / 12) * slender / 2) for step in range(13)]
    outline = edge + [(along, -across) for along, across in reversed(edge)]
    return [(x + dx * along - dy * across, y + dy * along + dx * across) for along, across in outline]


def _between(first: Colour, last: Colour, share: float) -> Colour:
    return (
        round(first[0] + (last[0] - first[0]) * share),
        round(first[1] + (last[1] - first[1]) * share),
        round(first[2] + (last[2] - first[2]) * share),
    )


PATTERNS: Final[dict[str, Painter]] = {
    "scales": _scales,
    "arcs": _arcs,
    "petals": _petals,
    "triangles": _triangles,
    "waves": _waves,
    "lozenges": _lozenges,
    "stars": _stars,
}
"""Ornaments that fill any area evenly."""

PICTURES: Final[dict[str, Painter]] = {
    "hills": _hills,
    "orbits": _orbits,
    "rays": _rays,
    "bows": _bows,
    "moons": _moons,
    "spines": _spines,
    "towers": _towers,
    "branch": _branch,
}
"""Ornaments that stand on the lower edge."""
