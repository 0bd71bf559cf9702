"""F12: double tap, old button, "query is too old", "not modified", data over 64 bytes."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

from bot.codec import MAX_BYTES, decode
from domain.cart import CartOwner
from domain.errors import CartChanged
from domain.ids import ChatId, UserId
from domain.order import Order
from domain.ports.dialogues import DialogueKey
from sandbox.persons import Button, Person
from storage.orders import SqlOrders
from tests.chat.buying import at_summary, finds, puts_in_cart
from tests.chat.shop import Shop
from tests.faults.guard import fault_if, prevented_by, replaced, rewritten
from tests.faults.replicas import replicas

_numbers = itertools.count()

SAME_CHECKOUT = rewritten(
    "the look whether this checkout placed its order",
    "domain.services.checkout:Checkout.place",
    "before is not None",
)
CART_EMPTIED = rewritten(
    "emptying the cart with the order",
    "domain.services.checkout:Checkout.place",
    "await work.carts.replace(cart.id, ())",
    "None",
)


def _each_checkout_is_new(add: Any) -> Any:
    async def added(self: SqlOrders, order: Order) -> Any:
        return await add(self, replace(order, checkout_id=f"{order.checkout_id}#{next(_numbers)}"))

    return added


CHECKOUT_KEY = replaced("the unique id of a checkout", "storage.orders:SqlOrders.add", _each_checkout_is_new)
LIVE_MESSAGE = rewritten(
    "that a button which changes something is the live message's",
    "bot.answers:Answers.answer",
    "live is None or live.message_id != press.message_id",
)
AS_SEEN = rewritten(
    "the quantity that a button was drawn for",
    "domain.services.carts:ShoppingCart.set_quantity",
    "present != seen",
)
UNANSWERED = rewritten(
    "letting a tap pass that cannot be answered",
    "bot.presenter:Presenter.answer",
    "BadRequest",
    "ZeroDivisionError",
    ("TelegramError", "ZeroDivisionError"),
)
SAME_DIGEST = rewritten(
    "that what is shown already is not edited",
    "bot.presenter:_shows",
    "(live.kind, live.digest) == (kind_of(screen), digest_of(screen))",
)
NOT_MODIFIED = rewritten(
    "that an edit which changes nothing has succeeded", "bot.outgoing:_unchanged", "'not modified' in said"
)
SHORT_FINGERPRINT = rewritten(
    "a fingerprint that fits into a button",
    "domain.services.checkout:fingerprint",
    "hashlib.sha256(repr((facts, view.total, shop.tax, shop.cancel_terms)).encode()).hexdigest()[:12]",
    "hashlib.sha256(repr((facts, view.total, shop.tax, shop.cancel_terms)).encode()).hexdigest()",
)
LENGTH = rewritten("the length of a button's data", "bot.codec:decode", "len(data) > MAX_BYTES")


async def _orders(shop: Shop) -> int:
    async with shop.app.unit_of_work.reading() as look:
        return (await look.orders.open_ones(offset=0, limit=10))[1]


async def _is_shown(shop: Shop, person: Person) -> bool:
    """Whether the dialogue's present screen counts as shown: else a job shows it once more."""
    key = DialogueKey(ChatId(person.id), 0, UserId(person.id))
    async with shop.app.unit_of_work.reading() as look:
        dialogue = await look.dialogues.read(key)
    assert dialogue is not None
    return dialogue.shown_version == dialogue.version


@prevented_by((SAME_CHECKOUT, CART_EMPTIED, CHECKOUT_KEY))
async def test_f12_a_double_tap_places_one_order(shop: Shop) -> None:
    ann = await at_summary(shop, "Ann", "dune")
    await ann.taps("Reserve", times=2)
    placed = await _orders(shop)
    fault_if(placed > 1, "a double tap placed two orders")
    assert placed == 1


