"""ISBN barcodes in a photo of a book's back.

A book's barcode is an EAN-13 whose number is the ISBN (ISO 2108, annex on bar codes); a five-digit price beside it is not
read. A QR code is read as well: publishers print them, with an ISBN in a link. Photos come from strangers: the picture's size
is looked at before anything is decoded.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from catalogue.isbn import parse_isbn
from domain.barcode import NoIsbn
from domain.search.isbn import spot

MOST_PIXELS: Final = 50_000_000
"""More than any telephone's photo; a bomb says a thousand times this."""

MOST_BYTES: Final = 20 * 1024 * 1024
"""What a bot may download (Bot API, getFile)."""

_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
_CODES: Final = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.EAN13,
        zxingcpp.BarcodeFormat.UPCA,
        zxingcpp.BarcodeFormat.EAN8,
        zxingcpp.BarcodeFormat.QRCode,
    ]
)
_LONGEST_TEXT: Final = 1000
_SIDE: Final = 1800
_SMALL_SIDE: Final = 900
_SLIPS: Final = 4
_PALE: Final = 200
_ANGLES: Final = (15, 30, 45, 60, 75)
"""Bars are found some ten degrees around the upright and the level; these turn all others there,"""
_FEW_ANGLES: Final = (30, 60)
"""and these nearly all, for a picture that is sharp enough to have been read."""


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


def read_isbns(photo: bytes) -> tuple[str, ...] | NoIsbn:
    """The ISBN-13s that the photo's codes name, each once, from top to bottom and left to right; those that are only found when
    it is turned come last. Never empty: it is told why there is none.

    Takes JPEG, PNG, WebP, GIF and BMP, turned by any angle or by its EXIF orientation, light on dark as well. Anything
    else, a broken file included, is `NoIsbn.NOT_A_PICTURE`; more than `MOST_PIXELS` or `MOST_BYTES` is
    `NoIsbn.TOO_LARGE` and is not decoded. It takes up to about a second of CPU: run it in a thread.
    """
    if len(photo) > MOST_BYTES:
        return NoIsbn.TOO_LARGE
    grey = _grey(photo)
    if isinstance(grey, NoIsbn):
        return grey
    longest = max(grey.size)
    fitted = (
        grey if longest <= _SIDE else grey.resize(_scaled(grey, _SIDE / longest), Image.Resampling.LANCZOS)
    )
    # Bars are few and thin: nothing may be cut off at either end of the scale, or they are gone.
    fitted = ImageOps.autocontrast(fitted)
    upright = _scan(fitted)
    others, found = upright.others, list(upright.isbns)
    # Several books may lie about at several angles.
    for image in _turned(fitted, _FEW_ANGLES if found else _ANGLES):
        read = _scan(image)
        others = others or read.others
        found.extend(one for one in read.isbns if not any(_alike(one, other) for other in found))
    if found:
        return tuple(found)
    for image in _versions(grey, fitted):
        read = _scan(image)
        others = others or read.others
        if read.isbns:
            return read.isbns
    return NoIsbn.OTHER_CODE if others else NoIsbn.NOTHING


def _alike(isbn: str, other: str) -> bool:
    """Whether one may be the other, read askew."""
    return sum(a != b for a, b in zip(isbn, other, strict=True)) <= _SLIPS


def _grey(photo: bytes) -> Image.Image | NoIsbn:
    """The picture upright and in grey."""
    try:
        with Image.open(io.BytesIO(photo), formats=_FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                return NoIsbn.TOO_LARGE
            image.draft("L", (_SIDE, _SIDE))
            upright = ImageOps.exif_transpose(image)
            if upright.has_transparency_data:
                paper = Image.new("RGBA", upright.size, "white")
                paper.alpha_composite(upright.convert("RGBA"))
                upright = paper
            return upright.convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return NoIsbn.TOO_LARGE
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError):
        # What Pillow raises for a picture that is none, is cut short or lies about itself, by decoder.
        return NoIsbn.NOT_A_PICTURE


def _turned(fitted: Image.Image, angles: Sequence[int]) -> Iterator[Image.Image]:
    for angle in angles:
        yield fitted.rotate(angle, resample=Image.Resampling.BILINEAR, expand=True, fillcolor=_PALE)


def _versions(grey: Image.Image, fitted: Image.Image) -> Iterator[Image.Image]:
    """Other views of the picture in which a hard case may read: with more contrast, sharper, larger, smaller."""
    longest = max(grey.size)
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
    else:
        # Out of focus.
        double = fitted.resize(_scaled(fitted, 2), Image.Resampling.BICUBIC)
        yield double.filter(ImageFilter.UnsharpMask(radius=4, percent=300, threshold=0))
        yield fitted.resize(_scaled(fitted, 0.5), Image.Resampling.LANCZOS)
    yield fitted.filter(ImageFilter.MedianFilter(3))


def _scaled(image: Image.Image, factor: float) -> tuple[int, int]:
    return max(1, round(image.width * factor)), max(1, round(image.height * factor))


@dataclass(frozen=True, slots=True)
class _Read:
    """``others``: there are codes that are no book's."""

    isbns: tuple[str, ...]
    others: bool


def _scan(image: Image.Image) -> _Read:
    codes = zxingcpp.read_barcodes(
        image,
        formats=_CODES,
        ean_add_on_symbol=zxingcpp.EanAddOnSymbol.Ignore,
        text_mode=zxingcpp.TextMode.Plain,
    )
    found: list[_Found] = []
    for code in codes:
        place = code.position
        corners = (place.top_left, place.top_right, place.bottom_left, place.bottom_right)
        across, down = sorted(corner.x for corner in corners), sorted(corner.y for corner in corners)
        for isbn in _isbns(code):
            found.append(_Found(isbn, across[0], down[0], across[-1], down[-1]))
    kept: list[_Found] = []
    for one in sorted(found, key=lambda one: one.area, reverse=True):
        if not any(one.misreads(other) for other in kept):
            kept.append(one)
    kept.sort(key=lambda one: (one.top, one.left))
    return _Read(tuple(dict.fromkeys(one.isbn for one in kept)), others=len(codes) > 0 and not kept)


def _isbns(code: zxingcpp.Barcode) -> tuple[str, ...]:
    if code.format == zxingcpp.BarcodeFormat.QRCode:
        return spot(code.text[:_LONGEST_TEXT])[0]
    isbn = parse_isbn(code.text)
    return () if isbn is None else (isbn,)
