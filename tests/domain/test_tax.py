"""The tax that prices include."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import SummaryChanged
from domain.tax import TaxRate
from tests.databases import Store
from tests.domain.trade import SHOP, Trade, eur

SEVEN = TaxRate(700)


@pytest.mark.parametrize(
    ("gross", "percent", "tax"),
    [
        (1250, "7", 82),  # 81.78
        (1090, "7", 71),  # 71.31
        (1070, "7", 70),
        (1190, "19", 190),
        (999, "5.5", 52),  # 52.08
        (3, "20", 1),  # 0.5: half goes up
        (1, "7", 0),
        (1250, "0", 0),
        (0, "7", 0),
        (200, "100", 100),
    ],
)
def test_the_tax_in_a_gross_amount_is_rounded_half_up(gross: int, percent: str, tax: int) -> None:
    rate = TaxRate.parse(percent)
    assert rate.contained(eur(gross)) == eur(tax)
    assert rate.net(eur(gross)) == eur(gross - tax)


@given(st.integers(0, 10**12), st.integers(0, 10_000))
def test_it_is_the_exact_tax_to_half_a_minor_unit(gross: int, points: int) -> None:
    exact = Fraction(gross * points, 10_000 + points)
    assert -Fraction(1, 2) < TaxRate(points).contained(eur(gross)).minor - exact <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("text", "points"), [("7", 700), (" 5.5 ", 550), ("2.60", 260), ("0", 0), ("100", 10_000)]
)
def test_a_rate_is_read_exactly(text: str, points: int) -> None:
    assert TaxRate.parse(text).points == points


@pytest.mark.parametrize("text", ["", "seven", "7%", "5,5", "-1", "100.01", "9.975", "NaN", "Infinity"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a percentage"):
        TaxRate.parse(text)


async def test_an_order_keeps_the_rate_of_the_day_it_was_placed(store: Store) -> None:
    for name, tax in (("Ann", None), ("Bob", TaxRate(0)), ("Cleo", SEVEN)):
        trade = Trade.over(store, shop=replace(SHOP, tax=tax))
        ann, book = await trade.customer(name), await trade.book(2, title=f"Title {tax}")
        order = await trade.reserved(ann, (book, 1))
        assert (await Trade.over(store, shop=replace(SHOP, tax=TaxRate(1900))).order(order.id)).tax == tax


async def test_a_rate_that_changed_under_the_summary_is_shown_before_anything_is_ordered(
    store: Store,
) -> None:
    before, after = (Trade.over(store, shop=replace(SHOP, tax=TaxRate(points))) for points in (700, 500))
    ann, book = await before.customer(), await before.book(1)
    await before.fill(ann, (book, 1))
    async with before.uow.reading() as look:
        seen = await before.checkout.summary(look, ann)
    with pytest.raises(SummaryChanged):
        async with after.turn() as work:
            await after.checkout.place(
                work, ann, checkout_id=seen.checkout_id, agreed=seen.fingerprint, way="counter", language="en"
            )
