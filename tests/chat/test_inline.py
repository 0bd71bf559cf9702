"""Inline mode: ``@bot dune`` in any chat, the cards it brings, and where they lead."""

from __future__ import annotations

import base64
import io

import aiohttp
import pytest
import sqlalchemy as sa
from PIL import Image

from catalogue.thumbnails import SIDE
from sandbox.reading import plain, shown_text
from storage.tables import books
from tests.chat.conftest import OpenShop
from tests.chat.shop import Shop
from tests.chat.stockroom import withdraw
from tests.chat.test_webhook import free_port

DUNE = "9780340839935"

Json = dict[str, object]


async def public_shop(open_shop: OpenShop) -> Shop:
    """A shop that polls and has a public address, as far as this machine is the public."""
    at = f"127.0.0.1:{free_port()}"
    return await open_shop(public_url=f"http://{at}", webhook_listen=at)


async def change(shop: Shop, title: str = "", **values: object) -> None:
    """Change these books, all without a title, behind the shop's back."""
    statement = sa.update(books).values(**values)
    async with shop.app.database.writing() as connection:
        await connection.execute(statement.where(books.c.title == title) if title else statement)
        await connection.commit()


def link(card: Json) -> str:
    markup = card["reply_markup"]
    assert isinstance(markup, dict)
    return str(markup["inline_keyboard"][0][0]["url"])


async def test_inline_mode_offers_cards_with_price_and_availability(shop: Shop) -> None:
    ann = await shop.person("Ann")
    answer = await ann.asks_inline("dune")
    first = answer["results"][0]
    assert first["title"] == "Dune"
    assert first["description"] == "Frank Herbert · paperback · €12.50 · 20 here"
    await ann.chooses(answer, first["id"])
    assert "Dune\nFrank Herbert\npaperback · €12.50 · 20 here\n[ Open in the shop ]" in plain(
        shown_text(ann.messages[-1])
    )


async def test_inline_mode_is_paged_to_the_end(shop: Shop) -> None:
    ann = await shop.person("Ann")
    offset, seen = "", []
    for _ in range(5):
        answer = await ann.asks_inline("the long shelf", offset=offset)
        seen += [one["id"] for one in answer["results"]]
        offset = answer["next_offset"]
        if not offset:
            break
    assert len(seen) == len(set(seen)) == 30


async def test_shared_isbn_finds_exactly_its_book(shop: Shop) -> None:
    ann = await shop.person("Ann")
    answer = await ann.asks_inline(DUNE)
    assert [one["title"] for one in answer["results"]] == ["Dune"]


async def test_every_card_of_a_shop_with_a_public_address_has_a_cover(open_shop: OpenShop) -> None:
    shop = await public_shop(open_shop)
    ann = await shop.person("Ann")
    answer = await ann.asks_inline("the long shelf")
    assert len(answer["results"]) == 20
    async with aiohttp.ClientSession() as http:
        for one in answer["results"]:
            assert str(one["thumbnail_url"]).startswith(f"{shop.settings.public_url}/covers/{one['id']}-")
            async with http.get(one["thumbnail_url"]) as picture:
                assert (picture.status, picture.content_type) == (200, "image/jpeg")
                assert Image.open(io.BytesIO(await picture.read())).size == (SIDE, SIDE)


async def test_a_chosen_card_is_sent_with_its_cover_above_the_text(open_shop: OpenShop) -> None:
    shop = await public_shop(open_shop)
    ann = await shop.person("Ann")
    answer = await ann.asks_inline("emma")
    sent = await ann.chooses(answer, answer["results"][0]["id"])
    preview = sent["link_preview"]
    assert preview["show_above_text"] is True
    assert (preview["photo"][-1]["width"], preview["photo"][-1]["height"]) == (600, 900)
    assert "Emma\nJane Austen\npaperback · €8.50 · 1 here" in plain(shown_text(sent))
    # What was sent stays as it is, whatever becomes of the shop.
    await shop.stop()
    await ann.looks()
    assert ann.messages[-1]["link_preview"] == preview


