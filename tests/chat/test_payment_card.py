"""Paying by card on the gateway's page, whose word comes over HTTP: at once, late, twice or never."""

from __future__ import annotations

from datetime import timedelta

import aiohttp
import pytest
from pydantic import SecretStr

from sandbox.card.client import CardClient
from sandbox.persons import Person
from tests.chat.buying import at_summary, with_reservation
from tests.chat.conftest import OpenShop
from tests.chat.shop import Shop
from tests.chat.stockroom import stock_of


@pytest.fixture
async def shop(open_shop: OpenShop) -> Shop:
    return await open_shop(card=True, telegram_provider_token=SecretStr(""))


@pytest.fixture
async def card(shop: Shop) -> CardClient:
    """The gateway, which tells this shop what happens."""
    found = CardClient(shop.telegram)
    await found.events_to(f"{shop.app.address}/gateway/sandbox_card")
    return found


async def _with_link(shop: Shop, name: str, title: str) -> Person:
    person = await at_summary(shop, name, title)
    await person.taps("Pay")
    person.sees("on the page", "Your books are held for you till", "Pay at the counter", "Cancel order")
    return person


async def _clicks(person: Person, digits: str) -> str:
    """Open the link in a browser, choose the card with these digits and pay; returns the page's text after that."""
    async with aiohttp.ClientSession() as browser:
        async with browser.get(person.opened) as page:
            assert f"•••• {digits}" in await page.text()
        async with browser.post(person.opened, data={"card": digits}) as page:
            return await page.text()


async def test_a_payment_on_the_page_is_told_in_the_chat_by_itself(shop: Shop, card: CardClient) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await _with_link(shop, "Ann", "dune")
    await ann.taps("Pay €12.50 now")
    assert "€12.50 went to the shop" in await _clicks(ann, "4242")
    await ann.waits_for("Paid: order B-")
    ann.sees("€12.50, paid", "Your pickup code:")
    await tom.waits_for("paid online €12.50")


async def test_a_declined_card_is_said_on_the_page_and_another_one_pays(shop: Shop, card: CardClient) -> None:
    ann = await _with_link(shop, "Ann", "dune")
    await ann.taps("Pay €12.50 now")
    assert "not enough money on this card" in await _clicks(ann, "0002")
    assert "expired" in await _clicks(ann, "0069")
    assert "€12.50 went to the shop" in await _clicks(ann, "4242")
    await ann.waits_for("Paid: order B-")


async def test_after_three_declined_cards_the_chat_leads_on(shop: Shop, card: CardClient) -> None:
    ann = await _with_link(shop, "Ann", "dune")
    await card.declines(last=True)
    await ann.waits_for("Your bank said no, and nothing was taken")
    await ann.taps("Pay €12.50 now")
    ann.sees("on the page")
    assert len(await card.payments()) == 2
    await card.pays()
    await ann.waits_for("Paid: order B-")


async def test_an_event_that_comes_twice_counts_once(shop: Shop, card: CardClient) -> None:
    ann = await _with_link(shop, "Ann", "dune")
    await ann.taps("Pay €12.50 now")
    await _clicks(ann, "0259")
    await ann.waits_for("Paid: order B-")

    async def both_delivered() -> bool:
        return [event["delivered"] for event in await card.events()] == [True, True]

    await shop.eventually(both_delivered)
    await shop.deliver()
    assert ann.transcript().count("Paid: order") == 1


async def test_a_payment_that_nobody_tells_of_is_found_by_asking(shop: Shop, card: CardClient) -> None:
    ann = await _with_link(shop, "Ann", "dune")
    await card.pays(telling="never")
    assert await card.events() == []
    await shop.pass_time(timedelta(seconds=25))
    await ann.waits_for("Paid: order B-")


async def test_a_bank_that_answers_after_the_hold_has_ended_pays_what_is_still_there(
    shop: Shop, card: CardClient
) -> None:
    ann = await _with_link(shop, "Ann", "dune messiah")
    await card.pays(after=100 * 60)
    await shop.pass_time(timedelta(minutes=80))
    await ann.waits_for("was not paid in time")
    await shop.pass_time(timedelta(minutes=21))
    await ann.waits_for("Paid: order B-")
    stock, ledger = await stock_of(shop, "Dune Messiah")
    assert stock == ledger
    assert stock.held == 1


