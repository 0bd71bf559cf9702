"""Covers as small squares: whole, whatever their shape."""

from __future__ import annotations

import io
from typing import cast

import pytest
from PIL import Image

from catalogue.covers import cover_jpeg
from catalogue.thumbnails import SIDE, square_thumbnail


def picture(width: int, height: int, mode: str = "RGB", kind: str = "JPEG") -> bytes:
    """A frame of red around white."""
    drawn = Image.new("RGB", (width, height), "red")
    drawn.paste("white", (width // 10, height // 10, width - width // 10, height - height // 10))
    out = io.BytesIO()
    drawn.convert(mode).save(out, kind, **({"quality": 95} if kind == "JPEG" else {}))
    return out.getvalue()


@pytest.mark.parametrize(
    ("width", "height"), [(600, 900), (900, 600), (500, 500), (60, 90), (1000, 40), (3, 900)]
)
def test_any_picture_becomes_a_square(width: int, height: int) -> None:
    small = Image.open(io.BytesIO(square_thumbnail(picture(width, height))))
    assert (small.format, small.size, small.mode) == ("JPEG", (SIDE, SIDE), "RGB")


def test_a_tall_cover_is_seen_from_top_to_bottom_in_the_middle() -> None:
    small = Image.open(io.BytesIO(square_thumbnail(picture(600, 900)))).convert("RGB")
    for y in (4, SIDE - 5):  # the frame's upper and lower edge
        red, green, blue = cast("tuple[int, int, int]", small.getpixel((SIDE // 2, y)))
        assert red > 200
        assert max(green, blue) < 60
    assert small.getpixel((SIDE // 2, SIDE // 2)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["RGBA", "L", "P"])
def test_a_picture_of_any_mode_will_do(mode: str) -> None:
    assert square_thumbnail(picture(60, 90, mode, "PNG")).startswith(b"\xff\xd8\xff")


def test_it_is_small_and_the_same_every_time() -> None:
    cover = cover_jpeg("Pride and Prejudice", ["Jane Austen"], key="7")
    assert square_thumbnail(cover) == square_thumbnail(cover)
    assert len(square_thumbnail(cover)) < 30_000
