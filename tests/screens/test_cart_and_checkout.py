from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from bot.actions import CheckOut, EmptyCart, OrderMore, PlaceOrder, SetQuantity, ShowHome
from bot.codec import decode, encode
from bot.screen import Screen
from bot.screens import cart, checkout, info
from bot.texts import Words
from domain.book import Stock, Supply
from domain.tax import TaxRate
from domain.views import SummaryView
from tests.screens.orders_samples import NOW, a_cart, a_line, full_cart
from tests.screens.samples import (
    ENGLISH,
    GERMAN,
    RTL,
    SHOP,
    a_book,
    button,
    euros,
    labels,
    length,
    shown_text,
)

LANGUAGES = pytest.mark.parametrize("words", [ENGLISH, GERMAN], ids=["en", "de"])


def _summary(view: object, online: tuple[str, ...] = ("telegram",)) -> SummaryView:
    return SummaryView(view, "x" * 22, "f" * 12, "Ann", online)  # type: ignore[arg-type]  # a CartView


def _drawn(*lines: object) -> str:
    return shown_text(cart.cart(a_cart(*lines), ENGLISH, 0, ShowHome()))  # type: ignore[arg-type]  # CartLineViews


def _fits(screen: Screen) -> None:
    assert length(screen) <= 4096
    assert len(screen.rows) <= 30
    for row in screen.rows:
        assert 1 <= len(row) <= 8
        for one in row:
            if one.action is not None:
                assert decode(encode(one.action)) == one.action


@LANGUAGES
def test_the_fullest_cart_of_the_longest_titles_fits_on_every_page(words: Words) -> None:
    view = full_cart()
    for page in range(9):
        _fits(cart.cart(view, words, page, ShowHome(), asked=(1, 30)))


@LANGUAGES
def test_the_fullest_summary_and_its_changes_fit(words: Words) -> None:
    _fits(checkout.summary(_summary(full_cart()), words, SHOP, NOW))
    _fits(checkout.changed(_summary(full_cart()), words))


def test_a_line_says_what_changed_since_it_was_seen() -> None:
    assert "now €10.90, was €9.90" in _drawn(a_line(was=euros("9.90")))
    scarcer = _drawn(a_line(3, 2, was_here=3))
    assert "only 2 are here now" in scarcer
    assert "1 we order for you, about 4 days" in scarcer
    assert "none is here any more" in _drawn(a_line(1, 0, was_here=1))
    assert "now" not in _drawn(a_line(1))


def test_what_is_not_out_yet_says_when_it_comes() -> None:
    soon = a_book(supply=Supply.PREORDER, available_from=date(2027, 3, 3), stock=Stock(0, 0))
    assert "out on 3 March 2027, we keep 1 for you" in _drawn(a_line(1, 0, soon))
    assert "not out yet, we keep 2 for you" in _drawn(
        a_line(2, 0, dataclasses.replace(soon, available_from=None))
    )


def test_with_a_line_that_cannot_be_had_there_is_no_check_out() -> None:
    screen = cart.cart(a_cart(a_line(3, 1, problem=True)), ENGLISH, 0, ShowHome())
    assert "only 1 is left" in shown_text(screen)
    assert "Check out" not in labels(screen)
    back = checkout.changed(_summary(a_cart(a_line(3, 1, problem=True))), ENGLISH)
    assert labels(back) == ["Back to cart"]


def test_the_steppers_carry_what_was_seen_and_what_shall_be() -> None:
    screen = cart.cart(a_cart(a_line(2)), ENGLISH, 0, ShowHome())
    assert [button(screen, label).action for label in ("−", "+", "Remove", "Empty", "Check out")] == [
        SetQuantity(7, 2, 1),
        SetQuantity(7, 2, 3),
        SetQuantity(7, 2, 0),
        EmptyCart(2),
        CheckOut(),
    ]


