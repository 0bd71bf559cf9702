"""Money is whole minor units of one currency."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import OrderId
from domain.money import Money, exponent, total
from domain.payment import Balance, Entry, EntryKind
from tests.domain.trade import NOON

CURRENCIES = st.sampled_from(["EUR", "USD", "JPY", "KWD"])
AMOUNTS = st.integers(-(10**12), 10**12)


@given(AMOUNTS, CURRENCIES)
def test_an_amount_written_out_and_read_again_is_the_same(minor: int, currency: str) -> None:
    amount = Money(minor, currency)
    assert Money.parse(f"{amount.decimal:f}", currency) == amount
    assert amount.decimal == Decimal(minor) / 10 ** exponent(currency)


@given(st.lists(AMOUNTS), CURRENCIES)
def test_a_sum_is_exact_in_any_order(minors: list[int], currency: str) -> None:
    amounts = [Money(minor, currency) for minor in minors]
    assert total(amounts, currency) == total(amounts[::-1], currency) == Money(sum(minors), currency)


@given(AMOUNTS, st.integers(0, 50), CURRENCIES)
def test_so_many_times_is_as_often_added(minor: int, times: int, currency: str) -> None:
    amount = Money(minor, currency)
    assert amount * times == total([amount] * times, currency)


@given(AMOUNTS, AMOUNTS, CURRENCIES)
def test_what_is_added_can_be_taken_away_and_orders_like_numbers(a: int, b: int, currency: str) -> None:
    first, second = Money(a, currency), Money(b, currency)
    assert first + second - second == first
    assert (first < second) == (a < b)


def test_currencies_do_not_mix() -> None:
    with pytest.raises(ValueError, match="EUR and USD"):
        Money(1, "EUR") + Money(1, "USD")


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("10.905", "EUR"),
        ("1.5", "JPY"),
        ("", "EUR"),
        ("ten", "EUR"),
        ("NaN", "EUR"),
        ("Infinity", "EUR"),
        ("1,50", "EUR"),
    ],
)
def test_nothing_is_rounded_or_guessed(text: str, currency: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        Money.parse(text, currency)


@pytest.mark.parametrize("code", ["eur", "EURO", "", "ÉUR"])
def test_a_currency_is_three_capital_letters(code: str) -> None:
    with pytest.raises(ValueError, match="ISO 4217"):
        Money(1, code)


@given(st.lists(st.tuples(st.sampled_from(EntryKind), st.integers(1, 10**6))), st.randoms())
def test_a_balance_does_not_depend_on_the_order_of_the_journal(
    moved: list[tuple[EntryKind, int]], dice: random.Random
) -> None:
    entries = [
        Entry(str(number), OrderId(1), kind, Money(minor, "EUR"), "cash", NOON)
        for number, (kind, minor) in enumerate(moved)
    ]
    balance = Balance.of(entries, "EUR")
    dice.shuffle(entries)
    assert Balance.of(entries, "EUR") == balance
    sums = {kind: sum(minor for one, minor in moved if one is kind) for kind in EntryKind}
    assert balance.paid.minor == sums[EntryKind.PAID]
    assert balance.refunded.minor == sums[EntryKind.REFUNDED] - sums[EntryKind.REFUND_FAILED]
    assert balance.owed == Money(sums[EntryKind.REFUND_DUE], "EUR") - balance.refunded