@prevented_by((SAME_CHECKOUT, CHECKOUT_KEY))
async def test_f12_the_old_button_of_a_checkout_does_not_place_it_again(shop: Shop) -> None:
    """The same book lies in the cart again, so that the summary would be the same."""
    ann = await at_summary(shop, "Ann", "dune")
    reserve = ann.button("Reserve")
    await ann.taps("Reserve")
    await puts_in_cart(ann, "dune")
    await ann.presses(reserve)
    placed = await _orders(shop)
    fault_if(placed > 1, "the button of a checkout that was over placed a second order")
    assert placed == 1


@prevented_by(LIVE_MESSAGE)
async def test_f12_an_old_button_changes_nothing(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await finds(ann, "Emma")
    old = ann.button("Add to cart")
    await ann.types("dune")
    await ann.presses(old)
    guest = CartOwner(None, ChatId(ann.id), UserId(ann.id))
    async with shop.app.unit_of_work.reading() as look:
        copies = await look.carts.copies(guest)
    fault_if(copies, "a button further up in the chat put a book into the cart")
    ann.sees("Emma")


@prevented_by(AS_SEEN)
async def test_f12_an_old_plus_does_not_undo_what_another_phone_did(database_url: str) -> None:
    async with replicas(database_url) as (one, two):
        ann, book = await one.customer(), await one.book(9)
        await one.fill(ann, (book, 1))
        async with two.turn() as work:
            await two.cart.set_quantity(work, ann, book, seen=1, to=5)
        try:
            async with one.turn() as work:
                await one.cart.set_quantity(work, ann, book, seen=1, to=2)
        except CartChanged:
            return
        fault_if(True, "five copies became two by a button that was drawn for one")


async def _tap(shop: Shop, person: Person, button: Button) -> None:
    """A tap whose answer nobody waits for."""
    path = f"/chats/{person.chat}/messages/{button.message_id}/tap"
    await shop.telegram.request("POST", path, {"user": person.id, "data": button.data, "stale": True})


@prevented_by(UNANSWERED)
async def test_f12_a_tap_that_is_too_old_to_be_answered_is_shown_all_the_same(shop: Shop) -> None:
    """The shop was closed for a minute; Telegram wants an answer sooner."""
    ann = await shop.person("Ann")
    await ann.starts()
    shelves = ann.button("Shelves")
    await shop.stop()
    await _tap(shop, ann, shelves)
    await shop.telegram.advance(60)
    await shop.start()
    await shop.settle(0)
    fault_if(not await _is_shown(shop, ann), "what an old tap led to counts as not shown")
    await ann.looks()
    ann.sees("Science fiction")


@prevented_by((SAME_DIGEST, NOT_MODIFIED))
async def test_f12_the_same_button_twice_is_no_error(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.starts()
    shelves = ann.button("Shelves")
    for _ in range(2):
        await ann.presses(shelves)
    fault_if(not await _is_shown(shop, ann), '"message is not modified" was taken for a failure')


@prevented_by(NOT_MODIFIED)
async def test_f12_an_edit_that_a_crash_left_unrecorded_is_no_error_when_it_comes_again(shop: Shop) -> None:
    ann = await shop.person("Ann")
    await ann.starts()
    said = "Bad Request: message is not modified: specified new message content is the same"
    await shop.telegram.fault("error", "editMessageText", description=said)
    await ann.taps("Shelves")
    fault_if(not await _is_shown(shop, ann), '"message is not modified" was taken for a failure')


@prevented_by(SHORT_FINGERPRINT)
async def test_f12_the_buttons_of_a_summary_fit_into_64_bytes(shop: Shop) -> None:
    ann = await shop.customer("Ann")
    await puts_in_cart(ann, "Emma", "Dune Messiah")
    await ann.taps("Cart")
    await ann.taps("Check out")
    labels = [label for row in ann.buttons for label in row]
    there = any("Reserve" in label for label in labels)
    fault_if(not there, "the summary cannot be shown: its button is longer than Telegram takes")
    assert len(ann.button("Reserve").data.encode()) <= MAX_BYTES


@prevented_by(LENGTH)
async def test_f12_data_over_64_bytes_is_nobodys_button() -> None:
    forged = f"o:{'a' * 40}:{'b' * 40}:counter"
    fault_if(decode(forged) is not None, f"data of {len(forged)} bytes was read as a button")