async def test_the_cover_of_a_card_is_the_one_of_the_books_page(open_shop: OpenShop) -> None:
    shop = await public_shop(open_shop)
    ann, tom = await shop.person("Ann"), await shop.person("Tom")
    answer = await ann.asks_inline("dune messiah")
    sent = await ann.chooses(answer, answer["results"][0]["id"])
    await tom.starts(link(answer["results"][0]).partition("?start=")[2])
    tom.sees("Dune Messiah", "[ Add to cart ]")
    assert sent["link_preview"]["photo"][-1]["file_unique_id"] == tom.last["photo"][-1]["file_unique_id"]


async def test_a_cover_that_a_feed_brought_is_shown_from_there(open_shop: OpenShop) -> None:
    shop = await public_shop(open_shop)
    await change(shop, "Emma", cover_url="https://covers.example.org/emma.jpg")
    ann = await shop.person("Ann")
    (card,) = (await ann.asks_inline("emma"))["results"]
    assert card["thumbnail_url"] == "https://covers.example.org/emma.jpg"
    assert (
        card["input_message_content"]["link_preview_options"]["url"] == "https://covers.example.org/emma.jpg"
    )


async def test_without_a_public_address_cards_stay_articles_with_price_and_no_picture(shop: Shop) -> None:
    await change(shop, "Dune", cover_url="https://covers.example.org/dune.jpg")
    ann = await shop.person("Ann")
    cards = {one["title"]: one for one in (await ann.asks_inline("dune"))["results"]}
    assert cards["Dune"]["thumbnail_url"] == "https://covers.example.org/dune.jpg"
    other = cards["Dune Messiah"]
    assert "thumbnail_url" not in other
    assert other["description"] == "Frank Herbert · paperback · €11.00 · 1 here"
    assert other["input_message_content"]["link_preview_options"] == {"is_disabled": True}


async def test_one_address_that_telegram_takes_for_none_costs_the_pictures_and_no_card(
    open_shop: OpenShop,
) -> None:
    shop = await public_shop(open_shop)
    await change(shop, "Dune Messiah", cover_url="https://covers/dune.jpg")
    ann = await shop.person("Ann")
    cards = (await ann.asks_inline("dune"))["results"]
    assert [card["title"] for card in cards] == ["Dune", "Dune Messiah"]
    assert not any("thumbnail_url" in card for card in cards)


async def test_the_covers_of_a_shop_that_changed_its_mind_are_gone_from_new_cards(
    open_shop: OpenShop,
) -> None:
    shop = await public_shop(open_shop)
    ann = await shop.person("Ann")
    await shop.restart(public_url="")
    (card,) = (await ann.asks_inline("emma"))["results"]
    assert "thumbnail_url" not in card


async def test_nothing_found_leads_into_the_shop_with_what_was_typed(shop: Shop) -> None:
    ann = await shop.person("Ann")
    answer = await ann.asks_inline("xqzvw jjkq")
    assert (answer["results"], answer["button"]["text"]) == ([], "Nothing found. Look in the shop")
    tom = await shop.person("Tom")
    await tom.starts(answer["button"]["start_parameter"])
    tom.sees("Nothing here for “xqzvw jjkq”.", "[ Ask the shop ]")
    assert "button" not in await ann.asks_inline("emma")


async def test_what_was_typed_comes_along_in_any_script_as_far_as_there_is_room(shop: Shop) -> None:
    ann = await shop.person("Ann", language="de")
    answer = await ann.asks_inline("Ωωψψωω ξξχχ " * 10)
    assert answer["button"]["text"] == "Nichts gefunden. Im Laden weitersuchen"
    assert len(answer["button"]["start_parameter"]) <= 64
    await ann.starts(answer["button"]["start_parameter"])
    ann.sees("Zu „Ωωψψωω ξξχχ Ω", "[ Im Laden fragen ]")


@pytest.mark.parametrize("payload", ["find_", "find", "find_!", "find_a", "find__w", "find_ICAg"])
async def test_a_search_by_link_that_is_none_still_opens_the_shop(shop: Shop, payload: str) -> None:
    ann = await shop.person("Ann")
    await ann.starts(payload)
    ann.sees("welcome to The Corner Bookshop")


