"""ISBN barcodes in a photo of a book's back.

A book's barcode is an EAN-13 whose number is the ISBN (ISO 2108, annex on bar codes); a five-digit price beside it is not
read. Photos come from strangers: the picture's size is looked at before anything is decoded.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from catalogue.isbn import parse_isbn

MOST_PIXELS: Final = 50_000_000
"""More than any telephone's photo; a bomb says a thousand times this."""

MOST_BYTES: Final = 20 * 1024 * 1024
"""What a bot may download (Bot API, getFile)."""

_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_SIDE: Final = 1800
_SMALL_SIDE: Final = 900
_SLIPS: Final = 4
_PALE: Final = 200
_ANGLES: Final = (15, 30, 45, 60, 75)
"""Bars are found some ten degrees around the upright and the level; these turn all others there."""


class BadImage(StrEnum):
    """Why nothing could be looked for in the picture."""

    NOT_AN_IMAGE = "not_an_image"
    TOO_LARGE = "too_large"


@dataclass(frozen=True, slots=True)
class _Found:
    """A number read, and the upright box around its bars."""

    isbn: str
    left: int
    top: int
    right: int
    bottom: int

    @property
    def area(self) -> int:
        return (self.right - self.left) * (self.bottom - self.top)

    def misreads(self, other: _Found) -> bool:
        """Whether this is ``other`` read askew: nearly its digits, on a sliver of the same bars.

        A line that leaves slanted bars at the side can still end in a fitting check digit.
        """
        near = (other.bottom - other.top) // 2
        beside = self.left > other.right + near or self.right < other.left - near
        apart = beside or self.top > other.bottom + near or self.bottom < other.top - near
        return not apart and sum(a != b for a, b in zip(self.isbn, other.isbn, strict=True)) <= _SLIPS


def read_isbns(photo: bytes) -> tuple[str, ...] | BadImage:
    """The ISBN-13s whose barcodes the photo shows, each once, from top to bottom and left to right; none is ``()``.

    Takes JPEG, PNG, WebP, GIF and BMP, turned by any angle or by its EXIF orientation, light on dark as well. Anything
    else, a broken file included, is `BadImage.NOT_AN_IMAGE`; more than `MOST_PIXELS` or `MOST_BYTES` is
    `BadImage.TOO_LARGE` and is not decoded. It takes up to about a second of CPU: run it in a thread.
    """
    if len(photo) > MOST_BYTES:
        return BadImage.TOO_LARGE
    grey = _grey(photo)
    if isinstance(grey, BadImage):
        return grey
    for image in _versions(grey):
        found = _scan(image)
        if found:
            return found
    return ()


def _grey(photo: bytes) -> Image.Image | BadImage:
    """The picture upright and in grey."""
    try:
        with Image.open(io.BytesIO(photo), formats=_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                return BadImage.TOO_LARGE
            image.draft("L", (_SIDE, _SIDE))
            upright = ImageOps.exif_transpose(image)
            if upright.has_transparency_data:
                paper = Image.new("RGBA", upright.size, "white")
                paper.alpha_composite(upright.convert("RGBA"))
                upright = paper
            return upright.convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return BadImage.TOO_LARGE
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError):
        # What Pillow raises for a picture that is none, is cut short or lies about itself, by decoder.
        return BadImage.NOT_AN_IMAGE


def _versions(grey: Image.Image) -> Iterator[Image.Image]:
    """The picture, and then other views of it in which a hard case may read: sharper, larger, with more contrast."""
    longest = max(grey.size)
    fitted = grey
    if longest > _SIDE:
        fitted = grey.resize(_scaled(grey, _SIDE / longest), Image.Resampling.LANCZOS)
    yield fitted
    for angle in _ANGLES:
        yield fitted.rotate(angle, resample=Image.Resampling.BILINEAR, expand=True, fillcolor=_PALE)
    yield ImageOps.autocontrast(fitted, cutoff=2).filter(
        ImageFilter.UnsharpMask(radius=2, percent=180, threshold=2)
    )
    yield ImageOps.invert(fitted)
    if longest > _SIDE:
        yield grey
    if longest < _SMALL_SIDE:
        large = fitted.resize(_scaled(fitted, 3), Image.Resampling.BICUBIC)
        yield large
        yield large.filter(ImageFilter.UnsharpMask(radius=5, percent=250, threshold=2))
    yield fitted.filter(ImageFilter.MedianFilter(3))


def _scaled(image: Image.Image, factor: float) -> tuple[int, int]:
    return max(1, round(image.width * factor)), max(1, round(image.height * factor))


def _scan(image: Image.Image) -> tuple[str, ...]:
    codes = zxingcpp.read_barcodes(
        image,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.EAN13),
        ean_add_on_symbol=zxingcpp.EanAddOnSymbol.Ignore,
        text_mode=zxingcpp.TextMode.Plain,
    )
    found: list[_Found] = []
    for code in codes:
        isbn = parse_isbn(code.text)
        if isbn is not None:
            place = code.position
            corners = (place.top_left, place.top_right, place.bottom_left, place.bottom_right)
            across, down = sorted(corner.x for corner in corners), sorted(corner.y for corner in corners)
            found.append(_Found(isbn, across[0], down[0], across[-1], down[-1]))
    kept: list[_Found] = []
    for one in sorted(found, key=lambda one: one.area, reverse=True):
        if not any(one.misreads(other) for other in kept):
            kept.append(one)
    kept.sort(key=lambda one: (one.top, one.left))
    return tuple(dict.fromkeys(one.isbn for one in kept))
