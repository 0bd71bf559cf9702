"""F13: Telegram's flood limits; a pre-checkout that waits behind a slow handler."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.inputs import Text
from bot.outcome import Stimulus
from bot.turn import Turns
from domain.ports.dialogues import Dialogue
from sandbox.persons import Person
from tests.chat.buying import with_invoice, with_reservation
from tests.chat.shop import Shop
from tests.faults.guard import fault_if, prevented_by, rewritten

PER_CHAT = rewritten(
    "flood waits by chat",
    "bot.transport:FloodWait.process_request",
    "str(data.get('chat_id', ''))",
    "''",
)
PATIENCE = rewritten(
    "a limit to how long a flood is waited for",
    "bot.transport:FloodWait.process_request",
    "self._now() + seconds > deadline",
    "False",
    ("self._now() + wait > deadline", "False"),
)
PRE_CHECKOUT_ASIDE = rewritten(
    "that a pre-checkout takes no dialogue's lock",
    "bot.intake:Intake._run",
    "isinstance(received.input, PreCheckout | InlineQuery)",
    "isinstance(received.input, InlineQuery)",
)

ASKED_ANEW = rewritten(
    "polls that do not ask the same twice in a row",
    "bot.polling:Poller._poll",
    "0 if offset == self._asked else offset",
    "offset",
)


async def _sees(person: Person, text: str, within: float) -> bool:
    until = time.monotonic() + within
    while time.monotonic() < until:
        await person.looks()
        if text in person.transcript():
            return True
        await asyncio.sleep(0.02)
    return False


async def _types(shop: Shop, person: Person, text: str) -> None:
    """Types, and does not wait for an answer."""
    await shop.telegram.request("POST", f"/chats/{person.chat}/messages", {"user": person.id, "text": text})


@prevented_by(PER_CHAT)
async def test_f13_a_chat_that_has_to_wait_keeps_no_other_waiting(shop: Shop) -> None:
    ann, ben = await shop.person("Ann"), await shop.person("Ben")
    await shop.telegram.fault("429", "sendMessage", chat_id=str(ann.id), retry_after=2)
    await _types(shop, ann, "dune")
    await asyncio.sleep(0.2)
    await _types(shop, ben, "dune")
    answered = await _sees(ben, "Frank Herbert", within=1.5)
    fault_if(not answered, "Ben waits because Ann was too quick for Telegram")
    assert await _sees(ann, "Frank Herbert", within=4.0)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called on, what has to be done for a text before its transaction takes two seconds."""
    prepare = Turns._prepare

    async def slowly(self: Turns, stimulus: Stimulus, snapshot: Dialogue) -> Any:
        if isinstance(stimulus.given, Text):
            await asyncio.sleep(2)
        return await prepare(self, stimulus, snapshot)

    return lambda: monkeypatch.setattr(Turns, "_prepare", slowly)


@prevented_by(PRE_CHECKOUT_ASIDE, ASKED_ANEW)
async def test_f13_a_pre_checkout_is_answered_while_the_same_chat_is_busy(
    shop: Shop, slow: Callable[[], None]
) -> None:
    ann = await with_invoice(shop, "Ann", "dune")
    invoice = next(message for message in reversed(ann.messages) if "invoice" in message)
    slow()
    await _types(shop, ann, "emma")
    await asyncio.sleep(0.2)
    path = f"/chats/{ann.chat}/messages/{invoice['message_id']}/pay"
    payment = await shop.telegram.request("POST", path, {"user": ann.id, "outcome": "paid", "wait": 1.5})
    fault_if(
        payment["state"] != "paid", "a pre-checkout waits behind a slow handler, and Telegram for nobody"
    )
    await ann.waits_for("Thank you, €12.50 received")


@prevented_by(ASKED_ANEW)
async def test_f13_a_slow_handler_keeps_no_other_chat_waiting(shop: Shop, slow: Callable[[], None]) -> None:
    ann, ben = await shop.person("Ann"), await shop.person("Ben")
    await ben.starts()
    shelves = ben.button("Shelves")
    slow()
    await _types(shop, ann, "emma")
    await asyncio.sleep(0.2)
    path = f"/chats/{ben.chat}/messages/{shelves.message_id}/tap"
    await shop.telegram.request("POST", path, {"user": ben.id, "data": shelves.data, "stale": True})
    answered = await _sees(ben, "Science fiction", within=1.5)
    fault_if(not answered, "Ben waits for Ann's search")
    assert await _sees(ann, "Jane Austen", within=5.0)


@prevented_by(PATIENCE)
async def test_f13_a_long_flood_wait_of_one_chat_keeps_no_notice_of_another(shop: Shop) -> None:
    """Ann's notice is put off, so that it is no delivery under way that others would have to wait for."""
    (tom,) = await shop.staff("Tom")
    ann = await with_reservation(shop, "Ann", "Emma")
    await tom.waits_for("Emma")
    await tom.taps("Accept")
    await shop.telegram.fault("429", chat_id=str(ann.id), retry_after=300)
    ready = tom.button("Ready")
    await shop.telegram.request(
        "POST",
        f"/chats/{tom.chat}/messages/{ready.message_id}/tap",
        {"user": tom.id, "data": ready.data, "stale": True},
    )
    await asyncio.sleep(0.5)
    async with shop.app.unit_of_work.reading() as look:
        put_off = [item.message.kind for item, _ in await look.outbox.undelivered(1)]
    fault_if(not put_off, "a delivery sits and waits for five minutes")
    assert put_off == ["order-ready"]
    await shop.pass_time(timedelta(minutes=6))
    await ann.waits_for("is ready")
