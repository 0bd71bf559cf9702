"""The typefaces that stand beside this file, and which of them can set a given character.

They are files of the project (see `fonts/README.md`), so that a machine without fonts draws the same pictures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import uharfbuzz as hb

FONTS: Final = Path(__file__).parent / "fonts"


@dataclass(frozen=True, slots=True, eq=False)
class Typeface:
    """One font file, opened. Lengths that shaping returns are in units of which ``em`` make the font size.

    ``scale`` makes scripts look equally large beside each other; ``leading`` is the line distance that the script's marks
    need, as a multiple of the size.
    """

    name: str
    font: hb.Font
    em: int
    scale: float
    leading: float

    def covers(self, char: str) -> bool:
        return self.font.get_nominal_glyph(ord(char)) is not None


# file, scale, leading
_FILES: Final = {
    "garamond-display": ("garamond-display.otf", 1.0, 1.08),
    "garamond-text": ("garamond-text.otf", 1.0, 1.2),
    "garamond-italic": ("garamond-italic.otf", 1.0, 1.15),
    "hebrew": ("hebrew.ttf", 0.9, 1.14),
    "arabic": ("arabic.ttf", 1.02, 1.3),
    "devanagari": ("devanagari.ttf", 0.82, 1.2),
    "bengali": ("bengali.ttf", 0.85, 1.2),
    "tamil": ("tamil.ttf", 0.76, 1.14),
    "thai": ("thai.ttf", 0.84, 1.3),
    "georgian": ("georgian.ttf", 0.85, 1.12),
    "armenian": ("armenian.ttf", 0.85, 1.12),
    "japanese": ("japanese.otf", 0.84, 1.12),
    "chinese": ("chinese.otf", 0.84, 1.12),
    "korean": ("korean.otf", 0.84, 1.14),
}
_SCRIPTS: Final = ("hebrew", "arabic", "devanagari", "bengali", "tamil", "thai", "georgian", "armenian")


def font_files() -> dict[str, Path]:
    """The file of every typeface, by its name, in the order in which they are tried."""
    return {name: FONTS / file for name, (file, _, _) in _FILES.items()}


@cache
def typeface(name: str) -> Typeface:
    """The typeface called ``name``; opened once, when first needed, and shared: setting text does not change it."""
    file, scale, leading = _FILES[name]
    face = hb.Face(hb.Blob.from_file_path(str(FONTS / file)))
    return Typeface(name, hb.Font(face), face.upem, scale, leading)


def stack(latin: str, language: str = "") -> tuple[str, ...]:
    """The names of the typefaces to try in order: ``latin`` for Latin, Greek and Cyrillic, then the other scripts'.

    ``language`` (ISO 639-3) decides whose forms a Han character has: Chinese ones for Chinese, else Japanese ones.
    """
    han = ("chinese", "japanese") if language in ("zho", "yue", "cmn") else ("japanese", "chinese")
    return (latin, "garamond-display", *_SCRIPTS, *han, "korean")


def cover(text: str, names: Sequence[str]) -> list[tuple[str, Typeface]] | None:
    """``text`` cut into runs that one typeface each can set, in order; None if some character has no glyph anywhere.

    A character that several could set stays with the run before it, so that a Hebrew word's quotation marks are Hebrew.
    """
    runs: list[tuple[str, Typeface]] = []
    for char in text:
        if (
            runs
            and runs[-1][1].covers(char)
            and not (char.isalpha() and runs[-1][1].name != names[0] and typeface(names[0]).covers(char))
        ):
            runs[-1] = (runs[-1][0] + char, runs[-1][1])
            continue
        face = next((face for name in names if (face := typeface(name)).covers(char)), None)
        if face is None:
            return None
        runs.append((char, face))
    return runs
