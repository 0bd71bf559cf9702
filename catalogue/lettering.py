"""Text set by HarfBuzz: any script, both directions, broken into balanced lines and drawn as a mask.

Pillow's own text needs a library for right-to-left and joined scripts that a bare machine lacks; HarfBuzz comes whole in
its wheel, shapes every script and rasterises the outlines itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

import uharfbuzz as hb
from PIL import Image

from catalogue.typefaces import Typeface, cover

_NO_LINE_STARTS: Final = frozenset(
    "、。，．・：；！？）」』】〉》〕］｝ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…‥～〜–—.,:;!?)]}»”’"
)
_NO_LINE_ENDS: Final = frozenset("（「『【〈《〔［｛([{«“‘")
_LINE_WORTH: Final = 0.88
_RTL: Final = frozenset({"R", "AL"})
_LTR: Final = frozenset({"L", "EN", "AN"})


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph of a face at a place, all in multiples of the size."""

    face: Typeface
    glyph: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Word:
    """What a line is not broken within: its glyphs in visual order, its width, and the space that follows, in ems."""

    glyphs: tuple[Glyph, ...]
    width: float
    space: float
    rtl: bool
    leading: float


@dataclass(frozen=True, slots=True)
class Line:
    words: tuple[Word, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Block:
    """Lines at a size in pixels; ``height`` runs from the first line's ascenders to the last one's descenders."""

    lines: tuple[Line, ...]
    size: float
    leading: float
    rtl: bool

    @property
    def width(self) -> float:
        return max((line.width for line in self.lines), default=0.0) * self.size

    @property
    def height(self) -> float:
        return self.size * (self.leading * (len(self.lines) - 1) + 1.0) if self.lines else 0.0


def can_set(text: str, faces: Sequence[str]) -> bool:
    """Whether every character of ``text`` has a glyph in one of ``faces``."""
    return cover(text, faces) is not None


def set_words(text: str, faces: Sequence[str], *, tracking: float = 0.0) -> tuple[Word, ...] | None:
    """``text`` as words, or None if a character has no glyph. ``tracking`` is extra space between letters, in ems."""
    return _set_words(text, tuple(faces), tracking)


@lru_cache(maxsize=256)
def _set_words(text: str, faces: tuple[str, ...], tracking: float) -> tuple[Word, ...] | None:
    words: list[Word] = []
    for piece, spaced in _pieces(text):
        runs = cover(piece, faces)
        if runs is None:
            return None
        words.append(_set_word(runs, tracking, spaced))
    return tuple(words)


def _set_word(runs: list[tuple[str, Typeface]], tracking: float, spaced: bool) -> Word:
    directed = [(run, face, _is_rtl(run)) for run, face in runs]
    rtl = any(is_rtl for _, _, is_rtl in directed)
    pen = 0.0
    glyphs: list[Glyph] = []
    for run, face, run_rtl in reversed(directed) if rtl else directed:
        buffer = hb.Buffer()
        buffer.add_str(run)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if run_rtl else "ltr"
        hb.shape(face.font, buffer, {"liga": not tracking, "clig": not tracking, "kern": True, "lnum": True})
        unit = face.scale / face.em
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            glyphs.append(Glyph(face, info.codepoint, pen + place.x_offset * unit, place.y_offset * unit))
            pen += place.x_advance * unit + (tracking if place.x_advance else 0.0)
    leading = max(face.leading for _, face in runs)
    return Word(tuple(glyphs), pen - tracking, (0.25 + tracking) if spaced else 0.0, rtl, leading)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """What must stay together, and whether a space follows.

    Words; in Chinese and Japanese, which have no spaces, short runs of Han with the kana that follow, and runs of
    katakana. That is no dictionary, but it keeps most words whole. What is longer is broken anywhere.
    """
    for chunk in text.split():
        parts: list[str] = []
        for kind, run in groupby(chunk, _kind):
            letters = "".join(run)
            if kind == "hiragana" and parts and len(letters) <= 4 and len(parts[-1]) <= 5:
                parts[-1] += letters
            elif kind == "" or len(letters) <= (4 if kind == "han" else 7):
                parts.append(letters)
            else:
                parts.extend(letters)
        joined: list[str] = []
        for part in parts:
            if joined and (part[0] in _NO_LINE_STARTS or joined[-1][-1] in _NO_LINE_ENDS):
                joined[-1] += part
            else:
                joined.append(part)
        for number, part in enumerate(joined, 1):
            yield part, number == len(joined)


def _kind(char: str) -> str:
    """The script of a character between which and its like a line may be broken; empty for all others."""
    if "\u3040" <= char <= "\u309f":
        return "hiragana"
    if "\u30a0" <= char <= "\u30ff":
        return "katakana"
    if "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char == "々":
        return "han"
    return ""


def _is_rtl(text: str) -> bool:
    """The direction of the first strong character (UAX 9, P2)."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in _RTL:
            return True
        if kind in _LTR:
            return False
    return False


def fit(
    words: Sequence[Word],
    *,
    width: float,
    height: float,
    largest: float,
    smallest: float,
    most_lines: int = 8,
) -> Block | None:
    """The largest setting of ``words`` within ``width`` by ``height`` pixels; None if not even ``smallest`` fits.

    A larger size is worth some more lines, but not many. Lines are balanced: of all ways to break into as many lines as
    the size needs, the one with the most even lengths.
    """
    if not words:
        return None
    leading = max(word.leading for word in words)
    size = min(largest, width / max(word.width for word in words))
    best: tuple[float, float, int] | None = None
    while size >= smallest and (best is None or size > best[0]):
        count = len(_greedy(words, width / size))
        if count <= most_lines and size * (leading * (count - 1) + 1.0) <= height:
            worth = size * _LINE_WORTH ** (count - 1)
            if best is None or worth > best[0]:
                best = (worth, size, count)
        size *= 0.96
    if best is None:
        return None
    _, size, count = best
    rtl = sum(word.width for word in words if word.rtl) * 2 > sum(word.width for word in words)
    parts = _balanced(words, width / size, count)
    return Block(tuple(_line(part, rtl) for part in parts), size, leading, rtl)


def _greedy(words: Sequence[Word], room: float) -> list[Sequence[Word]]:
    lines: list[list[Word]] = [[]]
    used = 0.0
    for word in words:
        if lines[-1] and used + word.width > room + 1e-6:
            lines.append([])
            used = 0.0
        lines[-1].append(word)
        used += word.width + word.space
    return list(lines)


def _balanced(words: Sequence[Word], room: float, count: int) -> list[Sequence[Word]]:
    """Break into exactly ``count`` lines with the smallest sum of squared gaps (dynamic programme over the breaks)."""
    total = len(words)
    starts = [0.0]
    for word in words:
        starts.append(starts[-1] + word.width + word.space)

    def length(first: int, last: int) -> float:
        return starts[last] - starts[first] - words[last - 1].space

    infinite = float("inf")
    best = [[infinite] * (count + 1) for _ in range(total + 1)]
    break_at = [[0] * (count + 1) for _ in range(total + 1)]
    best[0][0] = 0.0
    for end in range(1, total + 1):
        for lines in range(1, min(count, end) + 1):
            for start in range(end - 1, lines - 2, -1):
                gap = room - length(start, end)
                if gap < -1e-6:
                    break
                cost = best[start][lines - 1] + gap * gap
                if cost < best[end][lines]:
                    best[end][lines] = cost
                    break_at[end][lines] = start
    parts: list[Sequence[Word]] = []
    end = total
    for lines in range(count, 0, -1):
        start = break_at[end][lines]
        parts.append(words[start:end])
        end = start
    return parts[::-1]


def _line(words: Sequence[Word], rtl: bool) -> Line:
    """The words in the order in which they stand on the page, where most of the text runs right to left if ``rtl``."""
    visual: list[Word] = []
    for against, run in groupby(words, lambda word: word.rtl is not rtl):
        part = list(run)
        visual.extend(reversed(part) if against else part)
    if rtl:
        visual.reverse()
    width = sum(word.width for word in words) + sum(word.space for word in words[:-1])
    return Line(tuple(visual), width)


def draw(
    canvas: Image.Image,
    block: Block,
    *,
    left: float,
    top: float,
    width: float,
    colour: tuple[int, int, int],
    align: str = "centre",
) -> None:
    """Draw the block on an RGB canvas within ``width`` pixels from ``left``; ``align`` is centre, left or right."""
    raster = hb.RasterDraw()
    baseline = top + block.size * 0.78
    for line in block.lines:
        spare = width - line.width * block.size
        pen = left + {"left": 0.0, "centre": spare / 2, "right": spare}[align]
        _draw_line(raster, line, pen, canvas.height - baseline, block.size)
        baseline += block.size * block.leading
    raster.extents = hb.RasterExtents(0, 0, canvas.width, canvas.height, canvas.width)
    image = raster.render()
    size = (canvas.width, canvas.height)
    mask = Image.frombytes("L", size, bytes(image.buffer), "raw", "L", image.extents.stride, -1)
    canvas.paste(colour, (0, 0, *size), mask)


def _draw_line(raster: hb.RasterDraw, line: Line, left: float, baseline: float, size: float) -> None:
    pen = left
    for number, word in enumerate(line.words):
        for glyph in word.glyphs:
            unit = size * glyph.face.scale / glyph.face.em
            raster.transform = (unit, 0.0, 0.0, unit, pen + glyph.x * size, baseline + glyph.y * size)
            raster.draw_glyph(glyph.face.font, glyph.glyph)
        following = line.words[number + 1] if number + 1 < len(line.words) else None
        pen += word.width * size
        if following is not None:
            pen += (word.space if not word.rtl else following.space or word.space) * size
