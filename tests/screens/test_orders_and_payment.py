from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from bot.actions import Pay, ReserveInstead, SendReceipt
from bot.screen import PickupQr
from bot.screens import orders, payment, receipt, staff
from bot.texts import Words
from domain.cancelling import CancelOffer
from domain.ids import OrderId, UserId
from domain.order import OrderState, Tender, Way
from domain.payment import Balance, Entry, EntryKind, OpenLink, PriceLabel, ShowInvoice
from domain.tax import TaxRate
from tests.screens.orders_samples import FREE, NOW, a_view, an_order, an_order_line, big_order
from tests.screens.samples import ENGLISH, GERMAN, SHOP, button, euros, labels, length, shown_text

LANGUAGES = pytest.mark.parametrize("words", [ENGLISH, GERMAN], ids=["en", "de"])
PART = CancelOffer(euros("9810"), euros("1090"), NOW + timedelta(hours=1))
WAYS = ("telegram", "stripe")
STATES = pytest.mark.parametrize("state", OrderState, ids=lambda state: state.value)


@LANGUAGES
@STATES
def test_the_biggest_order_fits_in_every_state(words: Words, state: OrderState) -> None:
    balance = Balance(euros("10900"), euros("1"), euros("2"), euros("3"))
    order = big_order(state=state, closed_at=NOW, cancel_reason="not_collected", tax=TaxRate(700))
    view = a_view(order, balance=balance, cancelling=PART, can_pay=True)
    screen = orders.order(view, words, SHOP, NOW, ways=WAYS)
    assert length(screen) <= (1024 if screen.picture else 4096)
    assert "1 more" not in shown_text(screen)
    assert max(len(row) for row in screen.rows) <= 8


@STATES
def test_the_code_shows_as_long_as_somebody_may_come_for_the_books(state: OrderState) -> None:
    screen = orders.order(a_view(an_order(state=state, closed_at=NOW)), ENGLISH, SHOP, NOW)
    shown = state in (OrderState.RESERVED, OrderState.PAID, OrderState.READY)
    assert ("123456" in shown_text(screen)) is shown
    assert screen.picture == (PickupQr("B-7K4Q", "123456") if shown else None)


def test_an_order_that_awaits_payment_can_be_paid_in_every_way() -> None:
    order = an_order(
        state=OrderState.AWAITING_PAYMENT, way=Way.ONLINE, hold_until=NOW + timedelta(minutes=15)
    )
    screen = orders.order(a_view(order, can_pay=True, cancelling=FREE), ENGLISH, SHOP, NOW, ways=WAYS)
    assert "Your books are held for you till" in shown_text(screen)
    assert button(screen, "Pay €10.90 · in Telegram").action == Pay(12, "telegram")
    assert button(screen, "Pay at the counter").action == ReserveInstead(12)
    one = orders.order(a_view(order, can_pay=True), ENGLISH, SHOP, NOW, ways=("telegram",))
    assert "Pay €10.90 now" in labels(one)


def test_while_the_bank_is_asked_nothing_more_can_be_paid() -> None:
    order = an_order(state=OrderState.AWAITING_PAYMENT, way=Way.ONLINE)
    screen = orders.order(a_view(order), ENGLISH, SHOP, NOW, ways=WAYS)
    assert "Your bank is being asked" in shown_text(screen)
    assert not [label for label in labels(screen) if label.startswith("Pay €")]
    doubt = orders.order(a_view(order, attempt="in_doubt"), ENGLISH, SHOP, NOW, ways=WAYS)
    assert "Please don't pay again for now" in shown_text(doubt)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"state": OrderState.RESERVED}, "€10.90, to pay at the counter"),
        ({"state": OrderState.COLLECTED, "tender": Tender.CASH, "closed_at": NOW}, "€10.90, paid in cash"),
        ({"state": OrderState.COLLECTED, "tender": Tender.CARD, "closed_at": NOW}, "€10.90, paid by card"),
        ({"state": OrderState.EXPIRED, "closed_at": NOW, "cancel_reason": "not_paid"}, "Nothing was charged"),
        ({"state": OrderState.CANCELLED, "closed_at": NOW, "cancel_reason": "sold_out"}, "it had sold out"),
        (
            {"state": OrderState.READY, "hold_until": NOW + timedelta(days=1)},
            "Pick it up at 12 Mill Lane, till Wed",
        ),
        ({"state": OrderState.READY, "way": Way.ONLINE}, "whenever it suits you"),
    ],
)
def test_an_order_says_how_it_stands(facts: dict[str, object], says: str) -> None:
    assert says in shown_text(orders.order(a_view(an_order(**facts)), ENGLISH, SHOP, NOW))


