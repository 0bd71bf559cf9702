"""Barcodes in photos, drawn here and then turned, shrunk, blurred and soiled as photos are."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFilter

from catalogue.barcode import MOST_BYTES, read_isbns
from domain.barcode import NoIsbn

DUNE, HOBBIT = "9780340839935", "9780547928227"
FRENCH = "9791034304899"


def barcode(number: str, *, module: int = 3) -> Image.Image:
    code = zxingcpp.create_barcode(number, zxingcpp.BarcodeFormat.EAN13)
    return Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=module)).convert("L")


def back_cover(*numbers: str, module: int = 3, size: tuple[int, int] = (1200, 1600)) -> Image.Image:
    """A pale book's back with the codes below each other."""
    page = Image.new("L", size, 228)
    for place, number in enumerate(numbers):
        code = barcode(number, module=module)
        page.paste(code, (size[0] // 3, size[1] // 4 + place * (code.height + 120)))
    return page


def as_jpeg(image: Image.Image, *, quality: int = 80, orientation: int | None = None) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    if orientation is not None:
        exif[0x0112] = orientation
    image.convert("RGB").save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()


def as_png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_a_plain_photo_is_read() -> None:
    assert read_isbns(as_jpeg(back_cover(DUNE))) == (DUNE,)
    assert read_isbns(as_png(back_cover(FRENCH))) == (FRENCH,)


@pytest.mark.parametrize("angle", [5, 9, 12, 33, 45, 81, 90, 135, 180, 200, 270])
def test_a_turned_photo_is_read(angle: int) -> None:
    page = back_cover(DUNE).rotate(angle, expand=True, fillcolor=228, resample=Image.Resampling.BICUBIC)
    assert read_isbns(as_jpeg(page)) == (DUNE,)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_that_says_how_it_was_held_is_read(orientation: int) -> None:
    assert read_isbns(as_jpeg(back_cover(DUNE), orientation=orientation)) == (DUNE,)


def test_two_codes_are_listed_from_top_to_bottom_and_one_twice_once() -> None:
    assert read_isbns(as_jpeg(back_cover(HOBBIT, DUNE))) == (HOBBIT, DUNE)
    assert read_isbns(as_jpeg(back_cover(DUNE, DUNE))) == (DUNE,)


def test_a_small_code_in_a_large_photo_is_read() -> None:
    page = Image.new("L", (3000, 4000), 200)
    page.paste(barcode(DUNE, module=3), (1900, 3300))
    assert read_isbns(as_jpeg(page)) == (DUNE,)


def test_a_thumbnail_is_read() -> None:
    page = back_cover(DUNE, module=4, size=(700, 500))
    assert read_isbns(as_jpeg(page.resize((320, 229), Image.Resampling.LANCZOS), quality=90)) == (DUNE,)


def test_a_blurred_dim_and_noisy_photo_is_read() -> None:
    page = back_cover(DUNE, module=4).rotate(8, fillcolor=228).filter(ImageFilter.GaussianBlur(1.7))
    noise = Image.effect_noise(page.size, 38).point(lambda level: level // 3)
    dim = ImageChops.add(page.point(lambda level: level // 2 + 30), noise)
    assert read_isbns(as_jpeg(dim, quality=55)) == (DUNE,)


def test_light_bars_on_a_dark_cover_are_read() -> None:
    assert read_isbns(as_jpeg(ImageChops.invert(back_cover(DUNE)))) == (DUNE,)


def test_a_transparent_picture_is_read_on_white() -> None:
    code = barcode(DUNE)
    clear = Image.new("RGBA", code.size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (0, 0), code.point(lambda level: 255 - level))
    assert read_isbns(as_png(clear)) == (DUNE,)


def test_a_price_beside_the_code_is_not_part_of_it() -> None:
    page = back_cover(DUNE)
    bars = barcode(DUNE)
    addon = Image.new("L", (150, bars.height - 30), 255)
    for x in range(4, 140, 9):
        addon.paste(0, (x, 10, x + 3, bars.height - 40))
    page.paste(addon, (page.width // 3 + bars.width + 12, page.height // 4 + 20))
    assert read_isbns(as_jpeg(page)) == (DUNE,)


@pytest.mark.parametrize("sigma", [1.5, 2, 2.5])
def test_a_photo_that_is_out_of_focus_is_read(sigma: float) -> None:
    page = back_cover(DUNE, module=4).filter(ImageFilter.GaussianBlur(sigma))
    assert read_isbns(as_jpeg(page)) == (DUNE,)


@pytest.mark.parametrize("light", [0.3, 0.06])
def test_a_photo_taken_in_the_dark_is_read(light: float) -> None:
    page = back_cover(DUNE).rotate(35, expand=True, fillcolor=228).filter(ImageFilter.GaussianBlur(0.8))
    assert read_isbns(as_jpeg(page.point(lambda value: value * light))) == (DUNE,)


@pytest.mark.parametrize(("first", "second"), [(0, 45), (30, 60), (0, 90), (45, -45)])
def test_books_that_lie_at_several_angles_are_all_read(first: int, second: int) -> None:
    table = Image.new("L", (2400, 3000), 228)
    for number, angle, place in ((DUNE, first, (200, 200)), (HOBBIT, second, (1200, 1800))):
        turned = barcode(number, module=5).rotate(angle, expand=True, fillcolor=228)
        table.paste(turned, place)
    assert sorted(read_isbns(as_jpeg(table))) == sorted((DUNE, HOBBIT))


def qr(text: str) -> Image.Image:
    out = io.BytesIO()
    segno.make(text, micro=False).save(out, kind="png", scale=8, border=4)
    page = Image.new("L", (1200, 1600), 228)
    page.paste(Image.open(out).convert("L"), (200, 300))
    return page


@pytest.mark.parametrize(
    "text",
    ["ISBN 978-0-340-83993-5", "https://books.example/item/9780340839935?ref=back", "urn:isbn:9780340839935"],
)
def test_a_qr_code_that_names_an_isbn_is_read(text: str) -> None:
    assert read_isbns(as_jpeg(qr(text))) == (DUNE,)
    assert read_isbns(as_jpeg(qr(text).rotate(30, expand=True, fillcolor=228))) == (DUNE,)


def test_a_qr_code_that_names_none_is_no_book() -> None:
    assert read_isbns(as_jpeg(qr("https://example.org/hello"))) is NoIsbn.OTHER_CODE


def test_a_box_of_tea_is_no_book() -> None:
    assert read_isbns(as_jpeg(back_cover("4006381333931"))) is NoIsbn.OTHER_CODE


def test_a_picture_without_a_code_has_none() -> None:
    assert read_isbns(as_jpeg(Image.effect_mandelbrot((400, 300), (-2, -1, 1, 1), 40))) is NoIsbn.NOTHING


@given(st.binary(max_size=300))
def test_what_is_no_picture_is_told_as_that(data: bytes) -> None:
    assert read_isbns(data) is NoIsbn.NOT_A_PICTURE


@given(cut=st.integers(min_value=1, max_value=4000))
def test_a_photo_that_broke_off_is_told_or_still_read(cut: int) -> None:
    data = as_jpeg(back_cover(DUNE, size=(500, 400), module=2))
    assert read_isbns(data[:-cut]) in ((DUNE,), NoIsbn.NOTHING, NoIsbn.NOT_A_PICTURE)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    for side in (9_000, 12_000, 60_000):
        header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
        bomb = (
            b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", header)
            + chunk(b"IDAT", zlib.compress(bytes(1000)))
            + chunk(b"IEND", b"")
        )
        assert read_isbns(bomb) is NoIsbn.TOO_LARGE


def test_a_file_that_is_too_long_is_refused() -> None:
    assert read_isbns(bytes(MOST_BYTES + 1)) is NoIsbn.TOO_LARGE


@pytest.mark.parametrize("kind", ["TIFF", "PDF", "ICO"])
def test_other_kinds_of_file_are_not_opened(kind: str) -> None:
    out = io.BytesIO()
    back_cover(DUNE, size=(256, 256), module=1).convert("RGB").save(out, kind)
    assert read_isbns(out.getvalue()) is NoIsbn.NOT_A_PICTURE
