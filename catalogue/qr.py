"""The picture that a customer shows at the counter: a QR code with its letters beneath."""

from __future__ import annotations

import io
from typing import Final

import segno
from PIL import Image, ImageDraw

from catalogue.cover_type import TEXT_FACE, TITLE_FACE
from catalogue.lettering import Block, draw, fit, set_words
from catalogue.typefaces import stack

WIDTH: Final = 640
HEIGHT: Final = 800

_INK: Final = (23, 26, 33)
_PAPER: Final = (255, 255, 255)
_QUIET_MODULES: Final = 4
"""ISO/IEC 18004, 9.1: a quiet zone of four modules on every side."""


def pickup_qr(code: str, *, shop: str, payload: str | None = None) -> bytes:
    """A PNG of 640 by 800 pixels: the shop's name, the QR code of ``payload`` (or of ``code``), and ``code`` to read out.

    Error correction is level Q (a quarter may be scratched or glaring); black on white, with the full quiet zone. Raises
    ValueError if the payload does not fit a QR code or ``code`` is empty.
    """
    if not code.strip():
        raise ValueError("a pickup code has letters")
    try:
        matrix = segno.make_qr(payload or code, error="q", boost_error=False).matrix
    except segno.DataOverflowError as error:
        raise ValueError("the payload is too long for a QR code") from error
    canvas = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    modules = len(matrix) + 2 * _QUIET_MODULES
    side = (500 // modules) * modules
    scale = side // modules
    left, top = (WIDTH - side) // 2, 96 + (500 - side) // 2
    small = Image.new("1", (modules, modules), 1)
    small.putdata([0 if dark else 1 for row in _framed(matrix) for dark in row])
    canvas.paste(
        small.convert("RGB").resize((modules * scale, modules * scale), Image.Resampling.NEAREST), (left, top)
    )
    _set(canvas, shop, TITLE_FACE, top=34, height=64, largest=44)
    ImageDraw.Draw(canvas).line((80, HEIGHT - 190, WIDTH - 80, HEIGHT - 190), fill=_INK, width=2)
    _set(canvas, code, TEXT_FACE, top=HEIGHT - 172, height=130, largest=104, tracking=0.06)
    out = io.BytesIO()
    canvas.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _framed(matrix: tuple[bytearray, ...]) -> list[list[bool]]:
    """The modules with their quiet zone; True is dark."""
    edge = [False] * _QUIET_MODULES
    empty = [False] * (len(matrix) + 2 * _QUIET_MODULES)
    return (
        [empty] * _QUIET_MODULES
        + [edge + [bool(m) for m in row] + edge for row in matrix]
        + [empty] * _QUIET_MODULES
    )


def _set(
    canvas: Image.Image,
    text: str,
    face: str,
    *,
    top: float,
    height: float,
    largest: float,
    tracking: float = 0.0,
) -> None:
    words = set_words(text, stack(face), tracking=tracking)
    block: Block | None = (
        fit(words, width=WIDTH - 80, height=height, largest=largest, smallest=12, most_lines=2)
        if words
        else None
    )
    if block is not None:
        draw(canvas, block, left=40, top=top + (height - block.height) / 2, width=WIDTH - 80, colour=_INK)