async def test_an_order_that_is_cancelled_while_the_bank_thinks_gives_the_money_back(
    shop: Shop, card: CardClient
) -> None:
    ann = await _with_link(shop, "Ann", "dune")
    await card.pays(after=30)
    await ann.taps("Cancel order")
    await ann.taps("Yes, cancel it")
    ann.sees("was cancelled")
    await shop.pass_time(timedelta(seconds=31))
    await ann.waits_for("came in although order B-")
    await shop.run_jobs()
    await ann.waits_for("is on its way back to you")
    assert [refund["amount"] for refund in (await card.payment())["refunds"]] == [1250]
    stock, ledger = await stock_of(shop, "Dune")
    assert stock == ledger
    assert stock.held == 0


async def test_an_order_that_is_to_be_paid_at_the_counter_after_all_is_paid_when_the_bank_says_so(
    shop: Shop, card: CardClient
) -> None:
    ann = await _with_link(shop, "Ann", "dune")
    await card.pays(after=30)
    await ann.taps("Pay at the counter")
    ann.sees("Reserved: order B-", "to pay at the counter")
    await shop.pass_time(timedelta(seconds=31))
    await ann.waits_for("Paid: order B-")
    ann.sees("€12.50, paid")
    assert (await card.payment())["amount_refunded"] == 0


async def test_a_late_payment_goes_back_by_itself_when_the_book_is_gone(shop: Shop, card: CardClient) -> None:
    ann = await _with_link(shop, "Ann", "dune messiah")
    await card.pays(after=100 * 60)
    await shop.pass_time(timedelta(minutes=80))
    await ann.waits_for("was not paid in time")
    await with_reservation(shop, "Bob", "dune messiah")
    await shop.pass_time(timedelta(minutes=21))
    await ann.waits_for("a book has been sold meanwhile")
    for _ in range(2):
        await shop.run_jobs()
    await ann.waits_for("is on its way back to you")
    assert (await card.payment())["amount_refunded"] == 1100


@pytest.mark.parametrize("kind", ["drop_after", "drop_before"])
async def test_a_network_that_fails_as_the_payment_is_made_ready_costs_one_more_tap(
    shop: Shop, card: CardClient, kind: str
) -> None:
    ann = await at_summary(shop, "Ann", "dune")
    await card.fault(kind, "create")
    await ann.taps("Pay")
    await ann.waits_for("The payment service does not answer just now. Nothing was charged")
    await ann.taps("Try again")
    await ann.waits_for("on the page")
    assert len(await card.payments()) == 1
    await card.pays()
    await ann.waits_for("Paid: order B-")


async def test_when_the_hold_ends_the_page_can_no_longer_be_paid(shop: Shop, card: CardClient) -> None:
    ann = await _with_link(shop, "Ann", "dune messiah")
    await ann.taps("Pay €11.00 now")
    await shop.pass_time(timedelta(minutes=16))
    await ann.waits_for("was not paid in time")
    async with aiohttp.ClientSession() as browser, browser.get(ann.opened) as page:
        assert "This link has ended" in await page.text()


async def test_a_paid_order_that_is_cancelled_goes_back_once_though_the_answer_is_lost(
    shop: Shop, card: CardClient
) -> None:
    ann = await _with_link(shop, "Ann", "dune")
    await card.pays()
    await ann.waits_for("Paid: order B-")
    await card.fault("drop_after", "refund")
    await ann.taps("Cancel order")
    await ann.taps("Yes, cancel it")
    ann.sees("was cancelled")
    for _ in range(3):
        await shop.pass_time(timedelta(minutes=5))
    await ann.waits_for("is on its way back to you")
    assert [refund["amount"] for refund in (await card.payment())["refunds"]] == [1250]
    assert ann.transcript().count("is on its way back to you") == 1


async def test_the_staff_are_not_asked_to_give_back_what_goes_back_by_itself(
    shop: Shop, card: CardClient
) -> None:
    (tom,) = await shop.staff("Tom")
    ann = await _with_link(shop, "Ann", "dune")
    await card.pays()
    await tom.waits_for("paid online €12.50")
    await tom.taps("Cancel…")
    await tom.taps("Sold out after all")
    await tom.waits_for("€12.50 goes back to the customer by itself.")
    assert not any("Refunded" in label for row in tom.buttons for label in row)
    tom.does_not_see("Refund it at the payment provider")
    await shop.run_jobs()
    await tom.waits_for("refunded €12.50")
    await ann.waits_for("is on its way back to you")


async def test_events_wait_while_the_shop_is_closed(shop: Shop, card: CardClient) -> None:
    ann = await _with_link(shop, "Ann", "dune")
    shop.sandbox.card.events.pace = 0.01
    await shop.stop()
    await card.pays()
    await shop.start()
    await card.events_to(f"{shop.app.address}/gateway/sandbox_card")
    await ann.waits_for("Paid: order B-")
