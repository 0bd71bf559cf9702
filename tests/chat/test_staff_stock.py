"""A book's stock in the staff's chat: opened by a photo or a word, counted by buttons and answers, and never lost."""

from __future__ import annotations

from sandbox.persons import Person
from tests.catalogue.test_barcode import as_jpeg, back_cover
from tests.chat.buying import with_reservation
from tests.chat.shop import Shop
from tests.chat.stockroom import stock_of

DUNE, DISPOSSESSED = "9780340839935", "9780060512750"
STRANGER = "9791034304899"


async def staff(shop: Shop) -> Person:
    (tom,) = await shop.staff("Tom")
    await shop.telegram.promote(shop.group)
    return tom


async def test_a_photo_of_a_barcode_opens_the_books_stock(shop: Shop) -> None:
    tom = await staff(shop)
    await tom.sends_photo(as_jpeg(back_cover(DUNE)))
    tom.sees("Dune · Frank Herbert", DUNE, "€12.50", "20 on hand", "0 held", "20 to sell", "Shelf F-12")
    await tom.sends_document(as_jpeg(back_cover(DUNE)), "IMG_1.jpg")
    tom.sees("Dune · Frank Herbert")


async def test_copies_are_counted_by_buttons_and_the_ledger_agrees(shop: Shop) -> None:
    tom = await staff(shop)
    await tom.types("/stock dune")
    await tom.taps("Dune · 20 copies")
    await tom.taps("+5")
    tom.sees("25 on hand", "25 copies on hand")
    await tom.taps("−1", times=2)
    tom.sees("24 on hand")
    kept, recomputed = await stock_of(shop, "Dune")
    assert kept == recomputed
    assert kept.on_hand == 24


async def test_an_old_button_counts_nothing_and_shows_how_it_stands(shop: Shop) -> None:
    tom = await staff(shop)
    await tom.types(f"/stock {DUNE}")
    plus = tom.button("+1")
    await tom.taps("+10")
    await tom.presses(plus)
    assert tom.alerted
    tom.sees("30 on hand", "there are 30 now")
    assert (await stock_of(shop, "Dune"))[0].on_hand == 30


async def test_an_answer_sets_the_copies_or_the_price(shop: Shop) -> None:
    tom = await staff(shop)
    await tom.types(f"/stock {DUNE}")
    card = tom.last["message_id"]
    await tom.types("7", reply_to=card)
    tom.sees("Counted: 7 copies are on hand", "7 on hand")
    await tom.types("13,95 €", reply_to=card)
    tom.sees("It costs €13.95 from now on", "Dune · Frank Herbert")
    await tom.types("what is this?", reply_to=card)
    tom.sees("neither a number of copies nor a price")
    ann = await shop.person("Ann")
    await ann.types(DUNE)
    ann.sees("€13.95", "7")


async def test_answers_reach_a_bot_that_is_no_admin(shop: Shop) -> None:
    """Telegram's privacy mode lets through commands and answers to the bot's own messages."""
    (tom,) = await shop.staff("Tom")
    await tom.types(f"/stock {DUNE}")
    await tom.types("3", reply_to=tom.last["message_id"])
    tom.sees("Counted: 3 copies are on hand")


async def test_copies_that_are_promised_stay(shop: Shop) -> None:
    tom = await staff(shop)
    await with_reservation(shop, "Ann", "Emma")
    await tom.types("/stock emma")
    tom.sees("1 on hand", "1 held", "0 to sell")
    assert "−1" not in [label for row in tom.buttons for label in row]
    await tom.types("0", reply_to=tom.last["message_id"])
    tom.sees("1 copy is held for orders")
    kept, recomputed = await stock_of(shop, "Emma")
    assert kept == recomputed
    assert (kept.on_hand, kept.held) == (1, 1)


async def test_a_price_of_the_shops_own_outlives_a_feed(shop: Shop) -> None:
    tom = await staff(shop)
    await tom.types(f"/stock {DUNE}")
    await tom.types("€13.95", reply_to=tom.last["message_id"])
    notice = (
        '<?xml version="1.0"?><ONIXMessage release="3.0" xmlns="http://ns.editeur.org/onix/3.0/reference"><Product>'
        "<RecordReference>x.1</RecordReference><NotificationType>03</NotificationType><ProductIdentifier>"
        f"<ProductIDType>15</ProductIDType><IDValue>{DUNE}</IDValue></ProductIdentifier><DescriptiveDetail>"
        "<ProductForm>BC</ProductForm><TitleDetail><TitleType>01</TitleType><TitleElement><TitleElementLevel>01"
        "</TitleElementLevel><TitleText>Dune (new edition)</TitleText></TitleElement></TitleDetail></DescriptiveDetail>"
        "<ProductSupply><SupplyDetail><ProductAvailability>21</ProductAvailability><Price><PriceType>02</PriceType>"
        "<PriceAmount>5.00</PriceAmount><CurrencyCode>EUR</CurrencyCode></Price></SupplyDetail></ProductSupply>"
        "</Product></ONIXMessage>"
    )
    await tom.sends_document(notice.encode(), "feed.xml")
    await shop.run_jobs()
    await tom.waits_for("1 book changed")
    await tom.taps("Import")
    await shop.run_jobs()
    await tom.waits_for("is imported")
    await tom.types(f"/stock {DUNE}")
    tom.sees("Dune (new edition)", "€13.95", "20 on hand")


async def test_several_codes_list_their_books(shop: Shop) -> None:
    tom = await staff(shop)
    await tom.sends_photo(as_jpeg(back_cover(DUNE, DISPOSSESSED)))
    tom.sees("2 books. Which one?")
    await tom.taps("The Dispossessed · 3 copies")
    tom.sees("The Dispossessed · Ursula K. Le Guin", "3 on hand")


async def test_what_shows_no_barcode_or_an_unknown_one_is_said(shop: Shop) -> None:
    tom = await staff(shop)
    await tom.sends_photo(as_jpeg(back_cover()))
    tom.sees("I see no barcode in that picture")
    await tom.sends_photo(as_jpeg(back_cover(STRANGER)))
    tom.sees(f"ISBN {STRANGER}, which is not in the catalogue")
    await tom.sends_photo(as_jpeg(back_cover("4006381333931")))
    tom.sees("a code in that picture, but not a book's")
    await tom.sends_document(as_jpeg(back_cover(DUNE)), "IMG_0001.JPG")
    tom.sees("Dune", "on hand")
    await tom.sends_document(b"no picture at all", "IMG_0002.heic")
    tom.sees("I can't open that kind of picture")
    await tom.types("/stock qqqqzzzz")
    tom.sees("Nothing in the catalogue fits “qqqqzzzz”")
    await tom.types("/stock")
    tom.sees("A book's stock")


async def test_stock_is_the_staffs_alone(shop: Shop) -> None:
    await shop.staff("Tom")
    eve = await shop.person("Eve")
    there = eve.at(await shop.telegram.group("Elsewhere", eve))
    await shop.telegram.promote(there.chat)
    await there.types("/stock dune")
    there.does_not_see("on hand")
    await there.sends_photo(as_jpeg(back_cover(DUNE)))
    there.does_not_see("on hand")
    await there.types("good morning")
    assert all(message["mine"] or "text" not in message for message in there.messages[-1:])
