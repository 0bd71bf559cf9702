"""Markup, SQL and format strings in every field that takes a text: they are shown as they were typed, and change nothing."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from sandbox.model import Json
from sandbox.persons import Person
from storage.catalogue import SqlCatalogue
from storage.search import SearchIndex
from storage.tables import metadata
from tests.chat.buying import puts_in_cart
from tests.chat.conftest import OpenShop
from tests.chat.shelves import NOW, book
from tests.chat.shop import PASSWORD, Shop
from tests.security.theirs import failures

HOSTILE = {
    "markup": "<b>x</b><a href='tg://user?id=1'>y</a>&amp;<br>\"",
    "half a tag": "</b></pre><i",
    "SQL": "Robert'); DROP TABLE orders;--",
    "SQL's marks": "' OR '1'='1' /* % _ \\ ; :name ? $1",
    "format strings": "{0}{name!r}%s%(x)d%n${x}{{}}",
    "a message of Fluent": "{ $number } { -brand } { MESSAGE() }",
    "Markdown": "*x* _y_ [z](https://e.example) `w` ||v||",
    "a formula": '=HYPERLINK("https://e.example")',
}
_OURS = frozenset(
    {"bold", "italic", "code", "blockquote", "expandable_blockquote", "spoiler", "strikethrough"}
)

_FOUND_BY_TELEGRAM = frozenset({"bot_command", "email", "phone_number", "url", "mention", "hashtag"})


@pytest.fixture(params=tuple(HOSTILE.values()), ids=tuple(HOSTILE))
def text(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def shop(open_shop: OpenShop, text: str) -> Shop:
    """It is called so itself, and so are a book of it, that book's author, and whatever else is said of it."""
    shop = await open_shop(shop_name=text, shop_address=text, shop_owner=text)
    row = book(
        f"Sandworm {text}", text, price="3.50", isbn13="9780441013593", subtitle=text, series=text, series_no="1", publisher=text,
        blurb=text, staff_pick=text, shelf=text,
    )  # fmt: skip
    async for _ in SqlCatalogue(shop.app.database, index=SearchIndex()).load([row], NOW):
        pass
    return shop


async def test_a_whole_purchase_of_and_by_such_names_is_shown_as_typed(shop: Shop, text: str) -> None:
    before = await _tables(shop)
    (tom,) = await shop.staff(text)
    ann = await shop.person(text, last_name=text, username="ann_the_reader")
    await ann.starts()
    ann.sees(text)
    await _registers(ann, text)
    ann.sees(text)
    await puts_in_cart(ann, "sandworm")
    await ann.taps("Cart")
    ann.sees(f"Sandworm {text}"[:40])
    await ann.taps("Check out")
    await ann.taps("Reserve")
    ann.sees("Reserved")
    await tom.waits_for("pays at the counter €3.50")
    tom.sees(text)
    await tom.taps("Accept")
    tom.sees(f"{text} is on it")
    await tom.taps("Ready")
    await ann.waits_for("is ready")
    await tom.taps("Paid cash")
    await tom.looks()
    tom.sees(f"by {text}")
    await ann.waits_for("Thank you")
    await tom.types("/close")
    tom.sees("in cash · 1 payment · €3.50")
    await ann.types("/orders")
    await _nothing_came_of_it(shop, before, ann, tom)


async def test_such_a_text_typed_wherever_one_can_type_is_a_text(shop: Shop, text: str) -> None:
    before = await _tables(shop)
    (tom,) = await shop.staff("Tom")
    ann = await shop.person("Ann")
    for typed in (
        text,
        f"/search {text}",
        f"/start {text}",
        f"/start book_{text}",
        f"/help {text}",
        f"/{text}",
    ):
        await ann.types(typed)
        assert ann.last["text" if "text" in ann.last else "caption"]
    for command in ("close", "stock", "orders", "import"):
        await tom.types(f"/{command} {text}")
    await tom.sends_document(text.encode(), f"{text}.csv", caption=f"/import {text}")
    await ann.sends_document(text.encode(), f"{text}.csv", caption=text)
    await ann.asks_inline(text)
    for login in (text, f"{text}@example.org", "ann@example.org"):
        await ann.types("/login")
        await ann.types(login)
        await ann.types(text)
    await ann.types("/start")
    await _nothing_came_of_it(shop, before, ann, tom)


async def _registers(person: Person, name: str) -> None:
    """With this name, and with it as the password; then out, and in again."""
    await person.types("/login")
    await person.taps("I am new here")
    await person.types(name)  # no address
    await person.types("ann@example.org")
    await person.types(name)
    await person.types(f"{name}{PASSWORD}")
    await person.types("/logout")
    await person.types("/login")
    await person.types("ann@example.org")
    await person.types(f"{name}{PASSWORD}")
    person.sees("Welcome back")
    assert not [
        message for message in person.messages if message["mine"] and PASSWORD in message.get("text", "")
    ]


async def _tables(shop: Shop) -> dict[str, int]:
    """How many rows each table has."""
    async with shop.app.database.reading() as connection:
        return {
            table.name: int(
                (await connection.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()
            )
            for table in metadata.sorted_tables
        }


async def _nothing_came_of_it(shop: Shop, before: dict[str, int], *people: Person) -> None:
    """Nobody met a failure, no table is gone or emptied, and no text made a link, a mention or an entity of its own."""
    assert await failures(shop) == 0
    after = await _tables(shop)
    assert after.keys() == before.keys()
    assert all(after[name] >= before[name] for name in ("books", "customers", "orders", "money_journal"))
    for person in people:
        for message in person.messages:
            if not message["mine"]:
                assert "omething went wrong" not in str(message.get("text"))
                _is_as_written(message)


def _is_as_written(message: Json) -> None:
    """A text of somebody's would make a link to a page or to a person, which nothing of ours does here."""
    entities = message.get("entities") or message.get("caption_entities") or ()
    assert not {one["type"] for one in entities} - _OURS - _FOUND_BY_TELEGRAM, message
