"""Ways to arrange title, author and ornament on a cover of 600 by 900."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw

from catalogue.cover_type import Front, author_block, high_of, put, side_of, subtitle_block, title_block
from catalogue.dice import Dice
from catalogue.ornaments import PATTERNS, PICTURES, Colour, paint

WIDTH: Final = 600
HEIGHT: Final = 900


@dataclass(frozen=True, slots=True)
class Palette:
    """``ground`` fills the cover; ``paper`` is set on it, and ``ink`` on paper; ``first`` and ``second`` are ornament."""

    ground: Colour
    paper: Colour
    ink: Colour
    first: Colour
    second: Colour


Layout = Callable[[Front, Palette, Sequence[str], Dice], Image.Image]


def _plate(front: Front, palette: Palette, ornaments: Sequence[str], dice: Dice) -> Image.Image:
    """A paper label on a patterned cloth."""
    canvas = paint(
        _pattern(ornaments, dice),
        WIDTH,
        HEIGHT,
        (palette.ground, palette.first, _shade(palette.ground, palette.first)),
        dice,
    )
    title = title_block(front, 372, 340, 88)
    subtitle = subtitle_block(front, 340, 70)
    author = author_block(front, 372, 60, 27)
    if title is None and author is None:
        return canvas
    high = 96 + high_of(title, 26) + high_of(subtitle, 26) + high_of(author, 34) + 40
    top = (HEIGHT - high) * 0.4
    left, right = 78, WIDTH - 78
    sheet = ImageDraw.Draw(canvas)
    sheet.rectangle((left, top, right, top + high), fill=palette.paper)
    sheet.rectangle((left + 12, top + 12, right - 12, top + high - 12), outline=palette.ink, width=2)
    y = top + 48
    _diamond(sheet, WIDTH / 2, y, 9, palette.second)
    y += 36
    y = put(canvas, title, y, left + 36, right - left - 72, palette.ink) + (18 if subtitle else 0)
    y = put(canvas, subtitle, y, left + 36, right - left - 72, palette.ink)
    if author is not None:
        if title is not None:
            sheet.line((WIDTH / 2 - 34, y + 26, WIDTH / 2 + 34, y + 26), fill=palette.second, width=3)
        put(canvas, author, y + 46, left + 36, right - left - 72, palette.ink)
    return canvas


def _horizon(front: Front, palette: Palette, ornaments: Sequence[str], dice: Dice) -> Image.Image:
    """The title in the sky above a picture."""
    canvas = Image.new("RGB", (WIDTH, HEIGHT), palette.ground)
    high = 500
    picture = paint(
        _picture(ornaments, dice),
        WIDTH,
        high,
        (palette.ground, palette.first, _shade(palette.first, palette.ground), palette.second),
        dice,
    )
    canvas.paste(picture, (0, HEIGHT - high))
    title = title_block(front, WIDTH - 112, 244, 112)
    author = author_block(front, WIDTH - 112, 50, 27)
    sheet = ImageDraw.Draw(canvas)
    align = side_of(title or author) if dice.number(0, 1) else "centre"
    y = put(canvas, author, 62, 56, WIDTH - 112, palette.second, align)
    if author is not None and title is not None:
        x = {"left": 58, "right": WIDTH - 58 - 64, "centre": WIDTH / 2 - 32}[align]
        sheet.line((x, y + 22, x + 64, y + 22), fill=palette.second, width=3)
        y += 40
    put(canvas, title, y, 56, WIDTH - 112, palette.paper, align)
    return canvas


def _half(front: Front, palette: Palette, ornaments: Sequence[str], dice: Dice) -> Image.Image:
    """A patterned upper half, type on paper below."""
    canvas = Image.new("RGB", (WIDTH, HEIGHT), palette.paper)
    edge = 478
    pattern = paint(
        _any(ornaments, dice),
        WIDTH,
        edge,
        (palette.ground, palette.first, palette.second, _shade(palette.ground, palette.first)),
        dice,
    )
    canvas.paste(pattern, (0, 0))
    sheet = ImageDraw.Draw(canvas)
    sheet.rectangle((0, edge, WIDTH, edge + 10), fill=palette.second)
    title = title_block(front, WIDTH - 100, 240, 100)
    subtitle = subtitle_block(front, WIDTH - 140, 60) if title is None or title.height < 150 else None
    author = author_block(front, WIDTH - 100, 60, 28)
    room = HEIGHT - edge - 10
    used = high_of(title, 0) + high_of(subtitle, 14) + high_of(author, 44)
    y = edge + 10 + (room - used) / 2 - 6
    y = put(canvas, title, y, 50, WIDTH - 100, palette.ink) + (14 if subtitle else 0)
    y = put(canvas, subtitle, y, 70, WIDTH - 140, palette.ink)
    put(canvas, author, y + 44, 50, WIDTH - 100, palette.ground)
    return canvas


def _frame(front: Front, palette: Palette, ornaments: Sequence[str], dice: Dice) -> Image.Image:
    """Paper within a frame, a round ornament above the title."""
    canvas = Image.new("RGB", (WIDTH, HEIGHT), palette.ground)
    sheet = ImageDraw.Draw(canvas)
    sheet.rectangle((30, 30, WIDTH - 31, HEIGHT - 31), fill=palette.paper)
    sheet.rectangle((42, 42, WIDTH - 43, HEIGHT - 43), outline=palette.ground, width=2)
    across = 280
    medal = paint(
        _any(ornaments, dice), across, across, (palette.ground, palette.first, palette.second), dice
    )
    mask = Image.new("L", (across * 4, across * 4), 0)
    ImageDraw.Draw(mask).ellipse((0, 0, across * 4 - 1, across * 4 - 1), fill=255)
    canvas.paste(medal, ((WIDTH - across) // 2, 112), mask.reduce(4))
    title = title_block(front, WIDTH - 176, 260, 96)
    subtitle = subtitle_block(front, WIDTH - 200, 60) if title is None or title.height < 190 else None
    author = author_block(front, WIDTH - 160, 60, 27)
    top, bottom = 112 + across, HEIGHT - 118
    used = high_of(title, 0) + high_of(subtitle, 16)
    y = top + (bottom - top - used) / 2 - 4
    y = put(canvas, title, y, 88, WIDTH - 176, palette.ink) + (16 if subtitle else 0)
    put(canvas, subtitle, y, 100, WIDTH - 200, palette.ink)
    if author is not None:
        _diamond(sheet, WIDTH / 2, bottom - 2, 7, palette.second)
        put(canvas, author, bottom + 18, 80, WIDTH - 160, palette.ground)
    return canvas


def _margin(front: Front, palette: Palette, ornaments: Sequence[str], dice: Dice) -> Image.Image:
    """A patterned strip along the spine, the title large beside it."""
    canvas = Image.new("RGB", (WIDTH, HEIGHT), palette.ground)
    title = title_block(front, WIDTH - 212, 500, 116)
    rtl = title is not None and title.rtl
    strip = paint(
        _pattern(ornaments, dice), 116, HEIGHT, (palette.first, palette.paper, palette.second), dice
    )
    canvas.paste(strip, (WIDTH - 116 if rtl else 0, 0))
    sheet = ImageDraw.Draw(canvas)
    x = WIDTH - 122 if rtl else 116
    sheet.rectangle((x, 0, x + 6, HEIGHT), fill=palette.paper)
    left, align = (44, "right") if rtl else (166, "left")
    subtitle = subtitle_block(front, WIDTH - 220, 90)
    author = author_block(front, WIDTH - 212, 90, 28)
    y = put(canvas, title, 92, left, WIDTH - 212, palette.paper, align) + 22
    put(canvas, subtitle, y, left, WIDTH - 212, palette.paper, align)
    if author is not None:
        y = HEIGHT - 92 - author.height
        start = WIDTH - 212 + left - 64 if rtl else left
        sheet.line((start, y - 26, start + 64, y - 26), fill=palette.second, width=3)
        put(canvas, author, y, left, WIDTH - 212, palette.paper, align)
    return canvas


def _band(front: Front, palette: Palette, ornaments: Sequence[str], dice: Dice) -> Image.Image:
    """A paper band across an ornament."""
    canvas = paint(
        _pattern(ornaments, dice),
        WIDTH,
        HEIGHT,
        (palette.ground, palette.first, _shade(palette.ground, palette.first), palette.second),
        dice,
    )
    title = title_block(front, WIDTH - 96, 300, 100)
    author = author_block(front, WIDTH - 96, 56, 27)
    if title is None and author is None:
        return canvas
    high = 56 + high_of(title, 0) + high_of(author, 34) + 48
    top = (HEIGHT - high) * dice.pick((0.3, 0.5))
    sheet = ImageDraw.Draw(canvas)
    sheet.rectangle((0, top, WIDTH, top + high), fill=palette.paper)
    for y in (top + 9, top + high - 11):
        sheet.rectangle((0, y, WIDTH, y + 2), fill=palette.second)
    y = put(canvas, title, top + 50, 48, WIDTH - 96, palette.ink)
    put(canvas, author, y + 32, 48, WIDTH - 96, palette.ground)
    return canvas


def _corner(front: Front, palette: Palette, ornaments: Sequence[str], dice: Dice) -> Image.Image:
    """Mostly type: a large title, and one tile of ornament at the foot."""
    paper = dice.number(0, 1)
    ground, type_, quiet = (
        (palette.paper, palette.ink, palette.ground)
        if paper
        else (palette.ground, palette.paper, palette.second)
    )
    canvas = Image.new("RGB", (WIDTH, HEIGHT), ground)
    title = title_block(front, WIDTH - 112, 430, 132)
    subtitle = subtitle_block(front, WIDTH - 140, 90)
    author = author_block(front, WIDTH - 336, 120, 29)
    align = side_of(title or author)
    sheet = ImageDraw.Draw(canvas)
    sheet.rectangle((56, 64, WIDTH - 57, 67), fill=quiet)
    y = put(canvas, title, 92, 56, WIDTH - 112, type_, align) + 20
    put(canvas, subtitle, y, 56, WIDTH - 112, type_, align)
    side = 196
    tile = paint(
        _any(ornaments, dice),
        side,
        side,
        (
            quiet if paper else palette.first,
            palette.second if paper else palette.ground,
            palette.first if paper else palette.second,
        ),
        dice,
    )
    left = WIDTH - 56 - side if align == "left" else 56
    canvas.paste(tile, (left, HEIGHT - 64 - side))
    if author is not None:
        start = 56 if align == "left" else 56 + side + 20
        put(canvas, author, HEIGHT - 64 - author.height - 2, start, WIDTH - 132 - side, type_, align)
    return canvas


LAYOUTS: Final[tuple[Layout, ...]] = (_plate, _horizon, _half, _frame, _margin, _band, _corner)


def _diamond(sheet: ImageDraw.ImageDraw, x: float, y: float, size: float, colour: Colour) -> None:
    sheet.polygon([(x - size, y), (x, y - size), (x + size, y), (x, y + size)], fill=colour)


def _shade(first: Colour, second: Colour) -> Colour:
    """A colour between the two, nearer the first."""
    return (
        (first[0] * 3 + second[0] * 2) // 5,
        (first[1] * 3 + second[1] * 2) // 5,
        (first[2] * 3 + second[2] * 2) // 5,
    )


def _pattern(ornaments: Sequence[str], dice: Dice) -> str:
    return dice.pick([name for name in ornaments if name in PATTERNS] or list(PATTERNS))


def _picture(ornaments: Sequence[str], dice: Dice) -> str:
    return dice.pick([name for name in ornaments if name in PICTURES] or list(PICTURES))


def _any(ornaments: Sequence[str], dice: Dice) -> str:
    return dice.pick([name for name in ornaments if name in PATTERNS or name in PICTURES] or list(PATTERNS))
