"""The steps at each of which the shop is killed: what comes before, the step itself, and what has to be so in the end."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from domain.order import OrderState
from tests.crash.stage import Stage

Part = Callable[[Stage], Awaitable[None]]
Told = tuple[bytes, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """``crosses`` are seams that the step has to meet: a scenario that met none of them would test nothing.

    ``before`` nobody dies; in ``step`` the shop dies; ``after`` it has opened again and done what was due. ``relays``: the
    shop dies also while the relay leases and while it sends the staff's card, which is the same in all of them.
    """

    before: Part
    step: Part
    after: Part
    crosses: tuple[str, ...]
    relays: bool = False


async def _at_summary(stage: Stage) -> None:
    await stage.at_summary()


def reserving() -> Scenario:
    async def step(stage: Stage) -> None:
        await stage.confirms("Reserve")

    async def after(stage: Stage) -> None:
        await stage.ends_as(OrderState.RESERVED)
        await stage.hears_once(stage.ann, "Reserved: order")
        await stage.has_one_card()
        # Life goes on: the buttons work.
        await stage.ann.taps("Cancel order")
        await stage.ann.taps("Yes, cancel it")

    seams = ("commit", "answerCallbackQuery", "sendPhoto", "sendMessage")
    return Scenario(_at_summary, step, after, seams, relays=True)


def starting_an_invoice() -> Scenario:
    async def step(stage: Stage) -> None:
        await stage.confirms("in Telegram")

    async def after(stage: Stage) -> None:
        await stage.ends_as(OrderState.AWAITING_PAYMENT)
        await stage.hears_once(stage.ann, "(invoice 12.50 EUR)")
        await stage.tom.looks()
        assert not stage.cards()
        await stage.ann.pays()
        await stage.ends_as(OrderState.PAID)
        await stage.has_one_card()

    return Scenario(_at_summary, step, after, ("commit", "telegram.start", "sendInvoice"))


def starting_a_page(name: str) -> Scenario:
    pages = 0

    async def before(stage: Stage) -> None:
        nonlocal pages
        pages = stage.tills[name].pages()
        await stage.at_summary()

    async def step(stage: Stage) -> None:
        await stage.confirms(stage.tills[name].label)

    async def after(stage: Stage) -> None:
        till = stage.tills[name]
        await stage.ends_as(OrderState.AWAITING_PAYMENT)
        await stage.hears_once(stage.ann, "on the page")
        assert till.pages() == pages + 1
        till.pays()
        assert await stage.shop.hears(name, *till.event()) == 200
        await stage.ends_as(OrderState.PAID)
        await stage.hears_once(stage.ann, "Paid: order")
        await stage.has_one_card()

    return Scenario(before, step, after, ("commit", f"{name}.start", "answerCallbackQuery"))


def paying_an_invoice() -> Scenario:
    """From the pre-checkout to the receipt."""
    payment: dict[str, Any] = {}

    async def before(stage: Stage) -> None:
        await stage.orders("in Telegram")

    async def step(stage: Stage) -> None:
        ann, request = stage.ann, stage.shop.telegram.request
        await ann.looks()
        invoice = next(one for one in reversed(ann.messages) if "invoice" in one)
        path = f"/chats/{ann.chat}/messages/{invoice['message_id']}/pay"
        payment.update(await request("POST", path, {"user": ann.id, "outcome": "paid"}))
        await stage.shop.settle(0)
        await _bank_is_done(stage, payment)
        await stage.shop.settle(0)

    async def after(stage: Stage) -> None:
        await _bank_is_done(stage, payment)
        await stage.rests()
        await stage.ends_as(OrderState.PAID)
        await stage.hears_once(stage.ann, "Thank you, €12.50 received")
        await stage.has_one_card()

    return Scenario(before, step, after, ("commit", "answerPreCheckoutQuery", "sendPhoto", "sendMessage"))


async def _bank_is_done(stage: Stage, payment: dict[str, Any]) -> None:
    found = stage.shop.sandbox.payments.find(payment["id"])
    await stage.shop.sandbox.payments.wait(found, 8.0)
    assert found.state == "paid"


def an_event(name: str) -> Scenario:
    told: list[Told] = []

    async def before(stage: Stage) -> None:
        till = stage.tills[name]
        await stage.orders(till.label)
        till.pays()
        told[:] = [till.event()]

    async def step(stage: Stage) -> None:
        await stage.shop.hears(name, *told[0])

    async def after(stage: Stage) -> None:
        # A gateway tells it again until it is told that it was heard.
        assert await stage.shop.hears(name, *told[0]) == 200
        await _is_paid(stage)

    return Scenario(before, step, after, ("commit", "sendMessage", "sendPhoto"))


def a_look_up(name: str) -> Scenario:
    async def before(stage: Stage) -> None:
        till = stage.tills[name]
        await stage.orders(till.label)
        till.pays()

    async def step(stage: Stage) -> None:
        await stage.shop.pass_time(timedelta(seconds=25))

    return Scenario(before, step, _is_paid, ("commit", f"{name}.look_up", "sendMessage", "sendPhoto"))


async def _is_paid(stage: Stage) -> None:
    await stage.ends_as(OrderState.PAID)
    await stage.hears_once(stage.ann, "Paid: order")
    await stage.has_one_card()


def expiring(name: str) -> Scenario:
    """The hold ends: so does the page to pay on, and then the order."""

    async def before(stage: Stage) -> None:
        await stage.orders(stage.tills[name].label)

    async def step(stage: Stage) -> None:
        await stage.shop.pass_time(timedelta(minutes=16))

    async def after(stage: Stage) -> None:
        await stage.ends_as(OrderState.EXPIRED)
        assert stage.tills[name].ended()
        await stage.hears_once(stage.ann, "was not paid in time")

    return Scenario(before, step, after, ("commit", f"{name}.expire", "sendMessage"))


def cancelling_unpaid(name: str) -> Scenario:
    async def before(stage: Stage) -> None:
        await stage.orders(stage.tills[name].label)
        await stage.ann.taps("Cancel order")

    async def step(stage: Stage) -> None:
        await stage.strikes(stage.ann, "Yes, cancel it")
        await stage.shop.run_jobs()

    async def after(stage: Stage) -> None:
        await stage.ends_as(OrderState.CANCELLED)
        assert stage.tills[name].ended()
        await stage.hears_once(stage.ann, "was cancelled")

    return Scenario(before, step, after, ("commit", f"{name}.expire", "answerCallbackQuery"))


def cancelling_paid(name: str) -> Scenario:
    """Ann cancels; the money goes back by itself, once."""

    async def before(stage: Stage) -> None:
        await stage.paid(stage.tills[name])
        await stage.ann.taps("Cancel order")

    async def step(stage: Stage) -> None:
        await stage.strikes(stage.ann, "Yes, cancel it")
        await stage.shop.run_jobs()
        await stage.shop.run_jobs()

    async def after(stage: Stage) -> None:
        await _is_given_back(stage)
        await stage.hears_once(stage.tom, "It goes back by itself")

    return Scenario(before, step, after, ("commit", f"{name}.refund", "sendMessage"))


def the_staff_cancel(name: str) -> Scenario:
    async def before(stage: Stage) -> None:
        await stage.paid(stage.tills[name])
        await stage.card_taps("Cancel…")

    async def step(stage: Stage) -> None:
        await stage.card_taps("The copy is damaged")
        await stage.shop.run_jobs()
        await stage.shop.run_jobs()

    async def after(stage: Stage) -> None:
        await _is_given_back(stage)
        await stage.hears_once(stage.ann, "the copy is damaged", "is on its way back to you")

    return Scenario(before, step, after, ("commit", f"{name}.refund", "editMessageText", "sendMessage"))


async def _is_given_back(stage: Stage) -> None:
    await stage.ends_as(OrderState.REFUNDED)
    await stage.hears_once(stage.ann, "is on its way back to you")
    await stage.has_one_card()


def refunding_by_hand() -> Scenario:
    """Telegram cannot give money back: it is owed until one of the staff has done it at the provider."""

    async def before(stage: Stage) -> None:
        await stage.orders("in Telegram")
        await stage.ann.pays()
        await stage.ann.taps("Cancel order")
        await stage.ann.taps("Yes, cancel it")

    async def step(stage: Stage) -> None:
        await stage.card_taps("Refunded €11.25")

    return Scenario(before, step, _is_given_back, ("commit", "editMessageText", "sendMessage"))


def handing_over() -> Scenario:
    """Paid at the counter: the money is in the journal, the books have left, the customer and the card say so."""

    async def before(stage: Stage) -> None:
        await stage.orders("Reserve")
        await stage.card_taps("Accept", "Ready")

    async def step(stage: Stage) -> None:
        await stage.card_taps("Paid cash")

    async def after(stage: Stage) -> None:
        await stage.ends_as(OrderState.COLLECTED)
        await stage.hears_once(stage.ann, "Thank you! Order")
        await stage.has_one_card()

    seams = ("commit", "editMessageText", "sendMessage", "answerCallbackQuery")
    return Scenario(before, step, after, seams, relays=True)


SCENARIOS = {
    "reserving": reserving(),
    "starting an invoice": starting_an_invoice(),
    "paying an invoice": paying_an_invoice(),
    "refunding by hand": refunding_by_hand(),
    "handing over": handing_over(),
    "starting stripe": starting_a_page("stripe"),
    "an event of stripe": an_event("stripe"),
    "a look-up at stripe": a_look_up("stripe"),
    "expiring with stripe": expiring("stripe"),
    "cancelling unpaid with stripe": cancelling_unpaid("stripe"),
    "cancelling paid with stripe": cancelling_paid("stripe"),
    "starting by card": starting_a_page("sandbox_card"),
    "an event of the card": an_event("sandbox_card"),
    "expiring with the card": expiring("sandbox_card"),
    "the staff cancel with the card": the_staff_cancel("sandbox_card"),
}
