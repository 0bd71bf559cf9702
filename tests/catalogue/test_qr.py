"""The pickup code's picture is read by a scanner and by a person."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image, ImageFilter

from catalogue.qr import pickup_qr


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("L")


def read(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image)]


def darkest(image: Image.Image) -> int:
    return next(level for level, pixels in enumerate(image.histogram()) if pixels)


def test_the_code_is_read_back_from_the_picture() -> None:
    assert read(opened(pickup_qr("B-7K4Q", shop="The Corner Bookshop"))) == ["B-7K4Q"]


def test_a_payload_stands_in_the_picture_instead_of_the_code() -> None:
    address = "https://t.me/corner_bookshop_bot?start=pickup_" + "A" * 40
    assert read(opened(pickup_qr("B-7K4Q", shop="Buchhandlung Ödön", payload=address))) == [address]


def test_it_is_read_small_turned_and_blurred() -> None:
    image = opened(pickup_qr("B-7K4Q", shop="The Corner Bookshop"))
    worn = (
        image.resize((200, 250)).rotate(17, fillcolor=255, expand=True).filter(ImageFilter.GaussianBlur(0.8))
    )
    assert read(worn) == ["B-7K4Q"]


def test_it_has_a_quiet_zone_and_strong_contrast() -> None:
    image = opened(pickup_qr("B-7K4Q", shop="The Corner Bookshop"))
    assert image.size == (640, 800)
    code = zxingcpp.read_barcodes(image)[0].position
    module = (code.top_right.x - code.top_left.x) / 21
    left = int(code.top_left.x)
    assert module >= 8
    quiet = image.crop((left - int(4 * module) + 2, int(code.top_left.y), left - 2, int(code.bottom_left.y)))
    assert darkest(quiet) == 255
    assert darkest(image) < 40


def test_letters_and_the_shop_are_written_out() -> None:
    plain = opened(pickup_qr("B-7K4Q", shop=" "))
    named = opened(pickup_qr("B-7K4Q", shop="The Corner Bookshop"))
    assert darkest(plain.crop((0, 20, 640, 110))) == 255
    assert darkest(named.crop((0, 20, 640, 110))) < 60
    assert darkest(named.crop((0, 630, 640, 800))) < 60


@pytest.mark.parametrize(("code", "payload"), [("", None), ("B-1", "x" * 3000)])
def test_what_cannot_be_a_code_is_refused(code: str, payload: str | None) -> None:
    with pytest.raises(ValueError, match="code"):
        pickup_qr(code, shop="Shop", payload=payload)
