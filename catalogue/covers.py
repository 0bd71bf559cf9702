"""Covers for books that come without one: type, a few colours and an ornament, like a well-kept classics series.

A cover is decided by the book alone: the same book looks the same on every machine, and two books look different.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from PIL import Image

from catalogue.cover_layouts import LAYOUTS, Palette
from catalogue.cover_type import TEXT_FACE, TITLE_FACE, Front, capitals
from catalogue.dice import Dice
from catalogue.lettering import can_set
from catalogue.ornaments import PATTERNS, PICTURES, Colour
from catalogue.typefaces import stack, typeface


def _colour(code: str) -> Colour:
    return (int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16))


def _palette(ground: str, paper: str, ink: str, first: str, second: str) -> Palette:
    return Palette(_colour(ground), _colour(paper), _colour(ink), _colour(first), _colour(second))


PALETTES: Final = (
    _palette("17324d", "f6efe0", "17324d", "2f5d7c", "e2a23b"),
    _palette("7a1f2b", "f7ecdb", "5c1520", "a63d40", "e8b86d"),
    _palette("1f4d3f", "f3eddc", "163a2f", "3b7a5e", "e6b450"),
    _palette("2b2d42", "f2efe9", "2b2d42", "5a5f80", "ef6f5e"),
    _palette("8c4a1f", "fbf0dc", "5f3012", "c1763a", "f0c26a"),
    _palette("3d2c4f", "f4ecf0", "33233f", "6f5491", "e59f71"),
    _palette("0f5257", "f1efe2", "0b3f43", "2c8c8f", "f2b279"),
    _palette("43302e", "f5ebdd", "3a2826", "7d5a4f", "d9a05b"),
    _palette("1b1b1e", "f4f0e6", "1b1b1e", "4b4a54", "d8973c"),
    _palette("27496d", "eef1f4", "1d3a58", "5f8fb5", "f4c95d"),
    _palette("5a3a22", "f3e9d2", "4a2e1a", "9a6a3c", "7fa08a"),
    _palette("6b2d5c", "f8ecef", "55204a", "a14f83", "f0a868"),
    _palette("2f4b26", "f4f1de", "25401d", "6a8d4a", "e07a5f"),
    _palette("374151", "f3f1ec", "293241", "6b7a90", "ee6c4d"),
    _palette("a23b2a", "fdf2e1", "7b2618", "d0694a", "f5c781"),
    _palette("134074", "eef4ed", "0b2545", "3f74a8", "8da9c4"),
)

_APOSTROPHE: Final = re.compile(r"(?<=[^\W\d_])'")
"""A typewriter's apostrophe within or after a word, which type sets as a curly one."""

LARGEST: Final = 98_000
"""Bytes that a cover has at most."""

_SUBJECT_ORNAMENTS: Final = {
    "science-fiction": ("orbits", "moons", "rays"),
    "fantasy": ("hills", "moons", "stars"),
    "nature": ("branch", "hills", "petals"),
    "travel": ("hills", "waves", "rays"),
    "crime": ("towers", "moons", "lozenges"),
    "thriller": ("towers", "rays", "triangles"),
    "society": ("towers", "arcs", "spines"),
    "business": ("towers", "triangles", "bows"),
    "romance": ("petals", "branch", "scales"),
    "poetry": ("branch", "waves", "petals"),
    "children": ("bows", "hills", "arcs"),
    "picture-books": ("bows", "arcs", "moons"),
    "science": ("orbits", "arcs", "stars"),
    "history": ("lozenges", "spines", "stars"),
    "classics": (
        "petals",
        "scales",
        "lozenges",
        "stars",
        "spines",
        "branch",
        "waves",
        "arcs",
        "bows",
        "hills",
    ),
    "cooking": ("scales", "branch", "arcs"),
    "horror": ("moons", "towers", "triangles"),
}


def cover_jpeg(
    title: str,
    authors: Sequence[str] = (),
    *,
    key: str = "",
    language: str = "",
    subjects: Sequence[str] = (),
    alternatives: Sequence[str] = (),
) -> bytes:
    """A cover of 600 by 900 pixels as a JPEG below 100 KB.

    ``key`` (an ISBN, an id) tells editions of one title apart. ``language`` (ISO 639-3) chooses between Chinese and
    Japanese forms; ``subjects`` (shop codes) lean the choice of ornament. Where the project's typefaces lack a character
    of the title, the first of ``alternatives`` (other titles, a transliteration) that they can set stands in its place;
    failing that the cover has its ornament and the author, and never an empty box.
    """
    front = _front(title, authors, language, alternatives)
    dice = Dice("\n".join((title, *authors, key)))
    palette = dice.pick(PALETTES)
    canvas = dice.pick(LAYOUTS)(front, palette, _ornaments(subjects), dice)
    return _jpeg(canvas)


def _jpeg(canvas: Image.Image) -> bytes:
    """As good as fits in the size: a busy pattern gets a little less than a plain ground."""
    data = b""
    for quality in (90, 82, 74, 60, 40):
        out = io.BytesIO()
        canvas.save(out, "JPEG", quality=quality, optimize=True)
        data = out.getvalue()
        if len(data) <= LARGEST:
            break
    return data


def _front(title: str, authors: Sequence[str], language: str, alternatives: Sequence[str]) -> Front:
    faces, text_faces = stack(TITLE_FACE, language), stack(TEXT_FACE, language)
    candidates = (_settable(text, faces) for text in (title, *alternatives))
    known = next((text for text in candidates if text and can_set(text, faces)), "")
    main, subtitle = _divided(known)
    names = (_settable(name, text_faces) for name in authors[:3])
    settable = [
        name for name in names if name and can_set(capitals(name), text_faces) and can_set(name, text_faces)
    ]
    return Front(main, subtitle, " · ".join(settable), language)


def _settable(text: str, faces: Sequence[str]) -> str:
    """The text composed (NFC), without controls, and without the symbols (emoji) for which there is no glyph."""
    kept = []
    for char in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(char)
        joiner = char in "\u200c\u200d"
        symbol = kind in ("So", "Sk", "Sm", "Co", "Cn", "Cs") or 0xFE00 <= ord(char) <= 0xFE0F
        if (kind not in ("Cc", "Cf") or joiner) and not (
            symbol and not any(typeface(f).covers(char) for f in faces)
        ):
            kept.append(char if kind != "Cc" else " ")
    return _APOSTROPHE.sub("’", " ".join("".join(kept).split()))


def _divided(title: str) -> tuple[str, str]:
    """Title and subtitle: what follows the first colon, if both parts can stand alone."""
    for colon in (": ", "："):
        main, found, rest = title.partition(colon)
        if found and main.strip() and len(rest.strip()) >= 3:
            return main.strip(), rest.strip()
    return title, ""


def _ornaments(subjects: Sequence[str]) -> tuple[str, ...]:
    for subject in subjects:
        if subject in _SUBJECT_ORNAMENTS:
            return _SUBJECT_ORNAMENTS[subject]
    return (*PATTERNS, *PICTURES)
