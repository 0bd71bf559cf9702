from __future__ import annotations

import dataclasses
import html
from datetime import date

import pytest

from bot.actions import (
    AddToCart,
    AskForBook,
    Browse,
    ShowBook,
    ShowCart,
    ShowEditions,
    ShowHome,
    ShowPage,
    Still,
)
from bot.screen import Screen
from bot.screens.book import CAPTION, book, most
from bot.texts import Words
from domain.book import Book, Stock, Supply
from domain.cart import MAX_OF_ONE_BOOK
from domain.views import BookView, Surroundings
from tests.screens.samples import (
    ENGLISH,
    GERMAN,
    LONGEST,
    RTL,
    a_book,
    button,
    euros,
    labels,
    length,
    shown_text,
)

BACK = ShowPage(3, 1)


def page(
    shown: Book,
    words: Words = ENGLISH,
    *,
    in_cart: int = 0,
    quantity: int = 1,
    around: Surroundings | None = None,
) -> Screen:
    view = BookView(shown, in_cart, in_cart, around or Surroundings())
    return book(view, words, quantity, BACK)


def test_page_says_what_the_book_is_and_where_it_stands() -> None:
    screen = page(a_book())
    assert shown_text(screen) == (
        "<b>The Dispossessed</b>\n"
        "Ursula K. Le Guin\n"
        "Gateway, 1974 · English · paperback\n"
        "Science fiction · Classics\n\n"
        "Two worlds, one physicist, and the wall between them.\n\n"
        "<b>€10.90</b> · 3 here, shelf F-12"
    )
    assert screen.picture is not None


def test_first_tap_adds_one_to_a_cart_that_had_none() -> None:
    assert button(page(a_book()), "Add to cart").action == AddToCart(7, 0, 1)


def test_stepper_says_what_several_copies_cost_together() -> None:
    screen = page(a_book(), quantity=3)
    assert button(screen, "Add 3 to cart · €32.70").action == AddToCart(7, 0, 3)
    assert button(screen, "−").action == ShowBook(7, 2)
    assert button(screen, "+").action == ShowBook(7, 4)


def test_stepper_does_not_go_below_one() -> None:
    assert button(page(a_book()), "−").action == Still()


def test_book_in_the_cart_is_changed_there_and_the_cart_is_one_tap_away() -> None:
    screen = page(a_book(), in_cart=2)
    assert "Add to cart" not in labels(screen)
    assert button(screen, "−").action == AddToCart(7, 2, 1)
    assert button(screen, "+").action == AddToCart(7, 2, 3)
    assert button(screen, "In cart · 2").action == ShowCart()
    assert button(screen, "Cart · 2").action == ShowCart()


def test_copies_beyond_the_stock_are_said_to_be_ordered() -> None:
    assert "The rest we order for you: here in about 4 days." in shown_text(page(a_book(), quantity=5))
    assert "The rest" not in shown_text(page(a_book(), quantity=3))


def test_book_to_order_says_how_long_it_takes() -> None:
    shown = a_book(stock=Stock(0, 0), lead_days=1)
    assert "To order: here in about a day." in shown_text(page(shown))
    assert "We order it for you" in shown_text(page(dataclasses.replace(shown, lead_days=None)))


def test_book_to_come_says_when() -> None:
    shown = a_book(stock=Stock(0, 0), supply=Supply.PREORDER, available_from=date(2027, 3, 3))
    assert "Out on 3 March 2027." in shown_text(page(shown))
    assert "Erscheint am 3. März 2027." in shown_text(page(shown, GERMAN))
    assert button(page(shown), "Add to cart").action == AddToCart(7, 0, 1)


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (a_book(price=None), "To order: ask for the price"),
        (a_book(stock=Stock(0, 0), supply=Supply.UNAVAILABLE), "Not to be had at present."),
        (a_book(supply=Supply.RECALLED), "Recalled by its publisher"),
        (a_book(withdrawn=True), "No longer in our range."),
    ],
)
def test_what_is_not_for_sale_can_be_asked_for_but_not_added(shown: Book, said: str) -> None:
    screen = page(shown)
    assert said in shown_text(screen)
    assert button(screen, "Ask the shop").action == AskForBook(7)
    assert not any(isinstance(one.action, AddToCart) for row in screen.rows for one in row)


def test_book_to_come_without_a_price_says_when_and_asks() -> None:
    shown = a_book(stock=Stock(0, 0), price=None, supply=Supply.PREORDER, available_from=date(2027, 3, 3))
    said = shown_text(page(shown))
    assert said.index("Out on 3 March 2027.") < said.index("ask for the price")


def test_book_without_a_price_never_shows_one() -> None:
    assert "€" not in shown_text(page(a_book(price=None)))


def test_what_is_around_the_book_leads_on() -> None:
    shown = a_book(series="Hainish Cycle", series_no="5")
    screen = page(shown, around=Surroundings(by_author=14, in_series=6, editions=2))
    assert "Hainish Cycle, 5" in shown_text(screen)
    assert button(screen, "More by Ursula K. Le Guin").action == Browse("author", "7")
    assert button(screen, "Series · 6").action == Browse("series", "7")
    assert button(screen, "Editions · 2").action == ShowEditions(7)
    assert button(screen, "Similar").action == Browse("similar", "7")
    assert button(screen, "Share").share == "9780061054884"
    assert button(screen, "Back").action == BACK
    assert button(screen, "Home").action == ShowHome()


def test_nothing_leads_to_a_list_of_this_book_alone() -> None:
    screen = page(a_book(series="Hainish Cycle"), around=Surroundings(by_author=1, in_series=1, editions=1))
    assert not [label for label in labels(screen) if label.startswith(("More by", "Series", "Editions"))]


def test_book_without_an_isbn_is_shared_by_its_title() -> None:
    assert button(page(a_book(isbn13=None)), "Share").share == "The Dispossessed"


@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
def test_longest_book_fits_a_caption_and_keeps_its_offer(words: Words) -> None:
    screen = page(LONGEST, words, quantity=12, around=Surroundings(9, 9, 9))
    assert length(screen) <= CAPTION
    assert words.money(euros("10.90")) in screen.text
    assert shown_text(screen).rstrip().endswith("." if words is GERMAN else "days.")


def test_title_made_of_markup_is_shown_as_it_is_called() -> None:
    screen = page(a_book(title='<b>&"', authors=("A <i> & B",)))
    assert shown_text(screen).startswith('<b>&lt;b&gt;&amp;"</b>\nA &lt;i&gt; &amp; B\n')
    assert html.unescape(shown_text(screen)).count('<b>&"') == 1


def test_right_to_left_title_keeps_its_direction_to_itself() -> None:
    assert shown_text(page(RTL)).startswith("<b>\u2068אלף לילה ולילה\u2069</b>\n\u2068עמוס עוז\u2069\n")


@pytest.mark.parametrize(
    ("shown", "copies"),
    [
        (a_book(), MAX_OF_ONE_BOOK),
        (a_book(supply=Supply.UNAVAILABLE), 3),
        (a_book(supply=Supply.UNAVAILABLE, stock=Stock(50, 5)), MAX_OF_ONE_BOOK),
        (a_book(supply=Supply.UNAVAILABLE, stock=Stock(2, 2)), 1),
    ],
)
def test_no_more_can_be_asked_for_than_can_be_had(shown: Book, copies: int) -> None:
    assert most(shown) == copies