def test_an_order_does_not_say_that_it_is_paid_when_all_of_the_money_goes_back() -> None:
    order = an_order(state=OrderState.AWAITING_PAYMENT, way=Way.ONLINE)
    balance = Balance(paid=euros("5"), refunded=euros("0"), owed=euros("5"), kept=euros("0"))
    text = shown_text(orders.order(a_view(order, balance=balance, can_pay=True), ENGLISH, SHOP, NOW))
    assert ", paid" not in text
    assert "Total €10.90" in text


@LANGUAGES
def test_an_expired_order_says_that_nothing_was_charged_only_if_that_is_known(words: Words) -> None:
    nothing = words.plain("order-nothing-charged")
    order = an_order(state=OrderState.EXPIRED, way=Way.ONLINE, closed_at=NOW, cancel_reason="not_paid")
    assert nothing in shown_text(orders.order(a_view(order), words, SHOP, NOW))
    late = Balance(paid=euros("10.90"), refunded=euros("0"), owed=euros("10.90"), kept=euros("0"))
    for view in (a_view(order, balance=late), a_view(order, unheard=True)):
        assert nothing not in shown_text(orders.order(view, words, SHOP, NOW))
    maybe = words.plain("order-maybe-charged")
    assert maybe in shown_text(orders.order(a_view(order, unheard=True), words, SHOP, NOW))


def test_money_that_goes_back_is_in_sight_and_has_a_receipt() -> None:
    order = an_order(state=OrderState.REFUNDED, way=Way.ONLINE, closed_at=NOW)
    balance = Balance(paid=euros("10.90"), refunded=euros("4"), owed=euros("5.90"), kept=euros("1"))
    screen = orders.order(a_view(order, balance=balance), ENGLISH, SHOP, NOW)
    assert "€5.90 goes back to you" in shown_text(screen)
    assert "The shop keeps €1.00, as its terms say." in shown_text(screen)
    assert "€4.00 was given back to you" in shown_text(screen)
    assert ", paid" not in shown_text(screen)  # of an order that was called off, the money says more below
    assert button(screen, "Receipt").action == SendReceipt(12)


@LANGUAGES
def test_a_page_of_orders_fits_and_turns(words: Words) -> None:
    page = tuple(an_order(id=OrderId(n), number=f"B-{n:04}") for n in range(6))
    screen = orders.orders(page, 20, 1, words, NOW)
    assert length(screen) <= 4096
    assert "2/4" in labels(screen)
    assert "‹" in labels(screen)
    assert "›" in labels(screen)
    assert "‹" not in labels(orders.orders(page, 6, 0, words, NOW))


# --- paying -------------------------------------------------------------------------------------------------------------


def _invoice_of(count: int) -> ShowInvoice:
    labels_ = tuple(PriceLabel(f"Title {n} " * 30, euros("2")) for n in range(count))
    return ShowInvoice("token", "title", "description", "an-attempt", labels_, "EUR")


@LANGUAGES
@pytest.mark.parametrize("count", [1, 3, 50])
def test_an_invoice_keeps_telegrams_limits_and_adds_up(words: Words, count: int) -> None:
    line = an_order_line(title="A title that goes on " * 20, unit_price=euros("2"))
    order = big_order(state=OrderState.AWAITING_PAYMENT)
    order = dataclasses.replace(order, lines=(line,) * count, total=euros(str(2 * count)))
    screen = payment.invoice(order, _invoice_of(count), UserId(2**52), words)
    made = screen.invoice
    assert made is not None
    assert 1 <= len(made.title) <= 32
    assert 1 <= len(made.description) <= 255
    assert len(made.payload.encode()) <= 128
    assert sum(amount for _, amount in made.prices) == order.total.minor
    assert len(made.prices) <= 20
    assert screen.rows[0][0].pay
    assert "token" not in repr(made)


def test_an_invoices_payload_says_whose_it_is_and_garbage_says_nothing() -> None:
    assert payment.read_payload(payment.payload("an-attempt_1", UserId(77))) == ("an-attempt_1", UserId(77))
    for text in ("", "an-attempt", ":77", "an-attempt:", "an-attempt:x", "an-attempt:-1", "an-attempt:٣"):
        assert payment.read_payload(text) is None


def test_a_link_is_a_button_and_the_counter_stays_a_way_on() -> None:
    order = an_order(state=OrderState.AWAITING_PAYMENT, hold_until=NOW + timedelta(minutes=15))
    screen = payment.link(order, OpenLink("https://pay.example/1", "ref"), ENGLISH)
    assert button(screen, "Pay €10.90 now").url == "https://pay.example/1"
    assert labels(screen)[1:] == ["Pay at the counter", "Cancel order"]
    away = payment.unavailable(order, "stripe", ENGLISH)
    assert "Nothing was charged" in shown_text(away)
    assert button(away, "Try again").action == Pay(12, "stripe")


