"""Every button that carries the name of something, pressed by somebody whose it is not: it shows nothing and changes nothing.

Callback data is what the person's program sends; nothing keeps anybody from sending what was never on a button of theirs.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
import sqlalchemy as sa

from bot.actions import ACTIONS, Action
from bot.codec import encode
from domain.order import OrderState
from sandbox.persons import Button, Person
from storage.tables import orders
from tests.chat.buying import puts_in_cart, with_reservation
from tests.chat.shop import Shop
from tests.security.theirs import Theirs, busy_shop, failures, rows_of_others

pytestmark = pytest.mark.asyncio(loop_scope="module")

ORDER, ATTEMPT, CHECKOUT, AGREED, CODE, BOOK, JOB, QUESTION = (
    *("an order", "an attempt", "a checkout", "a fingerprint", "a pickup code"),
    *("a book", "a file", "a question"),
)
"""Stands for somebody else's in the table."""

_Part = str | int | bool

# Each action, with what a stranger may put into it. What nobody owns (books, shelves, pages) stands there as it is.
TABLE: dict[str, tuple[_Part, ...]] = {
    "AddToCart": (BOOK, 0, 1),
    "AskForBook": (BOOK,),
    "AskFurther": (QUESTION,),
    "AskInPerson": (BOOK,),
    "Browse": ("author", "1"),
    "CancelOrder": (ORDER,),
    "ChangePassword": (),
    "CheckOut": (),
    "ConfirmCancel": (ORDER, 0),
    "ConfirmDeletion": (),
    "DeleteAccount": (),
    "EmptyCart": (1,),
    "ExportMyData": (),
    "ForgotPassword": (),
    "GiveUp": (),
    "LinkGroup": ("guessed-code",),
    "LogIn": (),
    "LogOut": (),
    "LogOutEverywhere": (),
    "OrderAgain": (ORDER,),
    "OrderMore": (BOOK, 0, 1),
    "Pay": (ORDER, "telegram"),
    "PlaceOrder": (CHECKOUT, AGREED, "counter"),
    "Register": (),
    "ResendCode": (),
    "ReserveInstead": (ORDER,),
    "SearchAsTyped": (1,),
    "SearchFor": ("dune",),
    "SearchInstead": (1,),
    "SendQuestion": (1,),
    "SendReceipt": (ORDER,),
    "SetFilter": (1, "language", "eng"),
    "SetLanguage": ("de",),
    "SetQuantity": (BOOK, 1, 0),
    "SetSort": (1, "price_up"),
    "ShowAccount": (),
    "ShowBook": (BOOK, 1),
    "ShowCart": (0,),
    "ShowEditions": (BOOK, 1),
    "ShowFilters": (1, ""),
    "ShowHelp": (),
    "ShowHome": (),
    "ShowLanguages": (),
    "ShowMyData": (),
    "ShowOrder": (ORDER,),
    "ShowOrders": (0,),
    "ShowPage": (1, 0),
    "ShowPrivacy": (),
    "ShowShelves": ("subject",),
    "ShowSupport": (),
    "ShowTerms": (),
    "StaffAccept": (ORDER,),
    "StaffCancel": (ORDER,),
    "StaffCancelFor": (ORDER, "sold_out"),
    "StaffClose": ("",),
    "StaffCloseQuestion": (QUESTION, True),
    "StaffCount": (BOOK, 3, 9),
    "StaffDecide": (ATTEMPT, True),
    "StaffDoubt": (ATTEMPT,),
    "StaffFind": (CODE,),
    "StaffHandOver": (ORDER, "cash"),
    "StaffHelp": (),
    "StaffImport": ("file-of-theirs", "f.csv", 10),
    "StaffImportRead": (JOB,),
    "StaffLeaveFile": (JOB,),
    "StaffLookUp": ("dune",),
    "StaffOrders": (0,),
    "StaffQuestion": (QUESTION,),
    "StaffQuestions": (),
    "StaffReady": (ORDER,),
    "StaffRefunded": (ORDER, 1250),
    "StaffShow": (ORDER, True),
    "StaffStock": (BOOK,),
    "StaffStockBeneath": (BOOK,),
    "StaffTakeIn": ("2026-11-25", "B-7K4Q"),
    "StartPayment": (ATTEMPT,),
    "StartSearch": (),
    "Still": (),
    "UndoEmpty": (),
    "UseName": (),
    "WriteQuestion": (1,),
}
_KINDS = {kind.__name__: kind for kind in ACTIONS.values()}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def busy(stocked: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Shop, Theirs]]:
    async with busy_shop(stocked, tmp_path_factory.mktemp("busy")) as found:
        yield found