async def test_a_link_that_somebody_made_by_hand_searches_for_what_it_holds(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.starts("find_" + base64.urlsafe_b64encode(b"emma").decode().rstrip("="))
    ann.sees("Emma", "Jane Austen")


async def test_wishes_are_understood_in_any_chat(shop: Shop) -> None:
    ann = await shop.person("Ann")
    cards = (await ann.asks_inline("austen under 8.80"))["results"]
    assert [card["title"] for card in cards] == ["Emma"]
    german = (await ann.asks_inline("classics in German"))["results"]
    assert [card["title"] for card in german] == ["Die Verwandlung"]


async def test_before_anything_is_typed_one_sees_what_is_new_in_ones_language(shop: Shop) -> None:
    ann, udo = await shop.person("Ann"), await shop.person("Udo", language="de")
    assert (await ann.asks_inline(""))["results"][0]["title"] == "The Left Hand of Darkness"
    cards = (await udo.asks_inline(""))["results"]
    assert [(card["title"], card["description"]) for card in cards] == [
        ("Die Verwandlung", "Franz Kafka · Taschenbuch · 6,00\u00a0€ · 3 im Laden")
    ]
    assert cards[0]["reply_markup"]["inline_keyboard"][0][0]["text"] == "Im Laden öffnen"


async def test_somebody_whose_language_no_book_is_in_sees_all_that_is_new(shop: Shop) -> None:
    await change(shop, language="rus")
    ann = await shop.person("Ann")
    assert (await ann.asks_inline(""))["results"][0]["title"] == "The Left Hand of Darkness"


async def test_what_is_new_is_paged_to_its_end(shop: Shop) -> None:
    ann = await shop.person("Ann")
    offset, seen = "", []
    while True:
        answer = await ann.asks_inline("", offset=offset)
        seen += [one["id"] for one in answer["results"]]
        offset = answer["next_offset"]
        if not offset:
            break
    assert len(seen) == len(set(seen)) > 30
    assert (await ann.asks_inline("", offset="9999"))["results"] == []


@pytest.mark.parametrize("offset", ["x", "-1", "99999999999", "1.5", " "])
async def test_an_offset_that_nobody_gave_is_the_first_page(shop: Shop, offset: str) -> None:
    ann = await shop.person("Ann")
    answer = await ann.asks_inline("the long shelf", offset=offset)
    assert (len(answer["results"]), answer["next_offset"]) == (20, "1")


async def test_a_withdrawn_books_card_still_leads_to_its_page(open_shop: OpenShop) -> None:
    shop = await public_shop(open_shop)
    ann, tom = await shop.person("Ann"), await shop.person("Tom")
    (card,) = (await ann.asks_inline("emma"))["results"]
    await withdraw(shop, "Emma")
    await tom.starts(link(card).partition("?start=")[2])
    tom.sees("Emma", "No longer in our range.", "[ Ask the shop ]")
    tom.does_not_see("Add to cart", "€")
    assert (await ann.asks_inline("emma"))["results"] == []
    async with aiohttp.ClientSession() as http, http.get(card["thumbnail_url"]) as picture:
        assert picture.status == 200


async def test_the_books_own_share_button_brings_its_card(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.types("emma")
    await ann.taps("1")
    shared = next(
        button["switch_inline_query"]
        for row in ann.last["reply_markup"]["inline_keyboard"]
        for button in row
        if "switch_inline_query" in button
    )
    answer = await ann.asks_inline(shared)
    assert answer["results"][0]["title"] == "Emma"


async def test_results_are_kept_for_a_minute_and_for_the_person_alone(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.asks_inline("emma")
    params = (await shop.telegram.calls("answerInlineQuery"))[-1]["params"]
    assert (str(params["cache_time"]), str(params["is_personal"]).lower()) == ("60", "true")


async def test_an_answer_that_comes_too_late_is_no_failure(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await shop.telegram.fault(
        "error",
        method="answerInlineQuery",
        code=400,
        description="Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    await shop.telegram.request("POST", "/inline", {"user": ann.id, "query": "emma", "offset": ""})
    await shop.settle(0)
    assert shop.app.metrics.turns["InlineQuery", "done"] == 1
    assert (await ann.asks_inline("emma"))["results"]


async def test_a_card_reads_like_the_shop(open_shop: OpenShop) -> None:
    shop = await public_shop(open_shop)
    ann = await shop.person("Ann")
    answer = await ann.asks_inline("dispossessed")
    await ann.chooses(answer, answer["results"][0]["id"])
    assert (
        "The Dispossessed\nUrsula K. Le Guin\nTwo worlds, one physicist, and the wall between them.\n"
        "paperback · €10.90 · 3 here\n[ Open in the shop ]"
    ) in plain(shown_text(ann.messages[-1]))