def test_the_yes_to_ordering_more_shows_only_where_it_was_asked() -> None:
    view = a_cart(a_line(3))
    assert button(cart.cart(view, ENGLISH, 0, ShowHome(), (7, 4)), "Yes, order 1").action == OrderMore(
        7, 3, 4
    )
    for asked in (None, (8, 4), (7, 3)):
        assert not [
            label for label in labels(cart.cart(view, ENGLISH, 0, ShowHome(), asked)) if "Yes" in label
        ]


def test_the_summary_offers_each_way_to_pay_and_the_counter_always() -> None:
    view = a_cart(a_line())
    one = checkout.summary(_summary(view), ENGLISH, SHOP, NOW)
    assert labels(one) == ["Pay €10.90 now", "Reserve, pay at the counter", "Back to cart"]
    assert button(one, "Reserve").action == PlaceOrder("x" * 22, "f" * 12, "counter")
    two = checkout.summary(_summary(view, ("telegram", "stripe")), ENGLISH, SHOP, NOW)
    assert labels(two)[:2] == ["Pay €10.90 · in Telegram", "Pay €10.90 · online by card"]
    none = checkout.summary(_summary(view, ()), ENGLISH, SHOP, NOW)
    assert labels(none)[0] == "Reserve, pay at the counter"


def test_the_summary_says_where_and_till_when_and_the_tax() -> None:
    shop = dataclasses.replace(SHOP, tax_note="Prices include 7 % VAT.")
    text = shown_text(checkout.summary(_summary(a_cart(a_line())), ENGLISH, shop, NOW))
    assert (
        "Pick up at 12 Mill Lane, open till 6:30" in text
        or "Pick up at 12 Mill Lane, open till 18:30" in text
    )
    assert "Prices include 7 % VAT." in text


def test_the_tax_is_told_in_the_readers_language_if_the_shop_says_it_so() -> None:
    shop = dataclasses.replace(SHOP, tax_note="Prices include VAT.", tax_notes={"de": "Inklusive MwSt."})
    view = _summary(a_cart(a_line()))
    assert "Prices include VAT." in shown_text(checkout.summary(view, ENGLISH, shop, NOW))
    german = shown_text(checkout.summary(view, GERMAN, shop, NOW))
    assert "Inklusive MwSt." in german
    assert "VAT" not in german
    assert "Die Preise sind in EUR. Inklusive MwSt. Für" in shown_text(info.terms(shop, GERMAN))


@pytest.mark.parametrize(
    ("tax", "says"),
    [
        (TaxRate(700), "including 7% VAT: €0.71 (net €10.19)"),
        (TaxRate(550), "including 5.5% VAT: €0.57 (net €10.33)"),
        (TaxRate(0), "0% VAT: the price contains none."),
        (None, ""),
    ],
)
def test_the_summary_says_the_tax_that_the_total_contains(tax: TaxRate | None, says: str) -> None:
    shop = dataclasses.replace(SHOP, tax=tax)
    text = shown_text(checkout.summary(_summary(a_cart(a_line())), ENGLISH, shop, NOW))
    assert says in text
    assert ("VAT" in text) is (tax is not None)
    german = shown_text(checkout.summary(_summary(a_cart(a_line())), GERMAN, shop, NOW))
    assert ("MwSt." in german) is (tax is not None)


def test_the_tax_is_called_as_the_shop_calls_it() -> None:
    shop = dataclasses.replace(SHOP, tax=TaxRate(1000), tax_name="GST")
    assert "including 10% GST: €0.99" in shown_text(
        checkout.summary(_summary(a_cart(a_line())), ENGLISH, shop, NOW)
    )


def test_a_title_from_right_to_left_keeps_to_itself() -> None:
    assert f"1 × \u2068{RTL.title}\u2069 · €10.90" in _drawn(a_line(1, book=RTL))


@LANGUAGES
def test_an_empty_cart_leads_on_and_offers_undo_only_after_emptying(words: Words) -> None:
    on = [words.plain("shelves"), words.plain("home")]
    assert labels(cart.empty(words)) == on
    assert labels(cart.empty(words, undo=True)) == [words.plain("undo"), *on]
