"""A cover as a small square, for lists that show nothing but squares: whole, before itself out of focus."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageFilter

SIDE: Final = 320
"""Pixels. Telegram's own thumbnails are no larger (Bot API, sendDocument.thumbnail); its apps show them at up to 64 points."""
_SOFT: Final = 24
"""How far the ground is out of focus, in pixels."""


def square_thumbnail(picture: bytes) -> bytes:
    """A JPEG of `SIDE` by `SIDE` pixels, some 15 KB, of a picture of any shape.

    The apps crop what is no square to its middle, which would cut a book's title away: so the whole picture stands before its
    own middle, blurred.
    """
    with Image.open(io.BytesIO(picture)) as opened:
        whole = opened.convert("RGB")
    front = _scaled(whole, SIDE / max(whole.size), Image.Resampling.LANCZOS)
    ground = _scaled(whole, SIDE / min(whole.size), Image.Resampling.BILINEAR)
    left, top = (ground.width - SIDE) // 2, (ground.height - SIDE) // 2
    square = ground.crop((left, top, left + SIDE, top + SIDE)).filter(ImageFilter.GaussianBlur(_SOFT))
    square.paste(front, ((SIDE - front.width) // 2, (SIDE - front.height) // 2))
    out = io.BytesIO()
    square.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()


def _scaled(picture: Image.Image, scale: float, how: Image.Resampling) -> Image.Image:
    return picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))), how)
