from __future__ import annotations

import dataclasses

import pytest

from bot.actions import Browse, SetFilter, SetSort, ShowFilters, ShowPage
from bot.codec import encode
from bot.screens.filters import menu, options, sorting
from bot.screens.shelves import by_language, by_name, by_price, by_subject
from bot.texts import Words
from domain.ids import BookId
from domain.listing import Kind, Listing, Option
from domain.subjects import SUBJECTS
from domain.views import Facet, NamedShelf
from tests.screens.samples import ENGLISH, GERMAN, button, labels, shown_text, spaced

LISTING = Listing(3, Kind.SUBJECT, "crime", page=2)


def test_menu_offers_all_but_what_the_shelf_is() -> None:
    screen = menu(LISTING, 23, ENGLISH, "EUR")
    assert labels(screen) == [
        "Language", "Price", "Year", "Format", "Here now", "Order: best first", "Show 23 books", "Home",
    ]  # fmt: skip
    assert button(screen, "Price").action == ShowFilters(3, "price")
    assert button(screen, "Here now").action == SetFilter(3, "in_stock", "1")
    assert button(screen, "Show 23 books").action == ShowPage(3, 2)


def test_menu_shows_what_is_chosen_and_takes_it_away() -> None:
    chosen = dataclasses.replace(LISTING, choices=(("in_stock", "1"), ("price", "1000-1499")))
    screen = menu(chosen, 1, ENGLISH, "EUR")
    assert "here now · €10 to €15" in shown_text(screen)
    assert button(screen, "✓ Here now").action == SetFilter(3, "in_stock")
    assert button(screen, "× €10 to €15").action == SetFilter(3, "price")


@pytest.mark.parametrize(
    ("by", "value", "currency", "words", "label"),
    [
        ("price", "-999", "EUR", ENGLISH, "Under €10 · 4"),
        ("price", "-1500", "EUR", ENGLISH, "Up to €15 · 4"),
        ("price", "1550-", "EUR", ENGLISH, "From €15.50 · 4"),
        ("price", "1000-1499", "EUR", GERMAN, "10 € bis 15 € · 4"),
        ("price", "1000-1499", "JPY", ENGLISH, "JP¥1,000 to JP¥1,499 · 4"),
        ("year", "-1899", "EUR", ENGLISH, "Before 1900 · 4"),
        ("year", "2020-", "EUR", GERMAN, "Ab 2020 · 4"),
        ("year", "1974-1974", "EUR", ENGLISH, "1974 · 4"),
        ("language", "deu", "EUR", GERMAN, "Deutsch · 4"),
        ("form", "hardback", "EUR", GERMAN, "Gebunden · 4"),
    ],
)
def test_option_says_what_it_leaves(by: str, value: str, currency: str, words: Words, label: str) -> None:
    screen = options(LISTING, by, (Option(value, 4),), words, currency)
    assert spaced(labels(screen)[0]) == label
    assert screen.rows[0][0].action == SetFilter(3, by, value)


def test_chosen_option_is_ticked_and_tapped_again_goes() -> None:
    screen = options(
        LISTING, "language", (Option("deu", 0, chosen=True), Option("eng", None)), ENGLISH, "EUR"
    )
    assert button(screen, "✓ German · 0").action == SetFilter(3, "language")
    assert button(screen, "English").label == "English"


def test_new_books_are_not_offered_to_be_sorted_by_newness() -> None:
    assert "Newest first" in labels(sorting(LISTING, ENGLISH))
    assert "Newest first" not in labels(sorting(Listing(1, Kind.NEW), ENGLISH))
    assert button(sorting(LISTING, ENGLISH), "Cheapest first").action == SetSort(3, "price_up")


@pytest.mark.parametrize("words", [ENGLISH, GERMAN])
def test_every_shelf_has_a_name_and_leads_to_the_others(words: Words) -> None:
    subjects = by_subject(tuple(Facet(one, 9) for one in SUBJECTS), words)
    assert len(labels(subjects)) == len(SUBJECTS) + 5
    languages = by_language(tuple(Facet(one, 9) for one in ("deu", "jpn", "heb")), words)
    assert len(labels(languages)) == 8
    prices = by_price((Facet("-999", 9), Facet("3000-", 9)), words, "EUR")
    assert len(labels(prices)) == 7
    for by in ("author", "series"):
        named = by_name(by, (NamedShelf(BookId(7), "A Very Long Name Indeed, and Others", 9),), words)
        assert len(labels(named)) == 6
        assert named.rows[0][0].action == Browse(f"shelf-{by}", "7")
        encode(named.rows[0][0].action)


def test_counts_are_written_as_the_language_writes_numbers() -> None:
    assert "Unter 10 € · 12.345" in map(spaced, labels(by_price((Facet("-999", 12345),), GERMAN, "EUR")))
    found = options(LISTING, "language", (Option("deu", 12345),), ENGLISH, "EUR")
    assert "German · 12,345" in labels(found)


def test_where_there_is_nothing_to_choose_from_it_is_said_and_led_on() -> None:
    for by in ("author", "series"):
        screen = by_name(by, (), ENGLISH)
        assert "nothing to choose from" in shown_text(screen)
        assert "asked for most" not in shown_text(screen)
        assert labels(screen)[-1] == "Home"