@LANGUAGES
def test_a_receipt_lists_what_was_bought_and_every_movement_of_money(words: Words) -> None:
    entries = (
        Entry("1", OrderId(12), EntryKind.PAID, euros("10.90"), "telegram", NOW),
        Entry("2", OrderId(12), EntryKind.REFUND_DUE, euros("10.90"), "telegram", NOW),
        Entry("3", OrderId(12), EntryKind.REFUNDED, euros("10.90"), "provider", NOW),
    )
    made = receipt.receipt(an_order(), entries, words, SHOP, NOW)
    assert [line.text for line in made.lines] == ["1 × The Dispossessed"]
    assert len(made.money) == 2
    assert made.money[1].amount.startswith("−")
    assert made.total.amount == words.money(euros("10.90"))
    assert made.tax == ()


def test_a_receipt_says_net_rate_tax_and_gross_and_what_a_refund_contained() -> None:
    entries = (
        Entry("1", OrderId(12), EntryKind.PAID, euros("10.90"), "telegram", NOW),
        Entry("2", OrderId(12), EntryKind.KEPT, euros("1.09"), "telegram", NOW),
        Entry("3", OrderId(12), EntryKind.REFUND_DUE, euros("9.81"), "telegram", NOW),
        Entry("4", OrderId(12), EntryKind.REFUNDED, euros("5"), "provider", NOW),
    )
    shop = dataclasses.replace(SHOP, tax=TaxRate(1900), tax_id="VAT no. DE1")
    order = an_order(tax=TaxRate(700))
    made = receipt.receipt(order, entries, ENGLISH, shop, NOW)
    assert [(line.text, line.amount) for line in (*made.tax, made.total)] == [
        ("of which net", "€10.19"),
        ("7% VAT", "€0.71"),
        ("Total", "€10.90"),
    ]
    refunded, owed, kept = made.money[1:]
    assert refunded.text.endswith("by the payment provider (including 7% VAT: €0.33)")
    assert (owed.text, owed.amount) == ("Goes back to you", "€4.81")
    assert (kept.text, kept.amount) == ("Kept by the shop on cancelling, as its terms say", "€1.09")
    assert "VAT no. DE1" in made.shop
    german = receipt.receipt(order, entries, GERMAN, shop, NOW)
    assert [line.text for line in german.tax] == ["davon netto", "7 % MwSt."]
    zero = receipt.receipt(an_order(tax=TaxRate(0)), entries, ENGLISH, shop, NOW)
    assert [(line.text, line.amount) for line in zero.tax] == [
        ("of which net", "€10.90"),
        ("0% VAT", "€0.00"),
    ]


@pytest.mark.parametrize(
    "state", [OrderState.RESERVED, OrderState.PAID, OrderState.COLLECTED, OrderState.REFUNDED]
)
def test_an_order_says_the_tax_of_the_day_it_was_placed(state: OrderState) -> None:
    shop = dataclasses.replace(SHOP, tax=TaxRate(1900), tax_note="A note.")
    shown = an_order(state=state, tax=TaxRate(700), closed_at=NOW)
    text = shown_text(orders.order(a_view(shown), ENGLISH, shop, NOW))
    assert "including 7% VAT: €0.71 (net €10.19)" in text
    older = shown_text(orders.order(a_view(an_order(state=state, closed_at=NOW)), ENGLISH, shop, NOW))
    assert "VAT" not in older
    assert ("A note." in older) is (state is OrderState.COLLECTED)


@pytest.mark.parametrize("state", [OrderState.CANCELLED, OrderState.EXPIRED])
def test_an_order_that_nobody_pays_for_says_no_tax(state: OrderState) -> None:
    shown = an_order(state=state, tax=TaxRate(700), closed_at=NOW)
    assert "VAT" not in shown_text(orders.order(a_view(shown), ENGLISH, SHOP, NOW))


def test_an_order_that_is_paid_at_the_counter_stays_so_while_other_money_goes_back() -> None:
    """Money that did not fit came in for it: whoever hands it over still says how it was paid."""
    ready = an_order(state=OrderState.READY, way=Way.COUNTER, ready_at=NOW)
    balance = Balance(paid=euros("5"), refunded=euros("0"), owed=euros("5"), kept=euros("0"))
    card = staff.order_card(ready, balance, ENGLISH, NOW)
    assert {"Paid cash", "Paid card", "Refunded €5.00"} <= set(labels(card))
    assert "Handed over" not in labels(card)
