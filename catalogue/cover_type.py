"""What stands on a cover, set in type: title, subtitle and author as large as their place allows."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from PIL import Image

from catalogue.lettering import Block, draw, fit, set_words
from catalogue.ornaments import Colour
from catalogue.typefaces import stack

TITLE_FACE: Final = "garamond-display"
TEXT_FACE: Final = "garamond-text"
ITALIC_FACE: Final = "garamond-italic"

_LONGEST_SUBTITLE: Final = 72


@dataclass(frozen=True, slots=True)
class Front:
    """What stands on a cover, all of it in characters that the typefaces have; an empty text is left out."""

    title: str
    subtitle: str
    author: str
    language: str


def capitals(text: str) -> str:
    """``text`` in capitals; Greek ones lose their accents, as Greek capitals do."""
    plain: list[str] = []
    base = ""
    for char in unicodedata.normalize("NFD", text.upper()):
        if not unicodedata.combining(char):
            base = char
        elif char in "\u0300\u0301\u0313\u0314\u0342" and "\u0370" <= base <= "\u03ff":
            continue
        plain.append(char)
    return unicodedata.normalize("NFC", "".join(plain))


def title_block(front: Front, width: float, height: float, largest: float) -> Block | None:
    return _largest(front.title, TITLE_FACE, front.language, width, height, largest)


def subtitle_block(front: Front, width: float, height: float) -> Block | None:
    if len(front.subtitle) > _LONGEST_SUBTITLE:
        return None
    words = set_words(front.subtitle, stack(ITALIC_FACE, front.language))
    return fit(words, width=width, height=height, largest=31, smallest=19) if words else None


def author_block(front: Front, width: float, height: float, largest: float) -> Block | None:
    cased = front.author.upper() != front.author.lower()
    text = capitals(front.author) if cased else front.author
    words = set_words(text, stack(TEXT_FACE, front.language), tracking=0.1 if cased else 0.0)
    if not words:
        return None
    size = largest if cased else largest * 1.25
    return fit(words, width=width, height=height, largest=size, smallest=15, most_lines=3) or fit(
        words, width=width, height=height * 2, largest=size, smallest=8
    )


def _largest(
    text: str, face: str, language: str, width: float, height: float, largest: float
) -> Block | None:
    """The text as large as it fits; cut at a word's end, with an ellipsis, if it is too long for any legible size."""
    faces = stack(face, language)
    words = set_words(text, faces)
    while words:
        block = fit(words, width=width, height=height, largest=largest, smallest=22)
        if block is not None:
            return block
        shorter, space, _ = text.rstrip("…").rpartition(" ")
        text = f"{shorter}…" if space else f"{text.rstrip('…')[: len(text) * 3 // 4]}…"
        words = set_words(text, faces)
    return None


def high_of(block: Block | None, gap: float) -> float:
    return 0.0 if block is None else block.height + gap


def put(
    canvas: Image.Image,
    block: Block | None,
    top: float,
    left: float,
    width: float,
    colour: Colour,
    align: str = "centre",
) -> float:
    """Draw the block, if there is one, and tell where it ends."""
    if block is None:
        return top
    draw(canvas, block, left=left, top=top, width=width, colour=colour, align=align)
    return top + block.height


def side_of(block: Block | None) -> str:
    return "right" if block is not None and block.rtl else "left"
