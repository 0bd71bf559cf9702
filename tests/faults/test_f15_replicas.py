"""F15: one person's state reaching another; two replicas, one chat; an update delivered twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import sqlalchemy as sa
import telegram

from bot.actions import ConfirmCancel, ShowOrder
from bot.app import Application, building
from bot.codec import encode
from bot.settings import given
from domain.errors import CartChanged
from domain.ids import ChatId, OrderId, UserId
from domain.order import OrderState
from domain.ports.dialogues import DialogueKey
from domain.ports.unit_of_work import Work
from sandbox.client import SandboxClient
from sandbox.persons import Button, Person
from sandbox.sandbox import Sandbox
from storage.dialogues import READ
from storage.tables import carts, dialogues
from storage.unit_of_work import SqlWork
from tests.chat.buying import with_reservation
from tests.chat.shop import Shop
from tests.faults.guard import fault_if, prevented_by, replaced, rewritten
from tests.faults.replicas import WAITS, overlapping, replicas

OWN_ORDER = rewritten(
    "that an order is shown to its customer alone",
    "domain.services.orders:CustomerOrders.view",
    "order is None or order.customer_id != customer_id",
    "order is None",
)
OWN_TO_CHANGE = rewritten(
    "that an order is changed by its customer alone",
    "domain.services.orders:CustomerOrders._own",
    "order.customer_id != customer_id",
)
OWN_CHAT = rewritten(
    "that a login is good in its own chat alone",
    "bot.conversation:_Scene._session",
    "claims is None or claims.chat_id != self.who.chat_id or claims.expires_at <= self.now",
    "claims is None or claims.expires_at <= self.now",
)
CLAIMED = rewritten(
    "that an update is claimed once",
    "storage.inbox:SqlInbox.claim",
    "(await self._connection.execute(CLAIM, new)).rowcount == 1",
    "await self._connection.execute(CLAIM, new) is not None",
)
DIALOGUE_LOCK = replaced("the lock on the dialogue's row", "storage.dialogues:LOCK", lambda lock: READ)
CART_LOCK = replaced(
    "the lock on the cart's row",
    "storage.carts:LOCK",
    lambda lock: sa.select(carts.c.id).where(carts.c.owner == sa.bindparam("whose")),
)


# --- one person's state -------------------------------------------------------------------------------------------------


async def _anns_order(shop: Shop) -> tuple[Person, OrderId]:
    ann = await with_reservation(shop, "Ann", "Emma")
    async with shop.app.unit_of_work.reading() as look:
        (order,), _ = await look.orders.open_ones(offset=0, limit=2)
    return ann, order.id


@prevented_by(OWN_ORDER)
async def test_f15_a_forged_button_shows_nobody_elses_order(shop: Shop) -> None:
    _, order_id = await _anns_order(shop)
    eve = await shop.customer("Eve")
    await eve.types("/help")
    await eve.presses(Button(eve.button("Home").message_id, "forged", encode(ShowOrder(order_id))))
    fault_if("Your pickup code" in eve.transcript(), "Eve sees Ann's order, and the code that fetches it")
    eve.sees("You have no orders yet")


@prevented_by((OWN_TO_CHANGE, OWN_ORDER))
async def test_f15_a_forged_button_cancels_nobody_elses_order(shop: Shop) -> None:
    _, order_id = await _anns_order(shop)
    eve = await shop.customer("Eve")
    await eve.types("/help")
    await eve.presses(Button(eve.button("Home").message_id, "forged", encode(ConfirmCancel(order_id, 0))))
    async with shop.app.unit_of_work.reading() as look:
        order = await look.orders.get(order_id)
    assert order is not None
    fault_if(order.state is OrderState.CANCELLED, "Eve cancelled Ann's order")
    assert order.state is OrderState.RESERVED


@prevented_by(OWN_CHAT)
async def test_f15_a_login_that_was_copied_into_another_chat_logs_nobody_in(shop: Shop) -> None:
    ann, _ = await _anns_order(shop)
    eve = await shop.person("Eve")
    await eve.starts()
    async with shop.app.database.writing() as connection:
        of_ann = sa.select(dialogues.c.token).where(dialogues.c.chat_id == ann.id).scalar_subquery()
        await connection.execute(
            sa.update(dialogues).where(dialogues.c.chat_id == eve.id).values(token=of_ann)
        )
        await connection.commit()
    await eve.types("/orders")
    fault_if("B-" in eve.screen, "Eve is logged in as Ann by a row that was copied")
    eve.sees("Log in")


# --- two replicas -------------------------------------------------------------------------------------------------------


@asynccontextmanager
async def _two_programs(url: str) -> AsyncIterator[tuple[Person, Application, Application]]:
    """Ann's chat, and two programs that may be handed its updates, as behind a load balancer."""

    async def no_wait(update_id: int) -> None:
        """The test hands the updates over itself."""

    async with Sandbox.running() as sandbox, SandboxClient(sandbox.url, settle=no_wait) as client:
        ann = await client.person("Ann")
        await ann.starts()
        settings = given(
            token=sandbox.token,
            api_url=sandbox.url,
            database=url,
            secret="a secret of this test, long enough to sign with",
        )
        async with building(settings) as one, building(settings) as two:
            yield ann, one, two


