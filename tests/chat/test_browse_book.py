"""A book's page, and the ways to it from outside the chat."""

from __future__ import annotations

import io
import re

import pytest
import zxingcpp
from PIL import Image

from sandbox.persons import Person
from tests.chat.shop import Shop

DUNE, LEFT_HAND = "9780340839935", "9780441478125"


async def open_book(person: Person, title: str) -> None:
    await person.types(title)
    await person.taps("1")


def photo_of(*isbns: str) -> bytes:
    """Barcodes beneath one another, with the white around them that a reader needs."""
    picture = Image.new("RGB", (700, 60 + 320 * max(1, len(isbns))), "white")
    for place, isbn in enumerate(isbns):
        code = zxingcpp.create_barcode(isbn, zxingcpp.BarcodeFormat.EAN13)
        bars = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=4, add_quiet_zones=True))
        picture.paste(bars.convert("RGB"), (60, 40 + 320 * place))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


async def test_stepper_and_cart_button_work_on_the_page(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await open_book(ann, "pride and prejudice")
    ann.sees("€8.90 · 5 here, shelf F-12", "[ Add to cart ]", "[ − ] [ 1 ] [ + ]")
    await ann.taps("+")
    await ann.taps("+")
    ann.sees("[ Add 3 to cart · €26.70 ]")
    await ann.taps("Add 3 to cart")
    ann.sees("[ − ] [ In cart · 3 ] [ + ]", "[ Cart · 3 ]")
    await ann.taps("−")
    ann.sees("In cart · 2")
    await ann.taps("Cart · 2")
    ann.sees("Pride and Prejudice", "€17.80")


async def test_second_tap_on_add_changes_nothing(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await open_book(ann, "pride and prejudice")
    await ann.taps("Add to cart", times=2)
    ann.sees("In cart · 1", "Cart · 1")


async def test_old_add_button_shows_the_book_as_it_stands(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await open_book(ann, "emma")
    old = ann.button("Add to cart")
    await ann.types("dune")
    await ann.presses(old)
    ann.sees("That button is from an older message.", "Emma", "[ Add to cart ]")


async def test_no_more_can_be_asked_for_than_there_are(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await open_book(ann, "emma")
    await ann.taps("+")
    assert ann.toast == "There is only one copy, and no more can be had."
    ann.sees("[ − ] [ 1 ] [ + ]")


async def test_more_than_the_shop_has_is_ordered(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await open_book(ann, "die verwandlung")
    for _ in range(3):
        await ann.taps("+")
    ann.sees("[ 4 ]", "The rest we order for you: here in about 4 days.")


async def test_book_to_come_and_book_without_a_price_say_what_can_be_done(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await open_book(ann, "the winter guest")
    ann.sees("Out on 3 March 2027", "[ Add to cart ]")
    await open_book(ann, "silver chair of nowhere")
    ann.sees("ask for the price", "[ Ask the shop ]")
    ann.does_not_see("Add to cart", "€")
    await ann.taps("Ask the shop")
    ann.sees("The Silver Chair of Nowhere", "Mail: hello@corner.example")
    await ann.taps("Back")
    ann.sees("[ Ask the shop ]")
    await open_book(ann, "not to be had")
    ann.sees("Not to be had at present.")
    ann.does_not_see("Add to cart")


async def test_deep_link_opens_the_book_ready_to_add(shop: Shop) -> None:
    ann, tom = await shop.person("Ann"), await shop.person("Tom")
    card = (await ann.asks_inline("dune messiah"))["results"][0]
    payload = card_link(card).partition("?start=")[2]
    assert re.fullmatch(r"book_\d+", payload)
    await tom.starts(payload)
    tom.sees("Dune Messiah", "[ Add to cart ]")
    await tom.taps("Home")
    tom.sees("welcome to")


@pytest.mark.parametrize(
    "payload", ["book_", "book_x", "book_99999999", "book_9999999999999999999", "nothing"]
)
async def test_broken_deep_link_still_opens_the_shop(shop: Shop, payload: str) -> None:
    ann = await shop.person("Ann")
    await ann.starts(payload)
    ann.sees("welcome to The Corner Bookshop", "[ New ]")


async def test_photo_of_a_barcode_opens_the_book(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.sends_photo(photo_of(DUNE))
    ann.sees("Dune", "Frank Herbert", "[ Add to cart ]")
    await ann.sends_document(photo_of(DUNE), "back.png")
    ann.sees("Dune", "[ Add to cart ]")


async def test_photo_of_several_barcodes_lists_them(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.sends_photo(photo_of(DUNE, LEFT_HAND))
    ann.sees("In your photo · 2 books", "Dune", "The Left Hand of Darkness")
    await ann.taps("2")
    await ann.taps("Back")
    ann.sees("In your photo · 2 books")


async def test_photo_without_a_barcode_is_told_how_to_hold_the_camera(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.sends_photo(photo_of())
    ann.sees("I see no barcode in that picture.")


async def test_barcode_of_a_book_that_is_not_here_leads_to_people(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.sends_photo(photo_of("9780306406157"))
    ann.sees("That is ISBN 9780306406157", "[ Ask the shop ]")


def card_link(card: dict[str, object]) -> str:
    markup = card["reply_markup"]
    assert isinstance(markup, dict)
    return str(markup["inline_keyboard"][0][0]["url"])


async def test_a_picture_that_cannot_be_read_is_told_apart_from_one_without_a_barcode(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.sends_document(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500), "IMG_0001.HEIC")
    ann.sees("I can't open that kind of picture. Please send it as a photo", "[ Shelves ]")
    await ann.sends_photo(photo_of("4006381333931"))
    ann.sees("a code in that picture, but not a book's", "978 or 979")