async def test_every_action_has_its_place_in_the_table() -> None:
    assert sorted(TABLE) == sorted(_KINDS)


def forged(name: str, theirs: Theirs) -> Iterator[Action]:
    """The action with each thing of other people's that fits."""
    things: dict[_Part, tuple[_Part, ...]] = {
        ORDER: tuple(theirs.orders.values()),
        ATTEMPT: theirs.attempts,
        CHECKOUT: (theirs.checkout,),
        AGREED: (theirs.fingerprint,),
        CODE: theirs.pickup_codes,
        BOOK: (theirs.book,),
        JOB: (theirs.job,),
        QUESTION: (theirs.question,),
    }
    for parts in itertools.product(*(things.get(part, (part,)) for part in TABLE[name])):
        yield _KINDS[name](*parts)


async def _presses(person: Person, action: Action) -> None:
    await person.looks()
    await person.presses(Button(int(person.last["message_id"]), type(action).__name__, encode(action)))


async def _sees_nothing(person: Person, theirs: Theirs) -> None:
    await person.looks()
    seen = person.transcript() + person.toast + person.opened
    assert [mark for mark in theirs.marks if mark in seen] == []


@pytest.mark.parametrize("name", sorted(_KINDS))
@pytest.mark.parametrize("who", ["a customer", "a guest", "a group"])
async def test_what_is_not_theirs_is_neither_shown_nor_changed(
    busy: tuple[Shop, Theirs], name: str, who: str
) -> None:
    shop, theirs = busy
    assert set(theirs.orders) == {OrderState.RESERVED, OrderState.PAID, OrderState.AWAITING_PAYMENT}
    bob = await shop.person("Bob")
    here = bob
    if who == "a customer":
        await shop.register(bob, f"bob{bob.id}@example.org")
        await puts_in_cart(bob, "pride and prejudice")
    elif who == "a group":
        here = bob.at(await shop.telegram.group("Book club", bob))
    await here.types(f"/help@{shop.app.bot.username}")
    before, failed = await rows_of_others(shop, bob), await failures(shop)
    for action in forged(name, theirs):
        await _presses(here, action)
        await _sees_nothing(here, theirs)
        await _sees_nothing(bob, theirs)
    await shop.deliver()
    after = await rows_of_others(shop, bob)
    assert {table: after[table] ^ before[table] for table in before if after[table] != before[table]} == {}
    assert await failures(shop) == failed


async def _own_order(shop: Shop, person: Person) -> tuple[int, str]:
    async with shop.app.database.reading() as connection:
        found = sa.select(orders.c.id, orders.c.number).where(orders.c.chat_id == person.id)
        row = (await connection.execute(found)).one()
        return int(row.id), str(row.number)


@pytest.mark.parametrize("somebody_else", [False, True], ids=["nobody", "somebody else"])
async def test_buttons_that_were_ones_own_show_nothing_after_logging_out(
    busy: tuple[Shop, Theirs], somebody_else: bool
) -> None:
    shop, _ = busy
    cleo = await with_reservation(shop, "Cleo" if somebody_else else "Clara", "pride and prejudice")
    order_id, number = await _own_order(shop, cleo)
    await _presses(cleo, _KINDS["LogOut"]())
    if somebody_else:
        await shop.register(cleo, f"dora{cleo.id}@example.org")
    before = (await rows_of_others(shop, cleo))["orders"]
    for name, parts in TABLE.items():
        if ORDER not in parts:
            continue
        await _presses(cleo, _KINDS[name](*(order_id if part == ORDER else part for part in parts)))
        cleo.does_not_see(number)
    assert (await rows_of_others(shop, cleo))["orders"] == before


async def test_a_pickup_code_opens_nothing_for_a_customer(busy: tuple[Shop, Theirs]) -> None:
    shop, theirs = busy
    bob = await shop.customer("Bob", "bob.of.the.codes@example.org")
    own = bob.at(await shop.telegram.group("Book club", bob))
    for code in theirs.pickup_codes:
        await bob.starts(f"pickup_{code}")
        await own.types(f"/start@{shop.app.bot.username} pickup_{code}")
        for here in (bob, own):
            await here.looks()
            # What the person typed is their own.
            shown = [message for message in here.messages if not message["mine"]]
            assert not any(mark in str(shown) for mark in theirs.marks)