def _text(ann: Person, number: int, text: str) -> dict[str, Any]:
    chat = {"id": ann.id, "type": "private", "first_name": "Ann"}
    sender = {"id": ann.id, "is_bot": False, "first_name": "Ann", "language_code": "en"}
    message = {"message_id": 1000 + number, "date": 1, "chat": chat, "from": sender, "text": text}
    if text.startswith("/"):
        message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
    return {"update_id": number, "message": message}


async def _takes(app: Application, raw: dict[str, Any]) -> None:
    update = telegram.Update.de_json(raw, app.bot)
    assert update is not None
    await app.intake.take(update)
    await app.intake.drain(5)


async def _answers(ann: Person) -> int:
    await ann.looks()
    return sum(1 for message in ann.messages if message["from"]["is_bot"])


@prevented_by(CLAIMED)
async def test_f15_an_update_that_both_replicas_are_handed_is_answered_once(database_url: str) -> None:
    async with _two_programs(database_url) as (ann, one, two):
        await asyncio.gather(*(_takes(app, _text(ann, 7, "/help")) for app in (one, two)))
        answers = await _answers(ann)
        fault_if(answers > 1, "one message was answered by both replicas")
        assert answers == 1


@prevented_by(CLAIMED)
async def test_f15_an_update_that_comes_again_later_is_not_handled_again(database_url: str) -> None:
    async with _two_programs(database_url) as (ann, one, two):
        for app in (one, two):
            await _takes(app, _text(ann, 7, "/help"))
        answers = await _answers(ann)
        fault_if(answers > 1, "one message was answered twice")
        assert answers == 1


@pytest.mark.postgres
@prevented_by(DIALOGUE_LOCK)
async def test_f15_two_replicas_that_serve_one_chat_at_once_lose_no_turn(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = SqlWork.commit

    async def later(work: SqlWork) -> None:
        await asyncio.sleep(WAITS)
        await commit(work)

    async with _two_programs(postgres_url) as (ann, one, two):
        for number, app in enumerate((one, two)):
            await _takes(app, _text(ann, number, "/start"))
        key = DialogueKey(ChatId(ann.id), 0, UserId(ann.id))
        monkeypatch.setattr(SqlWork, "commit", later)
        await asyncio.gather(_takes(one, _text(ann, 8, "/help")), _takes(two, _text(ann, 9, "/cart")))
        async with one.unit_of_work.reading() as look:
            dialogue = await look.dialogues.read(key)
        assert dialogue is not None
        fault_if(dialogue.version < 4, "one of two turns was overwritten by the other")
        assert dialogue.version == 4


@pytest.mark.postgres
@prevented_by(CART_LOCK)
async def test_f15_two_phones_that_change_one_cart_at_once_do_not_undo_each_other(postgres_url: str) -> None:
    async with replicas(postgres_url) as (one, two):
        ann, book = await one.customer(), await one.book(9)
        await one.fill(ann, (book, 1))

        async def five(work: Work) -> Any:
            return await one.cart.set_quantity(work, ann, book, seen=1, to=5)

        async def two_copies(work: Work) -> Any:
            return await two.cart.set_quantity(work, ann, book, seen=1, to=2)

        _, second = await overlapping(one, two, five, two_copies)
        async with one.uow.reading() as look:
            copies = await look.carts.copies(ann)
        fault_if(copies != 5, "one phone's change was undone by the other's, and nobody was told")
        assert isinstance(second, CartChanged)
